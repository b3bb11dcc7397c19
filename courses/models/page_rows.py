"""What Today, a community's page and a course's outline are made of; see pieces."""

from collections.abc import Iterable
from typing import Any

from discussions.models import Post, Thread
from pieces import Rows, among

from .course import Course

MINE = "(SELECT community_id FROM community_membership WHERE user_id = %s AND left_at IS NULL)"
MY_PLACES = f"(SELECT id FROM community_place WHERE community_id IN {MINE})"
MY_COURSES = f"(SELECT course_id FROM courses_cohort WHERE community_id IN {MINE})"
THERE = f"place_id IN {MY_PLACES}"


def rows_of_today(person: int) -> list[Rows]:
    mine = (person,)
    return [
        *rows_of_my_courses(person),
        Rows("discussions.Thread", f"t.place_id IN {MY_PLACES}", mine, last="last_post_at"),
        Rows("discussions.Tending", f"t.thread_id IN (SELECT id FROM discussions_thread WHERE {THERE})", mine),
        Rows("discussions.Reaction", "t.person_id = %s", mine, last="id"),
        Rows("notifications.Following", "t.person_id = %s", mine),
    ]


def rows_of_my_courses(person: int) -> list[Rows]:
    """Somebody's communities with their places and courses, how far they are, and what is new to them."""
    mine = (person,)
    return [
        Rows("community.Community", f"t.id IN {MINE}", mine),
        Rows("community.Place", f"t.community_id IN {MINE}", mine),
        Rows("courses.Cohort", f"t.community_id IN {MINE}", mine),
        Rows("courses.Course", f"t.id IN {MY_COURSES}", mine),
        Rows("courses.Section", f"t.course_id IN {MY_COURSES}", mine),
        Rows("courses.Unit", f"t.course_id IN {MY_COURSES}", mine),
        Rows("courses.UnitPlace", f"t.community_id IN {MINE}", mine),
        Rows("courses.UnitProgress", "t.user_id = %s", mine),
        Rows("courses.UnitReading", "t.person_id = %s", mine, columns=("unit_place_id", "read_at")),
        Rows("discussions.ThreadRead", "t.person_id = %s", mine, last="changed_at"),
        Rows("discussions.StillNew", "t.person_id = %s", mine),
        Rows("notifications.Event", f"t.place_id IN {MY_PLACES}", mine, last="id"),
    ]


def rows_of_course(slug: str, person: int) -> list[Rows]:
    """Of its outline, as somebody who takes it or may edit it sees it. One query."""
    ids = Course.objects.filter(slug=slug).values_list("pk", flat=True)
    return [
        *rows_of_my_courses(person),
        *(Rows("courses.Course", "t.id = %s", (pk,)) for pk in ids),
        *(Rows("courses.CourseAuthor", "t.course_id = %s", (pk,)) for pk in ids),
    ]


def rows_told(threads: Iterable[Thread], groups: Iterable[Any]) -> list[Rows] | None:
    """Those of the conversations that a page names, and of what it tells its reader. None where that is about anything
    but conversations."""
    lines = [line for group in groups for line in group.lines]
    targets = [line.event.target for line in lines]
    if not all(isinstance(target, Post) for target in targets):
        return None
    ids = {thread.pk for thread in threads} | {post.thread_id for post in targets}
    people = {thread.created_by_id for thread in threads} | {line.event.actor_id for line in lines}
    return [
        among("accounts.User", "id", people - {None}),
        among("discussions.Thread", "id", ids),
        among("discussions.Post", "id", {post.pk for post in targets}),
        among("notifications.Event", "id", {line.event_id for line in lines}),
    ]
