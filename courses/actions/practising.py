"""Which community those join who have taken a course."""

from django.db import transaction

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry, Community

from ..models import Course


class NotToBeJoined(Exception):
    """It is none of the communities that this person may let a course's people into."""


@transaction.atomic
def set_practice(*, by: User, course: Course, community: Community | None) -> Course:
    """Let the people of the course's cohorts join `community` when these end; None lets each go on where it is. Those
    who joined it so far stay in it. Raises NotToBeJoined. Locks the course row."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    if course.practice_id == (community and community.pk):
        return course
    if community and not course.practices_for(by).filter(pk=community.pk).exists():
        raise NotToBeJoined(community)
    course.practice = community
    course.save(update_fields=["practice"])
    record_act(
        by=by,
        act=AuditEntry.Act.PRACTICE,
        community=community,
        about=str(course),
        details={"community": community and community.slug},
    )
    return course
