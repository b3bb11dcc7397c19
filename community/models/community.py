from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson, User

from .away import Seen
from .belonging import guides_and, membership_at
from .founding import FoundQuerySet, Openness
from .role import Power, Role, may, roles_with
from .rostered import Rostered
from .rule import Rule


class CommunityQuerySet(FoundQuerySet):
    def visible_to(self, user):
        """Communities that `user` is in now."""
        return self.filter(pk__in=communities_of(user))

    def knowing_mine(self, user):
        """With `is_mine`: whether `user` is in it."""
        mine = Membership.objects.of(user).filter(community=models.OuterRef("pk"))
        return self.annotate(is_mine=models.Exists(mine))

    def guided_by(self, user):
        """Communities in which `user` is host or facilitator."""
        return self.filter(pk__in=communities_guided_by(user))

    def hosted_by(self, user):
        hosted = Membership.objects.of(user).filter(role__in=roles_with(Power.RUN))
        return self.filter(pk__in=hosted.values("community"))

    def run_by(self, user):
        """Those whose people `user` looks after: the ones they host, and for an L&D admin every cohort."""
        if not (user.is_active and user.is_staff):
            return self.hosted_by(user)
        hosted = Membership.objects.of(user).hosts()
        return self.filter(Q(pk__in=hosted.values("community")) | Q(season=Community.Season.COHORT))

    def without_host(self):
        """Those that run, whose people have nobody to host them who could sign in."""
        able = Membership.objects.current().able().filter(community=models.OuterRef("pk"))
        return self.running().filter(models.Exists(able), ~models.Exists(able.hosts()))

    def with_member(self, person):
        return self.filter(pk__in=Membership.objects.of(person).values("community"))

    def by_title(self):
        return self.order_by("title", "pk")

    def with_member_count(self):
        return self.annotate(
            member_count=models.Count("memberships", filter=Q(memberships__left_at=None), distinct=True)
        )


class Community(models.Model):
    class Season(models.TextChoices):
        COHORT = "cohort", _("Cohort")
        PRACTICE = "practice", _("Community of practice")

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=120)
    purpose = models.CharField(_("Purpose"), max_length=300, blank=True)
    season = models.CharField(max_length=10, choices=Season, default=Season.PRACTICE)
    members_may_distil = models.BooleanField(_("Every member may write summaries"), default=False)
    openness = models.CharField(_("Who gets in?"), max_length=10, choices=Openness, default=Openness.INVISIBLE)
    founded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    founded_with = models.UUIDField(null=True, blank=True)  # the key of the form
    archived_at = models.DateTimeField(null=True, blank=True)  # since when it is there for reading only
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [models.UniqueConstraint(fields=["founded_by", "founded_with"], name="one_community_a_key")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("community", args=[self.slug])

    def guide_roles(self):
        """User id → name of the role, for those who look after the others here."""
        return {guide.user_id: guide.get_role_display() for guide in self.memberships.current().guides()}

    def membership_and_guides(self, user):
        """`membership_of` and `guide_roles` in one query."""
        rows = guides_and(self, user)
        mine = next((row for row in rows if row.user_id == user.pk), None)
        return mine, {row.user_id: row.get_role_display() for row in rows if row.is_guide}

    def membership_of(self, user):
        """The membership `user` holds now, or None."""
        return membership_at(self, user)

    def takes_at_once(self, user):
        """Whether `user` gets in without asking: it is open, and no guide has removed them."""
        return self.openness == Openness.OPEN and not self.memberships.removed(user).exists()


class MembershipQuerySet(Rostered):
    def current(self):
        return self.filter(left_at=None)

    def of(self, user):
        """What `user` is in now; nothing for somebody signed out or deactivated."""
        return self.current().filter(user=user.pk) if user.is_active else self.none()

    def new(self):
        """Members of the first days whom no guide has trusted yet."""
        since = timezone.now() - timedelta(days=Membership.NEW_FOR_DAYS)
        return self.filter(joined_at__gt=since, trusted_at=None).exclude(role__in=Membership.GUIDES)

    def of_people(self, people):
        return self.filter(user__in=people)

    def but_for(self, user):
        return self.exclude(user=user.pk)

    def guides(self):
        return self.filter(role__in=Membership.GUIDES)

    def removed(self, user):
        """Those of `user` that somebody else ended."""
        return self.filter(user=user.pk).exclude(removed_by=None)

    def with_people(self):
        return self.select_related("user")

    def knowing_hidden_from(self, user):
        """With `is_hidden`: whether `user` has blocked the person."""
        mine = HiddenPerson.objects.of(user).filter(hidden=models.OuterRef("user"))
        return self.annotate(is_hidden=models.Exists(mine))

    def by_role_and_name(self):
        order = models.Case(*[models.When(role=role, then=i) for i, role in enumerate(Membership.Role.values)])
        return self.order_by(order, "user__name", "pk")


class Membership(Seen):
    """A person in a community from `joined_at` to `left_at`; coming back is a new row. They write nothing here before
    `paused_until`."""

    Role = Role
    GUIDES = roles_with(Power.GUIDE)
    WRITERS = roles_with(Power.WRITE)
    NEW_FOR_DAYS = 3

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(  # who ended it, if not they themselves
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    trusted_at = models.DateTimeField(null=True, blank=True)  # they may write as much as everybody from the start
    trusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    paused_until = models.DateTimeField(null=True, blank=True)
    paused_for = models.CharField(max_length=500, blank=True)  # why, in the words of who paused it

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "community"], condition=Q(left_at=None), name="one_current_membership"
            )
        ]

    def __str__(self):
        return f"{self.user} in {self.community}"

    def get_absolute_url(self):
        return self.community.get_absolute_url()

    def may(self, power):
        """Whether their role lets them; see role.py."""
        return may(self.role, power)

    def audience(self):
        """Whom it concerns that they host now: themselves."""
        return {self.user_id: "running"} if self.is_host else {}

    @property
    def headline(self):
        """What a mail to them about it is called."""
        return _("You host %(community)s now") % {"community": self.community} if self.is_host else ""

    @property
    def is_host(self):
        """Whether they run the community."""
        return self.may(Power.RUN)

    @property
    def is_guide(self):
        """Whether they look after the others here."""
        return self.may(Power.GUIDE)

    @property
    def is_guest(self):
        """Whether they only read here."""
        return not self.may(Power.WRITE)

    @property
    def is_new(self):
        """Whether they may write less than everybody yet; see MembershipQuerySet.new."""
        since = timezone.now() - timedelta(days=self.NEW_FOR_DAYS)
        return self.joined_at > since and self.trusted_at is None and not self.is_guide

    @property
    def is_paused(self):
        return self.paused_until is not None and self.paused_until > timezone.now()

    @property
    def may_write(self):
        return self.may(Power.WRITE) and not self.is_paused and self.community.archived_at is None

    @property
    def pause(self):
        """This, for a page that says why they write nothing here; None for who may."""
        return None if self.may_write else self


communities_of = Rule(lambda user, now: Membership.objects.of(user).values("community"))
communities_guided_by = Rule(lambda user, now: Membership.objects.of(user).guides().values("community"))


def people_visible_to(user):
    """`user` and everybody who is or was in a community with them: words stay, so their writers stay known. Who asks to
    join is known to the hosts."""
    together = Membership.objects.filter(community__in=communities_of(user)).values("user")
    asking = Community.objects.hosted_by(user).asked_by()
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=together) | Q(pk__in=asking))
