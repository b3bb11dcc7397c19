"""What goes to later cohorts, for those who look at all pages."""

from django.urls import reverse

from courses.actions import nominate_thing
from discussions.actions import nominate
from tests.carried import a_carried_page, a_carried_thread
from tests.factories import a_cohort, a_resource


def carried(world, thread):
    """Put a conversation forward, and show one of an earlier cohort; paths of both, and of the page between them."""
    nominate(by=world.bo, thread=thread)
    row = a_carried_thread(world.place, by=world.alice)
    a_cohort(world.course, host=world.alice, days_ago=-9)
    written = a_carried_page(world.place, by=world.alice, title="Words of theirs")
    nominate_thing(by=world.bo, thing=a_resource(world.place, sharer=world.alice, url="https://example.org/forward"))
    page = reverse("carrying", args=[world.community.slug])
    return {
        "bo": [row.get_absolute_url(), written.get_absolute_url(), page],
        "alice": [page, reverse("copy_cohort", args=[world.community.slug]), f"{world.place.path}?show=earlier"],
    }
