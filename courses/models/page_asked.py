"""What the page of a unit asks of the database each time; of it much for what else has a text and talk about it."""

from community.models import Bookmark
from community.models.prepared import prepared
from discussions.models import Thread
from notifications.models import Event, knowing_levels, paths_from
from resources.models import RESOURCES_SHOWN, Sharing
from wiki.models import WikiPage

from .cohort import UnitPlace

THREADS_SHOWN = 60  # conversations in the page; with more, the rest is on a page of its own
WIKI_PAGES_SHOWN = 5


@prepared
def unit_places_at(user, community, unit):
    """The place of a unit by these slugs, where `user` sees it, with what they have to do with it."""
    places = UnitPlace.objects.visible_to(user).select_related("unit__section", "community", "place")
    places = Event.objects.numbering(Bookmark.objects.knowing_kept(places, user), "place")
    return knowing_levels(places.filter(community__slug=community, unit__slug=unit), user.pk, paths_from("place"))


def threads_at(user, place, asked=None, chosen=()):
    """The threads of a place (its id) that its page shows `user`: the latest, those that a list has chosen (ids), and
    that of the post with the id `asked`."""
    if asked is None and not chosen:
        return latest_at(user, place)
    threads = Thread.objects.visible_to(user).at(place).with_people().by_latest_activity()
    return list(threads.shown_in_place(THREADS_SHOWN, having=asked, also=chosen[:THREADS_SHOWN]).known_to(user.pk))


@prepared
def latest_at(user, place):
    threads = Thread.objects.visible_to(user).at(place).with_people().by_latest_activity()
    return threads.shown_in_place(THREADS_SHOWN).known_to(user.pk)


@prepared
def post_counts_at(user, place):
    """Block id and number of posts about it, of all threads that `user` sees there."""
    return Thread.objects.visible_to(user).at(place).post_counts_by_block()


@prepared
def shelf_at(user, place):
    """One more than are shown, if there are more."""
    return Sharing.objects.shelf_of(place, user)[: RESOURCES_SHOWN + 1]


@prepared
def wiki_pages_at(user, place):
    """One more than are shown, if there are more."""
    pages = WikiPage.objects.visible_to(user).at(place).to_read().with_last_editor().with_talk().by_title()
    return pages[: WIKI_PAGES_SHOWN + 1]
