"""Naming who writes a course."""

from django.db import transaction

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry

from ..models import Course, CourseAuthor


class NobodyThere(Exception):
    """No account has proved that address."""


@transaction.atomic
def name_author(*, by: User, course: Course, email: str) -> CourseAuthor:
    """Let whoever has proved that address write the course. Again it changes nothing. Raises NobodyThere."""
    user = User.objects.active().with_confirmed(email.strip().lower()).first()
    if user is None:
        raise NobodyThere(email)
    author, made = CourseAuthor.objects.get_or_create(course=course, user=user, defaults={"named_by": by})
    if made:
        record_act(by=by, act=AuditEntry.Act.AUTHOR, about=f"@{user.handle}: {course.title}")
    return author


@transaction.atomic
def dismiss_author(*, by: User, author: CourseAuthor) -> None:
    """Take somebody off a course's authors; what they wrote stays."""
    author.delete()
    record_act(by=by, act=AuditEntry.Act.NO_AUTHOR, about=f"@{author.user.handle}: {author.course.title}")
