"""A course's schedule: when its units open, and what is asked when."""

import json
import uuid
from datetime import time

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from ..models import Step
from ..models.calendar import WEEKS_MAX

MORNING = time(9)


class ClockField(forms.TimeField):
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


class OpeningsForm(forms.Form):
    """For each unit of a course the week, the day and the time when it opens. Only what its writer changed is `times`:
    what others saved meanwhile stays."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units, openings, **kwargs):
        """`openings` are (week, weekday, time) by the id of a unit; `filled`, if given, those to show instead."""
        self.units, filled = units, kwargs.pop("filled", None)
        stored = {str(pk): [week, day, f"{at:%H:%M}"] for pk, (week, day, at) in openings.items()}
        super().__init__(*args, **kwargs)
        self.fields["was"].initial = json.dumps(stored)
        for unit in units:
            week, day, at = (filled if filled is not None else openings).get(unit.pk, (None, 0, MORNING))
            for name, field in self.fields_of(unit, week, day, at):
                self.fields[f"{name}-{unit.pk}"] = field

    def fields_of(self, unit, week, day, at):
        def says(words):
            return {"aria-label": f"{words}: {unit.title}"}

        number = forms.NumberInput({**says(_("Week")), "min": 1, "max": WEEKS_MAX, "placeholder": _("start")})
        choice = forms.Select(says(_("Day")))
        clock = forms.TimeInput({**says(_("Time")), "type": "time"}, format="%H:%M")
        yield "week", forms.IntegerField(required=False, min_value=1, max_value=WEEKS_MAX, initial=week, widget=number)
        yield "day", forms.TypedChoiceField(choices=list(WEEKDAYS.items()), coerce=int, initial=day, widget=choice)
        yield "time", ClockField(initial=at, widget=clock)

    @property
    def rows(self):
        """Each unit with its fields."""
        return [(unit, *(self[f"{name}-{unit.pk}"] for name in ("week", "day", "time"))) for unit in self.units]

    def when(self, unit):
        week, day, at = (self.cleaned_data[f"{name}-{unit.pk}"] for name in ("week", "day", "time"))
        return (week, day, at) if week else None

    @property
    def times(self):
        """The valid form's changes."""
        was = self.seen()
        return {unit.pk: self.when(unit) for unit in self.units if as_seen(self.when(unit)) != was.get(str(unit.pk))}

    def seen(self):
        """What stood there when its writer began."""
        try:
            was = json.loads(self.cleaned_data["was"])
        except ValueError:
            return {}
        return was if isinstance(was, dict) else {}


def as_seen(when):
    return when and [when[0], when[1], f"{when[2]:%H:%M}"]


class StepForm(forms.ModelForm):
    """A prompt or a topic, its words and when it is asked."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Step.Kind.PROMPT, _("A prompt, at a unit or for the whole community")),
            (Step.Kind.TOPIC, _("The community's topic, on top of its page")),
        ],
        initial=Step.Kind.PROMPT,
        widget=forms.RadioSelect,
    )
    body = WordsField(Profile.POST, label=_("What do you ask?"), rows=5)
    time = ClockField(label=_("Time"), initial=MORNING, help_text=_("On the clocks of each cohort."))
    for_days = forms.TypedChoiceField(
        label=_("A topic stands for"), choices=[(7, _("A week")), (1, _("A day"))], coerce=int, initial=7
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, initial=0)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Step
        fields = (
            *("kind", "title", "body", "unit", "week", "weekday", "time"),
            *("answer_first", "is_anonymous", "for_days"),
        )
        labels = {
            "answer_first": _("Members answer before they read the answers of others"),
            "is_anonymous": _("Members don't see who answered"),
        }

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        units = course.units.in_course_order().without_texts()
        commons = _("The commons, where everybody talks")
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("At"), required=False, empty_label=commons)

    def clean(self):
        """A topic is its community's, and at no unit."""
        super().clean()
        if self.cleaned_data.get("kind") == Step.Kind.TOPIC:
            self.cleaned_data["unit"] = None
        return self.cleaned_data

    @property
    def words(self):
        """The valid form's, as fields of a step."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
