"""What people say about themselves for others to find them, and who sees which part of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    MEMBERS = "members", _("People in my communities")
    GUIDES = "guides", _("Those who look after my communities")
    NOBODY = "nobody", _("Only me")


class Profile(models.Model):
    """Who sees which part of what somebody says about themselves. Without a row it is as a new one says."""

    PARTS = ("about", "knows", "wants", "time_zone", "email")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    about_for = models.CharField(
        _("Who sees what is about me"), max_length=8, choices=Audience, default=Audience.MEMBERS
    )
    knows_for = models.CharField(_("Who sees what I know"), max_length=8, choices=Audience, default=Audience.MEMBERS)
    wants_for = models.CharField(
        _("Who sees what I'd like to learn"), max_length=8, choices=Audience, default=Audience.MEMBERS
    )
    time_zone_for = models.CharField(
        _("Who sees my time zone"), max_length=8, choices=Audience, default=Audience.MEMBERS
    )
    email_for = models.CharField(
        _("Who sees my e-mail address"), max_length=8, choices=Audience, default=Audience.NOBODY
    )

    def __str__(self):
        return f"{self.person}"

    @classmethod
    def of(cls, person):
        """That of `person`; for many, select `profile` along with them."""
        return getattr(person, "profile", None) or cls(person=person)

    def parts_for(self, *, is_own, is_guide):
        """The parts that a reader may see, who shares a community with the person: the person themselves, somebody who
        guides one of theirs, or a member."""
        if is_own:
            return set(self.PARTS)
        seen = audiences(is_guide)
        return {part for part in self.PARTS if getattr(self, f"{part}_for") in seen}


def audiences(is_guide):
    """The audiences that a reader belongs to."""
    return [Audience.MEMBERS, Audience.GUIDES] if is_guide else [Audience.MEMBERS]


def shows(part, *, to, is_guide, person=""):
    """That the person to whom `person` leads lets the reader `to` see that part: the same as `parts_for`, for many."""
    path = f"{person}profile__{part}_for"
    seen = Q(**{f"{path}__in": audiences(is_guide)}) | Q(**{f"{person}pk" if person else "pk": to.pk})
    default = getattr(Profile(), f"{part}_for")
    return seen | Q(**{f"{person}profile": None}) if default in audiences(is_guide) else seen


class InterestQuerySet(models.QuerySet):
    def of_people(self, people):
        return self.filter(person__in=people).order_by("name")

    def of_kind(self, kind):
        return self.filter(kind=kind)


class Interest(models.Model):
    """A word for what somebody knows, or wants to learn. Who sees it, their Profile says."""

    class Kind(models.TextChoices):
        KNOWS = "knows", _("Knows")
        WANTS = "wants", _("Wants to learn")

    NAME_MAX = 40
    EACH_AT_MOST = 12

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests")
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=NAME_MAX)  # in small letters

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "name"], name="one_interest_a_word")]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self):
        return self.name
