"""Whose reading and whose talk a report is about."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F

from community.models import Community, Membership
from discussions.models import Post, Reaction, Thread

from ..unit import Unit
from ..unit_reading import UnitReading

READERS = (Membership.Role.MEMBER, Membership.Role.ALUM)  # a guide's reading says little of how well a unit serves
UNIT = "thread__place__unit_place__unit"


@dataclass(frozen=True)
class Scope:
    """The units of a course as these communities read them; all units, or one."""

    communities: tuple[Community, ...]
    unit: Unit | None = None

    @classmethod
    def of_course(cls, course):
        """In all cohorts that take it or took it."""
        return cls(tuple(Community.objects.filter(cohort__course=course)))

    def of_unit(self, unit):
        return replace(self, unit=unit)

    def places(self, to="place"):
        """By what the rows that hang on a place by `to` are those of this scope."""
        named = {f"{to}__unit_place__community__in": self.communities}
        return named | ({f"{to}__unit_place__unit": self.unit} if self.unit else {})

    @cached_property
    def reader_count(self):
        """How many people it is about; reading is only told of where that is five or more."""
        people = Membership.objects.current().filter(community__in=self.communities, role__in=READERS)
        return people.filter(user__is_active=True).values("user").distinct().count()

    def readings(self):
        """What its readers of now had on the screen."""
        rows = UnitReading.objects.filter(
            unit_place__community__in=self.communities,
            person__is_active=True,
            person__memberships__community=F("unit_place__community"),
            person__memberships__left_at=None,
            person__memberships__role__in=READERS,
        )
        return rows.filter(unit_place__unit=self.unit) if self.unit else rows

    def questions(self):
        """That were asked and stand; also those that are answered."""
        return Thread.objects.begun().opened().filter(**self.places(), kind=Thread.Kind.QUESTION, removed_title="")

    def open_questions(self):
        return Thread.objects.open_questions().opened().filter(**self.places())

    def prompts(self):
        return Thread.objects.standing().opened().filter(**self.places(), kind=Thread.Kind.PROMPT)

    def answers(self):
        """To prompts."""
        answers = Post.objects.standing().answers()
        return answers.filter(**self.places("thread__place"), thread__kind=Thread.Kind.PROMPT)

    def me_toos(self):
        """Each “me too” that somebody left on a post."""
        said = Reaction.objects.saying(Reaction.Word.ME_TOO).filter(post__deleted_at=None)
        return said.filter(**self.places("post__thread__place"))
