"""People: who somebody is."""

import secrets
import unicodedata
import zoneinfo
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.models import Session
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

FACE_COLOURS = 8  # as many as static/css/pieces/face.css has


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def with_confirmed(self, email):
        """Whoever has proved that `email` is theirs."""
        return self.filter(emailaddress__email=email, emailaddress__verified=True)

    def confirmed_among(self, emails):
        """How many of these addresses somebody has proved to be theirs."""
        return self.filter(emailaddress__email__in=emails, emailaddress__verified=True).distinct().count()

    def by_confirmed_address(self, emails):
        """Address → who has proved that it is theirs, for those of `emails` of which that is so."""
        found = self.filter(emailaddress__email__in=emails, emailaddress__verified=True)
        return {user.address: user for user in found.annotate(address=models.F("emailaddress__email"))}  # type: ignore[attr-defined]

    def with_address(self, email):
        """Whose it is, as far as we know."""
        return self.filter(models.Q(email=email) | models.Q(pk__in=User.objects.with_confirmed(email)))

    def by_name(self):
        return self.order_by(Lower("name"), "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc] # the stubs want a name
    def create_user(self, email, password=None, *, name="", handle="", **fields):
        """A person who can sign in with `email`; without a handle, one is made from the name."""
        user = self.model(email=self.normalize_email(email).lower(), name=name or email.split("@")[0], **fields)
        user.handle = handle or self.free_handle(user.name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def free_handle(self, name):
        """A handle nobody has, as near to `name` as can be."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        base = slugify(plain).replace("-", "_")[:24] or "reader"
        if len(base) < 2:
            base = f"{base}_reader"
        handle = base
        while self.filter(handle=handle).exists():
            handle = f"{base}_{secrets.randbelow(10_000)}"
        return handle


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_staff` marks an L&D admin, who sets up courses and cohorts."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=80)
    handle = models.CharField(
        _("Handle"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9_]{2,30}\Z", _("Use 2 to 30 of a to z, 0 to 9 and _."))],
    )
    about = models.CharField(_("About you"), max_length=300, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=64, default="UTC")
    is_seen_reading = models.BooleanField(_("Let others see when I'm reading"), default=False)
    is_reading_counted = models.BooleanField(default=True)  # without their name; off: nothing of it is noted
    avatar = models.FileField(upload_to="avatars", blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person", args=[self.handle])

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    @property
    def initials(self):
        words = [word for word in self.name.split() if word[0].isalnum()] or [self.handle]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def colour(self):
        """Which of the face colours is theirs; the same on every page."""
        return (self.pk or 0) % FACE_COLOURS

    @property
    def avatar_url(self):
        """Where the picture is; "" without one. The last part changes with the picture, so it can be kept for long."""
        return reverse("avatar", args=[self.handle, str(self.avatar).rpartition("/")[2]]) if self.avatar else ""

    @property
    def local_time(self):
        """The time of day where they are."""
        return timezone.localtime(timezone=self.zone).time()

    @property
    def zone(self):
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo("UTC")


class HiddenPersonQuerySet(models.QuerySet):
    def of(self, user):
        """Whom `user` has blocked; nobody else ever sees these."""
        return self.filter(person=user.pk)

    def of_person(self, hidden):
        return self.filter(hidden=hidden)

    def with_people(self):
        return self.select_related("hidden").order_by(Lower("hidden__name"), "pk")

    def hidden_from(self, user_id):
        """Ids of those whose words this person does not want to see, as a subquery."""
        return self.filter(person=user_id).values("hidden")

    def hiding(self, user_id):
        """Ids of those who do not want to see this person's words, as a subquery."""
        return self.filter(hidden=user_id).values("person")


class HiddenPerson(models.Model):
    """That `person` does not want to see the words of `hidden`, who notices nothing. In the interface one *blocks*."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hidden_people")
    hidden = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hidden_at = models.DateTimeField(default=timezone.now)

    objects = HiddenPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "hidden people"
        constraints = [
            models.UniqueConstraint(fields=["person", "hidden"], name="one_hidden_person"),
            models.CheckConstraint(condition=~models.Q(person=models.F("hidden")), name="nobody_hides_themselves"),
        ]

    def __str__(self):
        return f"{self.person} hides {self.hidden}"


@dataclass(frozen=True)
class SignIn:
    """By what somebody is signed in: their session, and the password they had then, as it is stored."""

    user_id: int
    session_key: str
    password: str

    @staticmethod
    def lasting(sign_ins: "Collection[SignIn]") -> "set[SignIn]":
        """Those that still hold: nobody signed out, was deactivated or changed their password. Two queries."""
        keys = {sign_in.session_key for sign_in in sign_ins}
        sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        current = set(sessions.values_list("session_key", flat=True))
        people = User.objects.active().filter(pk__in={sign_in.user_id for sign_in in sign_ins})
        passwords = dict(people.values_list("pk", "password"))
        return {s for s in sign_ins if s.session_key in current and passwords.get(s.user_id) == s.password}
