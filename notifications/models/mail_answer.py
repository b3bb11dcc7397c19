"""What comes in by mail."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=30)


class MailAnswerQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=MailAnswer.State.WAITING)

    def due(self, now=None):
        """Those to be posted now, in the order they came in."""
        return self.waiting().filter(due_at__lte=now or timezone.now()).order_by("received_at", "pk")

    def of(self, person_id):
        return self.filter(person=person_id)

    def since(self, moment):
        return self.filter(received_at__gte=moment)

    def posted_before(self, answer, moment):
        """What the same person said by mail in the same conversation since `moment`."""
        same = self.of(answer.person_id).filter(thread_id=answer.thread_id, state=MailAnswer.State.POSTED)
        return same.since(moment).exclude(pk=answer.pk)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def with_people(self):
        return self.select_related("person")

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def outdated(self, now=None):
        """Those that are done with for so long that nobody asks for their words any more."""
        return self.filter(done_at__lte=(now or timezone.now()) - KEPT)


class MailAnswer(models.Model):
    """Somebody's words in answer to a mail of ours, as they came in: kept first, posted by a worker. `key` is made of
    the Message-ID and of what was answered, so a mail that comes in twice is there once, and so is its post."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        POSTED = "posted", _("Posted")
        REFUSED = "refused", _("Refused")

    TEXT_MAX = 60_000  # characters, with all that is quoted below somebody's words
    WHY_MAX = 300

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_answers")
    thread_id = models.BigIntegerField()
    sender = models.CharField(max_length=254)  # the address that the mail says it is from
    text = models.TextField(blank=True)
    files_left_out = models.PositiveSmallIntegerField(default=0)
    is_too_large = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=WHY_MAX, blank=True)  # it was refused, as its writer reads it
    url = models.CharField(max_length=300, blank=True)  # where it stands, or where its writer can say it
    done_at = models.DateTimeField(null=True, blank=True)

    objects = MailAnswerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="mail_answer_due"),
            models.Index(fields=["done_at"]),
        ]

    def __str__(self):
        return f"{self.person_id} in {self.thread_id}, {self.state}"

    @property
    def is_posted(self):
        return self.state == self.State.POSTED

    @property
    def is_from_its_person(self):
        """Whether the address it says it is from is one that its person has proved to be theirs. Asks the database."""
        return type(self.person).objects.with_confirmed(self.sender).filter(pk=self.person_id).exists()
