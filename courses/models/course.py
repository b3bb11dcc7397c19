from django.apps import apps
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Community, Membership, communities_guided_by, communities_of
from community.models.prepared import prepared


def written_by(user, course=""):
    """That `user` is an author of the course to which `course` leads, or writes it with the community whose own it
    is."""
    if not user.is_active:
        return Q(pk__in=())
    together = Membership.objects.of(user).writing().values("community")
    return Q(**{f"{course}authors__user": user.pk}) | Q(**{f"{course}owner__in": together})


def known_to_admins(user, course=""):
    """Courses that an L&D admin looks after: all but those that a community which they are not in writes for itself."""
    return Q(**{f"{course}owner": None}) | Q(**{f"{course}owner__in": communities_of(user)})


class CourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Courses that a community of `user` takes or took, and those that they write; all for an L&D admin, but what
        other communities write for themselves."""
        if user.is_staff and user.is_active:
            return self.filter(known_to_admins(user))
        taken = Q(cohorts__community__in=communities_of(user))
        return self.filter(taken | written_by(user)).distinct()

    def editable_by(self, user):
        """Courses whose text `user` may change: an L&D admin, its authors, or who guides a cohort of it. A community's
        own one is its members' who write, while it is not archived."""
        if user.is_staff and user.is_active:
            return self.filter(Q(owner=None) | written_by(user)).distinct()
        guided = Q(cohorts__community__in=communities_guided_by(user), owner=None)
        return self.filter(guided | written_by(user)).distinct()

    def by_title(self):
        return self.order_by("title", "pk")

    def with_counts(self):
        return self.annotate(
            unit_count=models.Count("sections__units", distinct=True),
            cohort_count=models.Count("cohorts", distinct=True),
        )


class Course(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("Title"), max_length=160)
    summary = models.TextField(_("Summary"), max_length=500, blank=True)
    language = models.CharField(_("Language"), max_length=12, default="en")
    licence = models.CharField(_("Licence"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    practice = models.ForeignKey(  # the standing community of those who took it
        Community, on_delete=models.SET_NULL, null=True, blank=True, related_name="courses_of_practice"
    )

    owner = models.OneToOneField(  # the community that writes it for itself
        Community, on_delete=models.SET_NULL, null=True, blank=True, related_name="own_course"
    )

    objects = CourseQuerySet.as_manager()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("course", args=[self.slug])

    def practices_for(self, user):
        """What an L&D admin may make its standing community: those that they host, and its cohorts that have ended."""
        theirs = models.Q(pk__in=Community.objects.hosted_by(user).values("pk")) | models.Q(cohort__course=self)
        practices = Community.objects.filter(theirs, season=Community.Season.PRACTICE, archived_at=None)
        return practices.by_title() if user.is_staff and user.is_active else practices.none()

    def may_be_edited_by(self, user):
        return bool(editable(user, self.pk))


@prepared
def course_of(user, slug):
    """The course with this slug, if `user` may see it, in a list."""
    return Course.objects.visible_to(user).filter(slug=slug)


@prepared
def editable(user, course):
    return Course.objects.editable_by(user).filter(pk=course).values_list("pk")


class PositionedQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("position", "pk")

    def next_position(self):
        return (self.aggregate(last=Max("position"))["last"] or 0) + 1

    def neighbour(self, row, *, step):
        """The row before (`step` -1) or after (1) `row`, or None."""
        if step < 0:
            return self.filter(Q(position__lt=row.position)).order_by("-position").first()
        return self.filter(Q(position__gt=row.position)).order_by("position").first()


class SectionQuerySet(PositionedQuerySet):
    def with_units(self):
        """With their units in order, texts left out, as `units_in_order`."""
        units = apps.get_model("courses", "Unit").objects.in_order().without_texts()
        return self.prefetch_related(models.Prefetch("units", units, to_attr="units_in_order"))


class Section(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("Title"), max_length=160)
    position = models.PositiveIntegerField()

    objects = SectionQuerySet.as_manager()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("manage_course", args=[self.course.slug])


class CourseFile(models.Model):
    """A picture of a course. `path` is how the units' texts name it, from the course's folder."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=255)
    file = models.FileField(upload_to="courses", max_length=255)
    content_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "path"], name="one_file_a_path")]

    def __str__(self):
        return self.path

    def get_absolute_url(self):
        return reverse("course_file", args=[self.course.slug, self.sha256[:12], self.path])
