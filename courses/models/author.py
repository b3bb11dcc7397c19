"""Who writes a course."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .course import Course


class CourseAuthorQuerySet(models.QuerySet):
    def of(self, course):
        return self.filter(course=course)

    def with_people(self):
        return self.select_related("user", "named_by").order_by("user__name", "pk")


class CourseAuthor(models.Model):
    """Somebody who writes a course without having to guide a cohort of it; named by an L&D admin."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authored")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    objects = CourseAuthorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "user"], name="one_author_a_course_and_person")]

    def __str__(self):
        return f"{self.user}: {self.course}"
