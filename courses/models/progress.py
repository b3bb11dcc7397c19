"""What somebody is done with: because they say so, or by the rule that the unit's author set."""

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from discussions.models import Post, Thread

from .unit import Unit
from .unit_reading import UnitReading


class UnitProgressQuerySet(models.QuerySet):
    def of(self, user, course):
        return self.filter(user=user, unit__course=course)

    def done(self):
        return self.exclude(done_at=None)


class UnitProgress(models.Model):
    """That somebody says they are done with a unit; or, without `done_at`, that they are not, whatever its rule says.
    Private to them."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="progress")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    done_at = models.DateTimeField(default=timezone.now, null=True, blank=True)

    objects = UnitProgressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="one_progress_a_unit")]

    def __str__(self):
        return f"{self.user}: {self.unit}"


def done_by(user_id, unit="unit", rule="unit__done_when"):
    """For rows that lead to a unit by `unit`, and to its `rule`: by what this person is done with it, one of
    Unit.DoneWhen; "" when they are not. Their own word comes before the rule, which counts what they did in any
    community."""
    of_unit = OuterRef(unit)
    theirs = UnitProgress.objects.filter(user=user_id, unit=of_unit)
    has_read = Exists(UnitReading.objects.filter(person=user_id, unit_place__unit=of_unit).exclude(read_at=None))
    answers = Post.objects.standing().answers().filter(author=user_id, thread__kind=Thread.Kind.PROMPT)
    has_answered = Exists(answers.filter(thread__place__unit_place__unit=of_unit))
    read, answered, both = Unit.DoneWhen.READ, Unit.DoneWhen.ANSWERED, Unit.DoneWhen.BOTH
    is_met = (
        Q(**{rule: read}) & Q(has_read)
        | Q(**{rule: answered}) & Q(has_answered)
        | Q(**{rule: both}) & Q(has_read) & Q(has_answered)
    )
    return Case(
        When(Exists(theirs.done()), then=Value(Unit.DoneWhen.SAID)),
        When(Exists(theirs), then=Value("")),
        When(is_met, then=F(rule)),
        default=Value(""),
        output_field=CharField(),
    )


def is_done_with(person, unit):
    """Whether `person` is done with `unit`, by whatever counts there."""
    by = done_by(person.pk, "pk", "done_when")
    return Unit.objects.filter(pk=unit.pk).annotate(by=by).exclude(by="").exists()
