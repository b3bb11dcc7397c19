import hashlib
import uuid
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .community import Community, Membership


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def to_be_mailed(self):
        """Open ones of which a mail is to be written, the oldest first."""
        return self.open().filter(mail_due_at__isnull=False).order_by("mail_due_at", "pk")

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def for_token(self, token):
        return self.open().filter(token_hash=Invitation.hashed(token))

    def unanswered(self):
        """Those of which one address has one: open ones, and such as have run out, which a new one renews."""
        return self.filter(accepted_at=None, revoked_at=None)

    def for_address(self, email):
        return self.filter(email=email)

    def expiries(self, emails):
        """Address → until when its invitation holds, of those that have one."""
        return dict(self.filter(email__in=emails).values_list("email", "expires_at"))

    def to_be_reminded(self):
        """Open ones that wait for an answer for so long that a mail says it again; see Invitation.REMIND_AFTER."""
        now = timezone.now()
        due = [Q(reminders=n, sent_at__lte=now - after) for n, after in enumerate(Invitation.REMIND_AFTER)]
        rested = Q(reminded_at=None) | Q(reminded_at__lte=now - Invitation.REST)
        return self.open().filter(reduce(or_, due), rested)

    def with_community(self):
        return self.select_related("community", "invited_by")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """A seat in a community for whoever proves that `email` is theirs.

    The token itself stands only in the mail; here is its hash, and mail that is sent again gets a new one. Whoever
    mails it finds it by `mail_due_at`.
    """

    LIFETIME_DAYS = 30
    REMIND_AFTER = (timedelta(days=4), timedelta(days=14))  # since the first mail; then by itself no more
    REMINDERS_MAX = 3  # with those that a host asks for
    REST = timedelta(days=1)  # between two mails

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=80, blank=True)  # in the words of who invites; seen by who runs the community
    role = models.CharField(max_length=12, choices=Membership.Role, default=Membership.Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True, default=uuid.uuid4)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mail_due_at = models.DateTimeField(default=timezone.now, null=True, blank=True)  # None once a mail is under way
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)  # revoked by who got it
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation",
            )
        ]
        indexes = [
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="invitation_to_be_mailed")
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

    @property
    def last_mail_at(self):
        return self.reminded_at or self.sent_at

    @property
    def may_be_reminded(self):
        """Whether a host may have it mailed again now."""
        last = self.last_mail_at
        return self.reminders < self.REMINDERS_MAX and last is not None and last <= timezone.now() - self.REST

    def is_for(self, user):
        """Whether `user` has proved that the invited address is theirs."""
        return user.emailaddress_set.filter(email=self.email, verified=True).exists()

    def take_token(self, token):
        """Let this be the token that its link needs; the one mailed before stops working."""
        self.token_hash = self.hashed(token)
        self.save(update_fields=["token_hash"])
