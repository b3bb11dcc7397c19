"""That somebody puts a conversation forward for those who come next."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import HiddenPerson
from notifications.models import Notification

from .thread import Thread
from .unwanted import unwanted_title


class NominationQuerySet(models.QuerySet):
    def standing(self):
        """Without those that were taken back."""
        return self.filter(taken_back_at=None)

    def of_threads(self, threads):
        return self.filter(thread__in=threads)

    def in_community(self, community):
        return self.filter(thread__place__community=community)

    def by(self, person):
        return self.filter(by=person.pk)

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("thread__place__community")

    def knowing_unwanted_by(self, user_id):
        """With `is_title_hidden`: whether this person has blocked who began the conversation."""
        hidden = HiddenPerson.objects.filter(person=user_id, hidden=OuterRef("thread__created_by"))
        return self.annotate(is_title_hidden=Exists(hidden))


class Nomination(models.Model):
    """Once for a person and a conversation. Taken back it stays as a row, so that nobody is asked twice by it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="nominations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="nominations")
    created_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    is_title_hidden = False  # whether a reader has blocked who began the thread; knowing_unwanted_by sets it

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "by"], name="one_nomination_a_person_and_thread")]

    def __str__(self):
        return unwanted_title() if self.is_title_hidden else self.thread.title

    def get_absolute_url(self):
        return reverse("carrying", args=[self.thread.place.community.slug])

    @property
    def title_by(self):
        """Whose words its title is."""
        return self.thread.created_by_id

    def audience(self):
        """Those whom it made us ask, and who have not answered yet."""
        people = self.asked.not_given().values_list("person", flat=True)  # type: ignore[attr-defined]
        return dict.fromkeys(people, Notification.Reason.TAKING_PART)
