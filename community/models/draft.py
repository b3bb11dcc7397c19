"""Words that somebody has begun and not sent."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody sees a draft but its owner."""
        return self.filter(person=user.pk)

    def in_slots(self, slots):
        return self.filter(slot__in=slots)

    def beginning(self, start):
        """Those in slots whose names begin so."""
        return self.filter(slot__startswith=start)

    def naming(self, words):
        return self.filter(body__contains=words)

    def newest_first(self):
        return self.order_by("-saved_at", "-pk")

    def hold(self, person, slot):
        """Until the transaction ends, nobody else sends or keeps what stands in this form of `person`'s. To be taken
        before threads are locked. A row can't be locked instead, as there may be none; SQLite has one writer anyway."""
        if slot and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(HOLD, [f"draft:{person.pk}:{slot}"])


class Draft(models.Model):
    """Words that somebody has begun and not sent. `slot` names the form they stand in, as the page does; what slots
    there are say the apps whose forms they are, in their `standings`."""

    SLOT_MAX = 80

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    slot = models.CharField(max_length=SLOT_MAX)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slot"], name="one_draft_of_a_slot")]

    def __str__(self):
        return f"{self.person}: {self.slot}"


@dataclass(frozen=True)
class Standing:
    """The form that a slot names: what it is about, and where it can be found."""

    title: str
    place: str
    path: str
