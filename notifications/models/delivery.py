"""The outbox: what is to reach somebody outside of the pages. See docs/adr/0019."""

import uuid

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeliveryQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def of_people(self, people):
        return self.filter(person__in=people)

    def under_way(self):
        """Those that wait or are being sent."""
        return self.filter(state__in=[Delivery.State.WAITING, Delivery.State.SENDING])

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def about(self, subject):
        return self.filter(subject=subject)

    def waiting(self):
        return self.filter(state=Delivery.State.WAITING)

    def failed(self):
        return self.filter(state=Delivery.State.FAILED)

    def due(self, now=None):
        """What may be claimed: it waits and it is time, or who claimed it has died."""
        now = now or timezone.now()
        lost = Q(state=Delivery.State.SENDING, claimed_until__lte=now)
        return self.filter(Q(state=Delivery.State.WAITING, due_at__lte=now) | lost)

    def claimed_by(self, claim):
        return self.filter(claim=claim, state=Delivery.State.SENDING)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def waiting_beside(self, delivery):
        """Newer ones about the same that wait: what they would tell, `delivery` tells, too."""
        same = self.waiting().filter(person=delivery.person_id, kind=delivery.kind, subject=delivery.subject)
        return same.exclude(pk=delivery.pk)

    def with_people(self):
        return self.select_related("person__mail_settings")

    @transaction.atomic
    def claim(self, limit, *, lease):
        """Take up to `limit` of these for oneself, until `lease` (a timedelta) is over; returns the claim.

        Two who claim at the same time get different rows, and neither waits for the other.
        """
        claim, now = uuid.uuid4(), timezone.now()
        rows = self.due(now).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:limit])
        Delivery.objects.with_ids(ids).update(
            state=Delivery.State.SENDING, claim=claim, claimed_until=now + lease, attempts=models.F("attempts") + 1
        )
        return claim


class Delivery(models.Model):
    """One thing that goes out to one person once: unique by person, kind, subject and period, so that whoever makes it
    twice has made one; what goes out twice, after a crash between sending and marking, has one Message-ID."""

    class Kind(models.TextChoices):
        AT_ONCE = "at_once", _("Mail at once")
        DIGEST = "digest", _("Digest")
        MORNING = "morning", _("Morning mail")
        HOSTING = "hosting", _("Reminder for the host")
        INVITATION = "invitation", _("Invitation")
        PUSH = "push", _("Browser message")
        REFUSAL = "refusal", _("Refusal of an answer by mail")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("There was nothing to say")
        FAILED = "failed", _("Failed")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    email = models.EmailField(blank=True)  # of people without an account; of others it is asked when it goes out
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(max_length=60, blank=True)  # what it is about, "thread:7"
    period = models.CharField(max_length=40, blank=True)  # which of them it is
    message_id = models.CharField(max_length=120, unique=True)
    up_to = models.BigIntegerField(null=True, blank=True)  # id of the newest event that it may tell of
    due_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "subject", "period"], name="one_delivery"),
            models.UniqueConstraint(
                fields=["kind", "subject", "period"], condition=Q(person=None), name="one_delivery_to_an_address"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "subject"],
                condition=Q(state="waiting", kind__in=["at_once", "push"]),
                name="one_delivery_waiting",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="delivery_undone"),
            models.Index(fields=["state", "created_at"]),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject} {self.period} to {self.person_id or self.email}"

    @staticmethod
    def new_message_id():
        """One that nobody can guess, at the host of the site."""
        host = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
        return f"<{uuid.uuid4().hex}@{host}>"
