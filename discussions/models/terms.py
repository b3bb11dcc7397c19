"""On what terms a conversation is held: what facilitators say about a prompt or a topic."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Terms(models.Model):
    """When a thread opens and closes, and how it is answered.

    Before `opens_at` only guides see it; `opened_at` is when everybody was told of it. After `closes_at` nobody answers
    it. `current_until` is how long a topic is its community's; one goes on talking about it.
    """

    is_in_text = models.BooleanField(default=False)  # a prompt whose words stand in the text: all its posts are answers
    answer_first = models.BooleanField(_("Answer before reading others"), default=False)
    is_anonymous = models.BooleanField(_("Anonymous to members"), default=False)
    opens_at = models.DateTimeField(_("Opens"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("Closes"), null=True, blank=True)
    current_until = models.DateTimeField(_("Until"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self):
        """Whether it is to be opened yet. What hasn't opened counts nowhere."""
        return self.opens_at is not None and self.opened_at is None

    @property
    def is_scheduled(self):
        """Whether only guides see it yet."""
        return self.opens_at is not None and self.opens_at > timezone.now()

    @property
    def has_terms(self):
        """Whether facilitators say on what terms it is held."""
        return self.is_prompt or self.is_topic  # type: ignore[attr-defined]

    @property
    def is_over(self):
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_open(self):
        """Whether it takes words now."""
        return self.closed_at is None and not self.is_over and not self.is_scheduled  # type: ignore[attr-defined]


def opened():
    """Threads that members see: those that open at no certain time, or have opened."""
    return Q(opens_at=None) | Q(opens_at__lte=timezone.now())


def due():
    """Threads whose time has come and of which nobody was told yet."""
    return Q(opens_at__lte=timezone.now(), opened_at=None)


def current():
    """Topics that are their community's now."""
    return Q(current_until__gt=timezone.now()) & opened()
