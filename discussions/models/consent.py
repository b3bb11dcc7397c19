"""Whether, and how, what somebody wrote in one community may be shown to later ones."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Community

from .nomination import Nomination


class ConsentQuerySet(models.QuerySet):
    def of(self, community):
        return self.filter(community=community)

    def by(self, person):
        return self.filter(person=person.pk)

    def of_people(self, people, communities):
        return self.filter(person__in=people, community__in=communities).select_related("person")

    def choice(self):
        """The choice of the first of these; "" where there is none."""
        return self.values_list("choice", flat=True).first() or ""

    def not_given(self):
        """Those of people who were asked and have not answered yet."""
        return self.filter(choice="")

    def holding(self):
        """Those by which words are shown. They hold while their givers are in the community: who has left it could
        not change theirs any more."""
        here = {"person__memberships__community": F("community"), "person__memberships__left_at": None}
        return self.filter(choice__in=Consent.AGREED, person__is_active=True, **here)


class Consent(models.Model):
    """A person's answer for all that they write in a community, asked once and changed whenever they like. Without an
    answer nothing of theirs is shown. `asked_by` is what they were asked for, if they were."""

    class Choice(models.TextChoices):
        NAMED = "named", _("With my name")
        UNNAMED = "unnamed", _("Without my name")
        NOTHING = "nothing", _("Not at all")

    AGREED = (Choice.NAMED, Choice.UNNAMED)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="consents")
    choice = models.CharField(max_length=8, choices=Choice, blank=True)  # "" while they have not answered
    asked_by = models.ForeignKey(Nomination, on_delete=models.SET_NULL, null=True, blank=True, related_name="asked")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "community"], name="one_consent_a_person_and_community")
        ]

    def __str__(self):
        return f"{self.person} in {self.community}: {self.choice}"


def consent_of(person: str, community: str) -> Coalesce:
    """How somebody agreed to be shown, a Choice; "" where nothing of theirs may be. `person` and `community` lead to
    them from the rows that are asked for; it is asked at each reading, so that a change holds from the next one on."""
    held = Consent.objects.holding().filter(person=OuterRef(person), community=OuterRef(community))
    return Coalesce(Subquery(held.values("choice")[:1]), Value(""))
