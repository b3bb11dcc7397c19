"""What a unit page is made of: the rows that it shows, and those that decide who may see them."""

from collections.abc import Iterable, Iterator
from typing import Any

from community.models import Membership
from community.models.prepared import prepared
from pieces import Rows, among

from .cohort import UnitPlace

GUIDES = ",".join(f"'{role}'" for role in Membership.GUIDES)
OF_THREADS = "t.thread_id IN (SELECT id FROM discussions_thread WHERE place_id = %s)"
OF_RESOURCES = "t.resource_id IN (SELECT id FROM resources_resource WHERE place_id = %s)"


def rows_of_unit(community: str, unit: str, person: int) -> list[Rows]:
    """Those known before the page is made; with these slugs, as this person reads it. One query."""
    rows: list[Rows] = []
    for at, place, course in ids_at(community, unit):
        rows += [*around(at, course, person), *said_at(place, person), *shared_at(place, person)]
    return rows


@prepared
def ids_at(community: str, unit: str) -> Any:
    found = UnitPlace.objects.filter(community__slug=community, unit__slug=unit)
    return found.values_list("community", "place", "unit__course")


def around(community: int, course: int, person: int) -> list[Rows]:
    """The community, its places with their counts, the course, and how far somebody is in it."""
    mine, there = (person,), (community,)
    return [
        Rows("community.Community", "t.id = %s", there),
        Rows("community.Membership", f"t.community_id = %s AND t.role IN ({GUIDES})", there),
        Rows("community.Place", "t.community_id = %s", there),
        Rows("community.Bookmark", "t.person_id = %s AND t.kind = 'unit'", mine),
        Rows("courses.Course", "t.id = %s", (course,)),
        Rows("courses.Section", "t.course_id = %s", (course,)),
        Rows("courses.Unit", "t.course_id = %s", (course,)),
        Rows("courses.UnitPlace", "t.community_id = %s", there),
        Rows("courses.UnitProgress", "t.user_id = %s", mine),
        Rows("courses.UnitReading", "t.person_id = %s", mine, columns=("unit_place_id", "read_at")),
    ]


def said_at(place: int, person: int) -> list[Rows]:
    """The conversations, and what their reader has to do with them."""
    mine, here = (person,), (place,)
    return [
        Rows("discussions.Thread", "t.place_id = %s", here),
        Rows("discussions.Summary", OF_THREADS, here),
        Rows("discussions.ThreadRead", "t.person_id = %s", mine, last="changed_at"),
        Rows("discussions.StillNew", "t.person_id = %s", mine),
        Rows("notifications.Event", "t.place_id = %s", here, last="id"),
        Rows("notifications.Following", "t.person_id = %s", mine),
    ]


def shared_at(place: int, person: int) -> list[Rows]:
    """The shelf and the wiki."""
    here = (place,)
    tagged = "t.content_object_id IN (SELECT id FROM resources_resource WHERE place_id = %s)"
    tags = f"t.id IN (SELECT tag_id FROM resources_tagging t WHERE {tagged})"
    return [
        Rows("resources.Resource", "t.place_id = %s", here),
        Rows("resources.Sharing", OF_RESOURCES, here),
        Rows("resources.LinkPreview", OF_RESOURCES, here),
        Rows("resources.Useful", f"t.person_id = %s AND {OF_RESOURCES}", (person, place)),
        Rows("resources.Tagging", tagged, here),
        Rows("resources.Tag", tags, here),
        Rows("wiki.WikiPage", "t.place_id = %s", here),
    ]


def rows_shown(context: dict[str, Any], person: int) -> list[Rows] | None:
    """Those that are known when the page is made: its posts and people. None for a page that shows what comes from
    elsewhere, of earlier cohorts or from collections: that is made anew each time."""
    place, names = context["place"], context["names"]
    if place.carried_count or place.carried_things or context["collections"]:
        return None
    threads = [*context["rows"], *(thread for block in context["talk"].values() for thread in block.threads)]
    posts = {post.pk for thread in threads for post in thread.shown}
    files = {sharing.resource.file_id for sharing in context["sharings"]} - {None}
    shown = [
        among("accounts.User", "id", people_in(context, threads)),
        among("discussions.Post", "id", posts | {pk for thread in threads for pk in answered_in(thread)}),
        among("discussions.Reaction", "post_id", posts, "t.person_id = %s", (person,)),
        among("community.PlaceFile", "id", files),
    ]
    if names.asked:
        shown += [
            Rows(model, "t.community_id = %s", (place.community_id,)) for model in ("wiki.WikiPage", "wiki.PageName")
        ]
    return shown


def answered_in(thread: Any) -> Iterator[int]:
    return (post.answers_to_id for post in thread.shown if post.answers_to_id)


def people_in(context: dict[str, Any], threads: Iterable[Any]) -> set[int]:
    """Ids of those whom the page names."""
    ids = {page.last_edited_by_id for page in context["wiki_pages"]}
    ids |= {sharing.sharer_id for sharing in context["sharings"]}
    for thread in threads:
        ids |= {thread.created_by_id, *(post.author_id for post in thread.shown)}
        ids |= {post.answers_to.author_id for post in thread.shown if post.answers_to}
        if thread.distilled:
            ids |= {thread.distilled.begun_by_id, thread.distilled.helped_by_id}
    return ids - {None}
