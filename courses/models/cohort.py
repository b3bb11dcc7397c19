import datetime
import zoneinfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import (
    Bookmarkable,
    Community,
    Membership,
    Place,
    Power,
    communities_guided_by,
    communities_of,
    places_visible_to,
    roles_with,
)
from community.models.prepared import prepared
from discussions.models import communities_carried_between_by

from .course import Course
from .told import ToldUnitQuerySet
from .unit import Unit


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(community__in=communities_of(user))

    def managed_by(self, user):
        """Cohorts whose people `user` looks after: as host, or as an L&D admin all that take a course of the site."""
        hosted = Q(community__in=Community.objects.hosted_by(user))
        return self.filter(hosted | Q(course__owner=None)) if user.is_staff and user.is_active else self.filter(hosted)

    def reported_to(self, user):
        """Cohorts of which `user` may see how well they serve: as a guide, or as an L&D admin all that take a course
        of the site."""
        telling = Membership.objects.of(user).filter(role__in=roles_with(Power.SEE_REPORTS))
        told = Q(community__in=telling.values("community"))
        return self.filter(told | Q(course__owner=None)) if user.is_staff and user.is_active else self.filter(told)

    def of_community(self, community):
        return self.filter(community=community)

    def seen_by_guides(self, user):
        """Cohorts whose dates `user` may look at: those they guide, and as an L&D admin all that take a course of the
        site."""
        guided = Q(community__in=communities_guided_by(user))
        return self.filter(guided | Q(course__owner=None)) if user.is_staff and user.is_active else self.filter(guided)

    def taking(self, course):
        return self.filter(course=course)

    def after(self, cohort):
        """Those of its course that start later."""
        later = Q(starts_on__gt=cohort.starts_on) | Q(starts_on=cohort.starts_on, pk__gt=cohort.pk)
        return self.filter(later, course=cohort.course_id).order_by("starts_on", "pk")

    def carried_between_by(self, user):
        """Those from and to which `user` may carry conversations."""
        return self.filter(community__in=communities_carried_between_by(user))

    def numbered(self, pk):
        return self.filter(pk=pk)

    def running(self):
        """Those whose season has not turned, and which nobody has put away."""
        return self.filter(community__season=Community.Season.COHORT, community__archived_at=None)

    def besides(self, cohort):
        """All others, those of its course first."""
        same = models.Case(models.When(course=cohort.course_id, then=0), default=1)
        return self.exclude(pk=cohort.pk).order_by(same, "-starts_on", "-pk")

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")

    def nearing_their_end(self):
        """Those that end soon, or are to have ended, and still run."""
        soon = timezone.now().date() + datetime.timedelta(days=Cohort.END_IS_NEAR_DAYS + 2)  # days differ by zones
        return self.filter(community__season=Community.Season.COHORT, ends_on__lte=soon).order_by("ends_on", "pk")

    def with_courses(self):
        return self.select_related("course", "community")


class Cohort(models.Model):
    """A run of a course by a community, from `starts_on` at midnight in `time_zone` to the end of `ends_on`, where it
    has one. A self-paced one has no dates of its own: everything is open from the start."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="cohort")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    is_self_paced = models.BooleanField(_("Everybody at their own pace"), default=False)
    time_zone = models.CharField(_("Time zone"), max_length=64, default="UTC")
    key = models.UUIDField(unique=True, null=True, blank=True)  # of the form that started it
    joins_practice = models.BooleanField(  # when it ends: its people join the course's standing community, if there is
        _("Its people join the standing community"), default=False
    )

    END_IS_NEAR_DAYS = 14

    objects = CohortQuerySet.as_manager()

    def __str__(self):
        return f"{self.community}: {self.course}"

    def get_absolute_url(self):
        return reverse("manage_cohort", args=[self.community.slug])

    def may_be_carried_from_by(self, user):
        """Whether `user` may show its conversations to a later cohort."""
        return Cohort.objects.carried_between_by(user).filter(pk=self.pk).exists()

    @property
    def today(self):
        """By the calendar of its zone."""
        return timezone.localdate(timezone=zoneinfo.ZoneInfo(self.time_zone))

    @property
    def days_left(self):
        """Until the day on which it ends; less than 0 once that is over, None for one that goes on until somebody ends
        it."""
        return (self.ends_on - self.today).days if self.ends_on else None

    @property
    def has_practice_to_join(self):
        """Whether the course has a standing community that is not this one and takes people in."""
        practice = self.course.practice
        return practice is not None and practice.pk != self.community_id and practice.archived_at is None

    @property
    def is_nearing_its_end(self):
        runs = self.community.season == Community.Season.COHORT and self.ends_on is not None
        return runs and self.days_left <= self.END_IS_NEAR_DAYS

    @property
    def opens_at(self):
        return datetime.datetime.combine(self.starts_on, datetime.time(), zoneinfo.ZoneInfo(self.time_zone))

    @property
    def has_dates(self):
        """Whether it goes by dates of its own, now."""
        return not self.is_self_paced and self.community.season == Community.Season.COHORT

    @property
    def has_begun(self):
        return self.opens_at <= timezone.now()


@prepared
def cohorts_of(user):
    """The runs of courses that `user` is in, the latest first."""
    return Cohort.objects.visible_to(user).with_courses().newest_first()


@prepared
def cohorts_taking(course, user):
    return Cohort.objects.visible_to(user).with_courses().taking(course).newest_first()


class UnitPlaceQuerySet(ToldUnitQuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def of(self, community):
        return self.filter(community=community)

    def as_bookmarks(self, user):
        known = self.visible_to(user).select_related("place__community", "community", "unit")
        return known.defer("unit__source", "unit__html", "unit__blocks")

    def beside(self, place, *, in_community):
        """The unit of `place` as read by another community of the same course."""
        return self.select_related("place__community").get(unit__places__place=place, community=in_community)

    def titled(self, part):
        return self.filter(unit__title__icontains=part).select_related("place").order_by("unit__title", "pk")

    def naming(self, names):
        """Those whose text names a wiki page by one of these titles, folded; a row, with `name`, for each."""
        return self.filter(unit__links__name__in=names).annotate(name=F("unit__links__name")).select_related("place")

    def in_course_order(self):
        return self.order_by("unit__section__position", "unit__section__pk", "unit__position", "unit__pk")


class UnitPlace(Bookmarkable):
    """A unit as read by one community: where its talk, shelf and wiki hang."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="places")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="unit_places")
    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="unit_place")
    open_suggestions = models.PositiveIntegerField(default=0)  # so that no page counts them

    bookmark_kind = "unit"
    objects = UnitPlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "unit"], name="one_place_a_unit_and_community")]

    def __str__(self):
        return f"{self.unit} in {self.community}"

    def get_absolute_url(self):
        return reverse("unit", args=[self.community.slug, self.unit.slug])

    @property
    def bookmark_title(self):
        return self.place.title
