"""The end of a cohort, which is none: how its season turns, who became an alum by that, and what is said beforehand."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.models import Community, Job, Membership, Place
from notifications.models import Notification

from .cohort import Cohort

SAID_FOR = timedelta(days=30)  # that the season has turned


class EndNoticeQuerySet(models.QuerySet):
    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("cohort__community__hand_over__community")

    def of(self, cohort):
        return self.filter(cohort=cohort)

    def of_community(self, community):
        return self.filter(cohort__community=community)

    def standing(self, cohort):
        """What was said of the day on which the cohort ends as things stand."""
        return self.filter(cohort=cohort, ends_on=cohort.ends_on)


class EndNotice(models.Model):
    """That everybody was told, so many days before, that a cohort ends; for each day it was to end on."""

    DAYS = (3, 14)

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="end_notices")
    ends_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)

    objects = EndNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "ends_on", "days_before"], name="one_notice_of_an_end")
        ]

    def __str__(self):
        """What stands now, so that a notification of a day that was moved says the new one."""
        cohort = self.cohort
        if cohort.community.season != Community.Season.COHORT or cohort.ends_on is None:
            return str(cohort.community)
        on = date_format(cohort.ends_on, "DATE_FORMAT")
        return _("%(community)s ends on %(date)s, and goes on after it") % {"community": cohort.community, "date": on}

    def get_absolute_url(self):
        """Where everybody is asked to leave something, if that is open."""
        community = self.cohort.community
        return getattr(community, "hand_over", community).get_absolute_url()

    def audience(self):
        return everybody_in(self.cohort.community_id)


class GraduationQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_at=None)

    def of_community(self, community):
        return self.filter(cohort__community=community)

    def with_key(self, key):
        return self.filter(key=key)

    def unsettled(self):
        return self.filter(settled_at=None)

    def of(self, cohort):
        return self.filter(cohort=cohort)

    def newest_first(self):
        return self.select_related("turned_by", "undone_by", "into").order_by("-pk")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("cohort__community", "into")


class Graduation(models.Model):
    """That a cohort's season turned, at `turned_at`, until `undone_at` if that was taken back. `into` is the standing
    community that its people joined; none where they go on in place. `closed_places` are those that had not opened by
    then: id of the place → when it would have, so that undoing closes them again; `began_series` is that topics open by
    themselves since. `settled_at` is when all of its people were through, or back."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="graduations")
    into = models.ForeignKey(Community, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    ended_on = models.DateField(null=True, blank=True)  # the day on which it was to end, then
    turned_at = models.DateTimeField(default=timezone.now)
    turned_by = models.ForeignKey(  # nobody where its day had come
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_places = models.JSONField(default=dict)
    began_series = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort"], condition=Q(undone_at=None), name="one_standing_graduation")
        ]

    def __str__(self):
        community = self.cohort.community
        if self.undone_at:
            return _("%(community)s is a cohort again") % {"community": community}
        if self.into:
            return _("%(community)s goes on in %(into)s") % {"community": community, "into": self.into}
        return _("%(community)s goes on as a community of practice") % {"community": community}

    def get_absolute_url(self):
        return self.cohort.community.get_absolute_url()

    def audience(self):
        return everybody_in(self.cohort.community_id)

    @property
    def is_settled(self):
        return self.settled_at is not None

    def people_left(self):
        """Memberships that it is still to note: of those who were here when the season turned. In place it concerns
        learners; where they join another community, everybody but guests."""
        here = self.cohort.community.memberships.current().filter(joined_at__lte=self.turned_at)
        concerned = (
            here.exclude(role=Membership.Role.GUEST) if self.into_id else here.filter(role=Membership.Role.MEMBER)
        )
        noted = Graduate.objects.filter(graduation=self, membership=OuterRef("pk"))
        return concerned.filter(~Exists(noted)).order_by("pk")


class GraduateQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("membership").order_by("pk")


class Graduate(models.Model):
    """What a graduation did for one person: `was` is the role that they had in the cohort, `joined` the membership that
    they got elsewhere. Undoing takes the rows away again."""

    graduation = models.ForeignKey(Graduation, on_delete=models.CASCADE, related_name="graduates")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    was = models.CharField(max_length=12, choices=Membership.Role)
    joined = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = GraduateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["graduation", "membership"], name="one_graduate_a_membership")]

    def __str__(self):
        return f"{self.membership_id}: {self.was}"


def everybody_in(community_id):
    people = Membership.objects.current().filter(community=community_id).values_list("user", flat=True)
    return dict.fromkeys(people, Notification.Reason.EVERYBODY)


@dataclass(frozen=True)
class Outlook:
    """What turning the season of a cohort would change, or has."""

    standing: Graduation | None
    past: list[Graduation]
    notices: list[EndNotice]
    learners: int
    alumni: int
    closed_places: int
    job: Job | None  # while people are taken through, or back


def outlook_of(cohort: Cohort) -> Outlook:
    graduations = list(Graduation.objects.of(cohort).newest_first()[:20])
    community = cohort.community
    roles = dict(community.memberships.current().values_list("role").annotate(models.Count("pk")))
    jobs = Job.objects.of(community).kind_of("graduation").unfinished().newest_first()
    return Outlook(
        standing=next((one for one in graduations if one.undone_at is None), None),
        past=[one for one in graduations if one.undone_at],
        notices=list(EndNotice.objects.standing(cohort).order_by("given_at")),
        learners=roles.get(Membership.Role.MEMBER, 0),
        alumni=roles.get(Membership.Role.ALUM, 0),
        closed_places=community.places.filter(kind=Place.Kind.UNIT, opens_at__gt=timezone.now()).count(),
        job=jobs.first(),
    )


def with_seasons(communities: Any) -> Any:
    """`communities`, each with what its page says of its season."""
    standing = Graduation.objects.standing().filter(cohort__community=OuterRef("pk"))
    lately = timezone.now() - SAID_FOR
    return communities.select_related("cohort", "hand_over").annotate(
        turned_lately_at=Subquery(standing.filter(turned_at__gt=lately).values("turned_at")[:1]),
        goes_on_in=Subquery(standing.values("into__slug")[:1]),
        goes_on_in_title=Subquery(standing.values("into__title")[:1]),
    )


def season_of(community: Any) -> dict[str, Any]:
    """What such a page takes of one of them, found `with_seasons`; None for what it has not."""
    return {name: getattr(community, name, None) for name in ("cohort", "hand_over")}
