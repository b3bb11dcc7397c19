"""Pages of those who set a site up, with something on each."""

from django.urls import reverse

from accounts.actions import describe_oneself
from community.actions import change_organisation, start_job
from courses.actions import mark_done, name_author, offer_help


def organised(world):
    """Set the site up a little; paths of the pages about that for Alice."""
    change_organisation(by=world.alice, version=0, fields={"name": "Heron Works", "colour": "#7a1f5c"})
    name_author(by=world.alice, course=world.course, email=world.cy.email)
    knows, wants = ["bird song", "statistics"], ["drawing"]
    describe_oneself(person=world.bo, knows=knows, wants=wants, audiences={"email_for": "members"})
    mark_done(world.bo, world.unit)
    offer_help(person=world.bo, unit=world.unit)
    job = start_job(kind="none", by=world.alice, title="Inviting 5,000 people", path="/", total=5_000)
    names = [("organisation", []), ("audit_log", []), ("job", [job.pk]), ("roles", [world.community.slug])]
    names += [("authors", [world.course.slug]), ("directory_settings", [])]
    return [
        *(reverse(name, args=args) for name, args in names),
        reverse("helpers", args=[world.community.slug, world.unit.slug]),
        reverse("people", args=[world.community.slug]) + "?q=nobody+at+all",
    ]
