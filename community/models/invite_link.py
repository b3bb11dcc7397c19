import uuid
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .community import Community, Membership

SIGNER = Signer(sep=".", salt="community.invite_link")  # a token for this opens nothing else


class InviteLinkQuerySet(models.QuerySet):
    def live(self):
        """Those that nobody took back, that have time and places left, and whose community runs."""
        room = Q(places=None) | Q(used__lt=F("places"))
        lasting = self.filter(room, revoked_at=None, expires_at__gt=timezone.now())
        return lasting.filter(community__archived_at=None)

    def for_token(self, token):
        """The link of this token, whatever has become of it."""
        try:
            return self.filter(number=uuid.UUID(SIGNER.unsign(token)))
        except (BadSignature, ValueError):
            return self.none()

    def to(self, community):
        return self.filter(community=community)

    def of_maker(self, user, key):
        return self.filter(made_by=user, key=key)

    def with_all(self):
        return self.select_related("community", "made_by")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class InviteLink(models.Model):
    """An address by which people get into a community, until it expires, is full or is taken back.

    The token is `number`, signed; it stands nowhere, so the database gives none away, and hosts can see it again.
    """

    DAYS = {1: _("a day"), 7: _("a week"), 30: _("a month"), 90: _("three months")}
    ROLES = (Membership.Role.MEMBER, Membership.Role.FACILITATOR, Membership.Role.GUEST)
    PLACES_MAX = 100_000

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invite_links")
    number = models.UUIDField(unique=True, default=uuid.uuid4)
    role = models.CharField(max_length=12, choices=Membership.Role, default=Membership.Role.MEMBER)
    expires_at = models.DateTimeField()
    places = models.PositiveIntegerField(null=True, blank=True)  # how many get in by it; None: however many
    used = models.PositiveIntegerField(default=0)
    domains = models.JSONField(default=list)  # of proven addresses that it lets in; none: any
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = InviteLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "key"], name="one_invite_link_a_key"),
            models.CheckConstraint(
                condition=Q(places=None) | Q(used__lte=F("places")), name="no_more_than_places_of_a_link"
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.community}"

    @property
    def token(self):
        return SIGNER.sign(str(self.number))

    @property
    def url(self):
        """The whole address, to be sent around."""
        return settings.SITE_URL + reverse("invite_link", args=[self.token])

    @property
    def is_full(self):
        return self.places is not None and self.used >= self.places

    @property
    def is_live(self):
        return self.revoked_at is None and self.expires_at > timezone.now() and not self.is_full

    def lets_in(self, user):
        """Whether one of the addresses that `user` has proved is of a domain that it takes."""
        proved = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
        return not self.domains or any(domain_of(email) in self.domains for email in proved)

    @classmethod
    def expiring_in(cls, days):
        return timezone.now() + timedelta(days=days)


class InviteLinkUse(models.Model):
    """That somebody got in by a link: each takes one place of it, once. Who was removed doesn't get in by it again."""

    link = models.ForeignKey(InviteLink, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "person"], name="one_use_of_a_link")]

    def __str__(self):
        return f"{self.person_id} by {self.link_id}"


def domain_of(email):
    """What stands behind the last “@”, as it is compared; what is not ASCII, as mail servers write it."""
    domain = email.rpartition("@")[2].strip().lower().rstrip(".")
    try:
        return domain.encode("idna").decode() if domain else ""
    except UnicodeError:
        return ""
