import hashlib
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .community import Community, Membership


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def unsent(self):
        return self.open().filter(sent_at=None)

    def for_token(self, token):
        return self.open().filter(token_hash=Invitation.hashed(token))

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """A seat in a community for whoever proves that `email` is theirs.

    The token itself stands only in the mail; here is its hash, and mail that is sent again gets a new one.
    """

    LIFETIME_DAYS = 30

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Membership.Role, default=Membership.Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True, default=uuid.uuid4)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation",
            )
        ]

    def __str__(self):
        return f"{self.email} to {self.community}"

    @staticmethod
    def hashed(token):
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def masked_email(self):
        """The address as a bearer of the link may see it: enough to know one's own."""
        name, _at, domain = self.email.partition("@")
        return f"{name[:1]}…@{domain}"

    def is_for(self, user):
        """Whether `user` has proved that the invited address is theirs."""
        return user.emailaddress_set.filter(email=self.email, verified=True).exists()

    def renew_token(self):
        """Give this invitation a new token and return it; the one mailed before stops working."""
        token = secrets.token_urlsafe(24)
        self.token_hash = self.hashed(token)
        self.save(update_fields=["token_hash"])
        return token
