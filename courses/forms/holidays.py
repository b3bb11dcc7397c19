"""Days off, as one writes them down: a line for each."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Holiday
from ..models.calendar import DAYS_OFF_MAX

LINES_MAX = 100
DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
DAYS = re.compile(rf"{DAY}(?:\s*(?:to|until|[-\u2013\u2014/.]+)\s*{DAY})?[\s,;:]*(.*)")


class HolidaysField(forms.CharField):
    """Gives a list of holidays that are not stored yet."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Days off"),
            required=False,
            widget=forms.Textarea({"rows": 3, "placeholder": "2026-12-21 to 2027-01-03 Winter break"}),
            help_text=_(
                "A line for each: 2026-05-25, or 2026-12-21 to 2027-01-03; a name may follow. Nothing opens or is "
                "asked on them."
            ),
            **kwargs,
        )

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else "\n".join(str(holiday) for holiday in value)

    def clean(self, value):
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        holidays = [holiday_of(line) for line in lines if line]
        if len(holidays) > LINES_MAX or sum((h.last - h.first).days + 1 for h in holidays) > DAYS_OFF_MAX:
            raise ValidationError(_("Those are too many days off for one cohort."))
        return holidays


def holiday_of(line):
    found = DAYS.fullmatch(line)
    try:
        first, last, name = found.groups() if found else ("", "", "")
        first, last = day_of(first), day_of(last or first)
    except ValueError as error:
        raise ValidationError(_("Not days: %(line)s"), params={"line": line[:80]}) from error
    if last < first:
        raise ValidationError(_("It ends before it begins: %(line)s"), params={"line": line[:80]})
    return Holiday(first=first, last=last, name=name[: Holiday.NAME_MAX])


def day_of(text):
    return date(*(int(part) for part in text.split("-")))
