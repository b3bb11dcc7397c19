"""A course that a community writes for itself, unit by unit."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry, Community

from ..models import Cohort, Course, Unit
from .authoring import create_course, create_section, create_unit


class TakesACourse(Exception):
    """The community takes or took a course already."""


class MayNotWrite(Exception):
    """Who begins the course may not write in the community."""


@transaction.atomic
def begin_own_course(*, community: Community, by: User, title: str, unit: str, summary: str = "") -> Unit:
    """A course that the members of the community write, with its first unit, still empty. It stands in the community
    as a course does in a cohort, but without dates. Raises MayNotWrite and TakesACourse. Locks the community's row."""
    community = Community.objects.select_for_update().get(pk=community.pk)
    membership = community.membership_of(by)
    if membership is None or not membership.may_write:
        raise MayNotWrite(by)
    if Cohort.objects.of_community(community).exists():
        raise TakesACourse(community)
    course = create_course(title=title, summary=summary)
    Course.objects.filter(pk=course.pk).update(owner=community)
    start = {"starts_on": timezone.localdate(), "time_zone": by.time_zone}
    Cohort.objects.create(community=community, course=course, is_self_paced=True, **start)
    record_act(by=by, act=AuditEntry.Act.COURSE, community=community, about=title)
    return create_unit(section=create_section(course, _("Units")), title=unit, author=by)
