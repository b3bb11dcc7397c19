from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .community import Community

UNDECIDED = Q(admitted_at=None, declined_at=None, withdrawn_at=None)
ENDS = ("admitted_at", "declined_at", "withdrawn_at")


class JoinRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(UNDECIDED)

    def of(self, person):
        return self.filter(person=person.pk)

    def to(self, community):
        return self.filter(community=community)

    def newest(self):
        return self.order_by("-asked_at", "-pk").first()

    def oldest_first(self):
        return self.select_related("person").order_by("asked_at", "pk")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("community", "person")


class JoinRequest(models.Model):
    """That somebody asks to join a community, in `words` of theirs, and what a host said to that."""

    WORDS_MAX = 1000
    AGAIN_AFTER_DAYS = 7  # whoever was declined may ask again

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    words = models.TextField(max_length=WORDS_MAX, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    admitted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(max_length=WORDS_MAX, blank=True)  # of a host who declined; the asker reads it

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], condition=UNDECIDED, name="one_open_join_request"),
            models.CheckConstraint(
                condition=UNDECIDED
                | Q(admitted_at__isnull=False, declined_at=None, withdrawn_at=None)
                | Q(admitted_at=None, declined_at__isnull=False, withdrawn_at=None)
                | Q(admitted_at=None, declined_at=None, withdrawn_at__isnull=False),
                name="one_end_of_a_join_request",
            ),
        ]

    def __str__(self):
        return str(_("To join %(community)s") % {"community": self.community})

    def get_absolute_url(self):
        """Where hosts decide; once somebody is in, the community."""
        return (
            reverse("join_requests", args=[self.community.slug]) if self.is_open else self.community.get_absolute_url()
        )

    @property
    def headline(self):
        """What a mail about it is called, once somebody is in."""
        return _("You are in %(community)s") % {"community": self.community} if self.admitted_at else ""

    @property
    def is_open(self):
        return not any(getattr(self, end) for end in ENDS)

    @property
    def may_be_asked_again_at(self):
        """When somebody who was declined may ask again; None where nothing is in the way."""
        return self.declined_at and self.declined_at + timedelta(days=self.AGAIN_AFTER_DAYS)

    def audience(self):
        """While it waits, the hosts; then who asked, if they were let in. Others are in no place to hear of it."""
        if self.is_open:
            hosts = self.community.memberships.current().hosts().values_list("user", flat=True)
            return dict.fromkeys(hosts, "running")
        return {self.person_id: "personal"} if self.admitted_at else {}
