"""Whose site it is: its name and look, and who may sign up."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOOK_KEY = "organisation-look"
LOOK_S = 60  # how long another process may show the look of before


@dataclass(frozen=True)
class Look:
    """What every page shows of the organisation; "" where nothing is set."""

    name: str
    logo_url: str = ""
    style_url: str = ""
    colour: str = ""


class Organisation(models.Model):
    """One row at most: whoever asks before anybody has set anything gets one with nothing set."""

    class SignUp(models.TextChoices):
        OPEN = "open", _("Anybody")
        DOMAINS = "domains", _("Who has an address of one of the domains below, or was invited")
        INVITATION = "invitation", _("Only who was invited")

    class Founding(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody who has an account")
        ADMINS = "admins", _("L&D admins only")

    NAME_MAX = 60
    DOMAINS_MAX = 1_000

    name = models.CharField(_("Name"), max_length=NAME_MAX, blank=True)
    logo = models.FileField(upload_to="organisation", blank=True)
    colour = models.CharField(
        _("Colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("A colour is # and six of 0 to 9 and a to f."))],
    )
    sign_up = models.CharField(_("Who may sign up"), max_length=12, choices=SignUp, default=SignUp.OPEN)
    founding = models.CharField(
        _("Who may found communities"), max_length=12, choices=Founding, default=Founding.EVERYBODY
    )
    domains = models.TextField(_("Mail domains"), max_length=DOMAINS_MAX, blank=True)  # one a line
    time_zone = models.CharField(_("Time zone"), max_length=64, default="UTC")
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation")]

    def __str__(self):
        return self.name or settings.SITE_NAME

    @classmethod
    def current(cls):
        """The settings as they stand now."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def domain_list(self):
        return self.domains.split()

    def lets_sign_up(self, *, is_invited):
        """Whether the page for signing up is open to somebody; with DOMAINS their address is asked there."""
        return is_invited or self.sign_up != self.SignUp.INVITATION

    def takes_address(self, email, *, is_invited):
        """Whether somebody may sign up with this address."""
        if self.sign_up != self.SignUp.DOMAINS or is_invited:
            return self.lets_sign_up(is_invited=is_invited)
        return email.rpartition("@")[2].lower() in self.domain_list

    def look(self):
        logo = reverse("organisation_logo", args=[str(self.logo).rpartition("/")[2]]) if self.logo else ""
        style = reverse("organisation_style", args=[self.colour[1:].lower()]) if self.colour else ""
        return Look(str(self), logo, style, self.colour)


def look():
    """The look as of at most LOOK_S ago; no page asks the database for it each time."""
    found = cache.get(LOOK_KEY)
    if found is None:
        try:
            with transaction.atomic():
                found = Organisation.current().look()
        except DatabaseError:
            return Look(settings.SITE_NAME)  # a page that says that the database is away has a name all the same
        cache.set(LOOK_KEY, found, LOOK_S)
    return found
