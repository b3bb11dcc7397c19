"""What mail somebody wants, and when. Private to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .delivery import Delivery
from .planned import Planned, PlannedQuerySet


class MailSettingsQuerySet(PlannedQuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def of_people(self, people):
        return self.filter(person__in=people)

    def take_over_told(self):
        """Note here what digests told that went out: their own rows are kept for a while only."""
        sent = Delivery.objects.filter(person=models.OuterRef("pk")).digests_sent().order_by("-up_to").values("up_to")
        told = self.alias(told=models.Subquery(sent[:1]))
        later = Q(told__isnull=False) & (Q(digested_up_to=None) | Q(digested_up_to__lt=models.F("told")))
        return told.filter(later).update(digested_up_to=models.Subquery(sent[:1]))

    def dealt_with(self, up_to):
        """Let the next digests begin after the event `up_to`, but none earlier than it would."""
        earlier = Q(digested_up_to=None) | Q(digested_up_to__lt=up_to)
        return self.filter(earlier).update(digested_up_to=up_to)

    def unreachable(self):
        """Of those whose address takes no mail, as far as we know."""
        return self.exclude(unreachable_at=None)

    def at_another_address(self):
        """Of those who have another address than the one that took no mail."""
        return self.exclude(unreachable_address="").exclude(unreachable_address=models.F("person__email"))

    def with_people(self):
        return self.select_related("person").order_by("-unreachable_at", "pk")


class MailSettings(Planned):
    """One row a person; who has none yet has the defaults: see `MailSettings.of`."""

    class Frequency(models.TextChoices):
        DAILY = "daily", _("Every day")
        DAYS = "days", _("On the days that I choose")
        WEEKLY = "weekly", _("Once a week")
        NEVER = "never", _("Never")

    class Cause(models.TextChoices):
        BOUNCED = "bounced", _("Mail came back")
        REFUSED = "refused", _("The mail server takes nothing for it")
        COMPLAINED = "complained", _("Marked as spam")

    EVERY_DAY = "0123456"  # Monday is 0
    HOUR, MINUTES = 7, 5

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="mail_settings"
    )
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.DAILY)
    frequency_before = models.CharField(max_length=8, choices=Frequency, blank=True)  # that a link in a digest stopped
    days = models.CharField(max_length=7, default=EVERY_DAY)  # those that were chosen; of a weekly one the first counts
    hour = models.PositiveSmallIntegerField(default=HOUR)  # in the person's own time zone
    minutes = models.PositiveSmallIntegerField(default=MINUTES)  # of reading that a digest may take
    is_mailed_at_once = models.BooleanField(default=True)
    gets_morning_mail = models.BooleanField(default=True)
    next_digest_at = models.DateTimeField(null=True, blank=True)
    digested_up_to = models.BigIntegerField(null=True, blank=True)  # id of the newest event that is dealt with; what
    # digests told whose rows are kept stands there: Delivery.objects.digested_up_to
    opened_at = models.DateTimeField(null=True, blank=True)  # when they last followed a link of a digest, or came by
    slowed_at = models.DateTimeField(null=True, blank=True)  # since when digests come less often by themselves
    stopped_at = models.DateTimeField(null=True, blank=True)  # since when they want no mail but what is essential
    unreachable_at = models.DateTimeField(null=True, blank=True)  # since when their address takes no mail
    unreachable_address = models.EmailField(blank=True)  # which it is: who gets another one is mailed again
    unreachable_cause = models.CharField(max_length=12, choices=Cause, blank=True)
    unreachable_why = models.CharField(max_length=300, blank=True)  # what the mail server said
    tried_again_at = models.DateTimeField(null=True, blank=True)  # when they last asked to be mailed again

    objects = MailSettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail settings"
        indexes = [models.Index(fields=["next_digest_at"], name="mail_settings_next_digest")]

    def __str__(self):
        return f"{self.person_id}: {self.frequency}"

    @classmethod
    def of(cls, user):
        """The settings of `user`: their row, or the defaults, which are not saved."""
        found = getattr(user, "mail_settings", None) if user.pk else None  # related, so None when there is no row
        return found or cls(person=user)

    @classmethod
    def trouble_of(cls, user):
        """The settings of somebody whose address takes no mail; None for everybody else."""
        mine = cls.of(user) if user is not None and user.is_authenticated else None
        return mine if mine and not mine.is_reachable else None

    @property
    def is_reachable(self):
        """Whether mail reaches them, as far as we know."""
        return self.unreachable_at is None or self.unreachable_address not in ("", self.person.email)

    @property
    def may_be_mailed(self):
        """Whether mail that is not essential may go out to them."""
        return self.stopped_at is None and self.is_reachable
