"""What a community's page is made of; see pieces."""

from typing import Any

from community.models import Place
from pieces import Rows, among

from .unit_rows import people_in, said_at, shared_at

COHORTS = "(SELECT id FROM courses_cohort WHERE community_id = %s)"
COURSES = "(SELECT course_id FROM courses_cohort WHERE community_id = %s)"
PLACES = "(SELECT id FROM community_place WHERE community_id = %s)"
INTO = f"(SELECT into_id FROM courses_graduation WHERE cohort_id IN {COHORTS})"


def rows_of_community(slug: str, person: int) -> list[Rows]:
    """Those known before the page is made, as this person reads it. One query."""
    found = Place.objects.of_slug(slug).commons().values_list("community", "pk").first()
    if found is None:
        return []
    community, commons = found
    return [
        *who_is_in(community),
        *season(community, person),
        *said_at(commons, person),
        *shared_at(commons, person),
        Rows("discussions.Flag", "t.decision_id IS NULL"),
        Rows("discussions.Reaction", "t.person_id = %s", (person,), last="id"),
        Rows(
            "discussions.Tending",
            f"t.thread_id IN (SELECT id FROM discussions_thread WHERE place_id IN {PLACES})",
            (community,),
        ),
        Rows("discussions.TopicSeries", "t.place_id = %s", (commons,)),
        Rows("discussions.Turn", "t.community_id = %s", (community,)),
        Rows("discussions.Thread", f"t.place_id IN {PLACES}", (community,), last="last_post_at"),
        Rows("notifications.Event", f"t.place_id IN {PLACES}", (community,), last="id"),
        Rows("wiki.WikiPage", f"t.place_id IN {PLACES}", (community,)),
    ]


def who_is_in(community: int) -> list[Rows]:
    there = (community,)
    return [
        Rows("community.Community", f"(t.id = %s OR t.id IN {INTO})", (community, community)),
        Rows("community.Membership", "t.community_id = %s", there, columns=("user_id", "role", "left_at")),
        Rows("community.Place", "t.community_id = %s", there),
        Rows("community.JoinRequest", "t.community_id = %s", there),
        Rows("community.Move", "t.target_id = %s", there),
    ]


def season(community: int, person: int) -> list[Rows]:
    """Its course, as far as somebody is in it, and what becomes of a cohort."""
    there, mine = (community,), (person,)
    return [
        Rows("courses.Cohort", "t.community_id = %s", there),
        Rows("courses.HandOver", "t.community_id = %s", there),
        Rows("courses.Welcome", f"t.cohort_id IN {COHORTS}", there),
        Rows("courses.EndNotice", f"t.cohort_id IN {COHORTS}", there),
        Rows("courses.Graduation", f"t.cohort_id IN {COHORTS}", there),
        Rows("courses.Course", f"t.id IN {COURSES}", there),
        Rows("courses.Section", f"t.course_id IN {COURSES}", there),
        Rows("courses.Unit", f"t.course_id IN {COURSES}", there),
        Rows("courses.UnitPlace", "t.community_id = %s", there),
        Rows("courses.UnitProgress", "t.user_id = %s", mine),
        Rows("courses.UnitReading", "t.person_id = %s", mine, columns=("unit_place_id", "read_at")),
    ]


def rows_at_home(context: dict[str, Any], person: int) -> list[Rows] | None:
    """Those that are known when the page is made: its conversations and people. None for a page that shows what comes
    from earlier cohorts: that is made anew each time."""
    place = context["place"]
    if place.carried_count or place.carried_things or context["series"]:
        return None
    here = [*context["rows"], *filter(None, [context["topic"]])]
    others = [*context["elsewhere"], *context["neglected"], *context["earlier_topics"], *context["proposals"]]
    posts = {post.pk for thread in here for post in thread.shown}
    answered = {post.answers_to_id for thread in here for post in thread.shown} - {None}
    people = people_in(context, here) | {thread.created_by_id for thread in others}
    people |= {person.pk for person in context["people"]}
    return [
        among("accounts.User", "id", people - {None}),
        among("discussions.Thread", "id", {thread.pk for thread in others}),
        among("discussions.Post", "id", posts | answered),
        among("discussions.Reaction", "post_id", posts, "t.person_id = %s", (person,)),
        among("community.PlaceFile", "id", {row.resource.file_id for row in context["sharings"]} - {None}),
    ]
