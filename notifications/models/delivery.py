"""The outbox: what is to reach somebody outside of the pages. See docs/adr/0019."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(seconds=20)  # a claim lasts so long after its last renewal: who died has kept things that long
ALONE_AFTER = 3  # senders that died over it: from then on it is sent alone, and drags nobody else along
LOST_MAX = 6  # senders that died over it: it is given up


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

    def done_before(self, moment):
        return self.exclude(state__in=Delivery.UNDONE).filter(done_at__lt=moment)

    def digests_sent(self):
        return self.filter(kind=Delivery.Kind.DIGEST, state=Delivery.State.SENT, up_to__isnull=False)

    def digested_up_to(self):
        """Person id → the newest event that their digests told of, of those whose rows are kept."""
        return dict(self.digests_sent().order_by().values_list("person").annotate(models.Max("up_to")))

    def being_sent(self):
        """What somebody is sending, who is alive as far as one can tell."""
        return self.filter(state=Delivery.State.SENDING).exclude(lease_is_over())

    def due(self):
        """What may be claimed: it waits and it is time, or who claimed it has died."""
        lost = Q(lease_is_over(), state=Delivery.State.SENDING)
        return self.filter(Q(state=Delivery.State.WAITING, due_at__lte=timezone.now()) | lost)

    def overdue(self, age):
        return self.waiting().filter(due_at__lte=timezone.now() - age)

    def killers(self):
        """Those over which sender after sender died."""
        lost = Q(lease_is_over(), state=Delivery.State.SENDING)
        return self.filter(lost, attempts__gte=F("failures") + LOST_MAX)

    def one_by_one(self):
        """Without what has to wait for something else to the same person: for what is being sent to them now, which may
        tell of the same, and for what is older and about the same."""
        same = Delivery.objects.filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))
        about = same.under_way().filter(kind=OuterRef("kind"), subject=OuterRef("subject"))
        is_older = Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__lt=OuterRef("pk"))
        return self.exclude(Exists(same.being_sent())).exclude(Exists(about.filter(is_older)))

    def kinds(self):
        return set(self.order_by().values_list("kind", flat=True).distinct())

    def claimed_by(self, claim):
        return self.filter(claim=claim, state=Delivery.State.SENDING)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def waiting_beside(self, rows):
        """Newer ones about the same as one of `rows` that wait: what they would tell, it tells, too. Only of the kinds
        of which one alone may wait."""
        same = rows.filter(person=OuterRef("person"), kind=OuterRef("kind"), subject=OuterRef("subject"))
        return self.waiting().filter(Exists(same.exclude(pk=OuterRef("pk"))), kind__in=Delivery.ONE_WAITS)

    def with_people(self):
        return self.select_related("person__mail_settings")

    def of_message(self, message_id):
        """The one whose mail had this Message-ID, with or without its brackets."""
        return self.filter(message_id=f"<{message_id.strip('<> ')}>")

    def newest_first(self):
        return self.order_by("-done_at", "-pk")

    @transaction.atomic
    def claim(self, limit):
        """Take up to `limit` of these for oneself, until the lease is over; returns the claim.

        Two who claim at the same time get different rows, and neither waits for the other. The lease runs by the clock
        of the database, so that no two machines disagree about it.
        """
        claim = uuid.uuid4()
        rows = self.due().one_by_one().order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        found = list(rows.values_list("pk", F("attempts") - F("failures"))[:limit])
        alone = [pk for pk, lost in found[:1] if lost >= ALONE_AFTER]
        ids = alone or [pk for pk, lost in found if lost < ALONE_AFTER]
        taken = {"state": Delivery.State.SENDING, "claim": claim, "claimed_until": Now() + LEASE}
        Delivery.objects.with_ids(ids).update(**taken, attempts=F("attempts") + 1)
        return claim

    def renew(self):
        """Let the lease of claimed rows begin anew; returns how many those still are."""
        return self.update(claimed_until=Now() + LEASE)


def lease_is_over():
    """Also where it would last longer than any lease does: somebody has set the clock back."""
    return Q(claimed_until__lte=Now()) | Q(claimed_until__gt=Now() + 3 * LEASE)


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

    UNDONE = (State.WAITING, State.SENDING)
    ONE_WAITS = (Kind.AT_ONCE, Kind.PUSH)  # what comes meanwhile is told by the one that waits

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
    attempts = models.PositiveSmallIntegerField(default=0)  # times that it was claimed and not given back
    failures = models.PositiveSmallIntegerField(
        default=0
    )  # those that ended in an error; over the others a sender died
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
            models.Index(fields=["person"], condition=Q(state__in=["waiting", "sending"]), name="delivery_undone_of"),
            models.Index(fields=["state", "created_at"]),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject} {self.period} to {self.person_id or self.email}"

    @property
    def addressee(self):
        """The person's name, or the address."""
        return self.person.name if self.person else self.email

    @staticmethod
    def new_message_id():
        """One that nobody can guess, at the host of the site."""
        host = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
        return f"<{uuid.uuid4().hex}@{host}>"
