"""Filters that every template has, without {% load %}."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S
WEEK_DAYS = 7

TIMES_KEPT = 4_096  # a page writes each of its times out twice, and many pages the same ones


@register.filter
def ago(at: datetime) -> str:
    """How long ago, or in how long, in the fewest words; a date when it is more than a week.

    js/relative-time.js keeps the words of the last 24 hours fresh, so both must say the same.
    """
    seconds = (timezone.now() - at).total_seconds()
    if abs(seconds) < MINUTE_S:
        return _("just now")
    if abs(seconds) < DAY_S:
        return _within_a_day(seconds)
    here, today = timezone.localtime(at).date(), timezone.localdate()
    days = (today - here).days
    if abs(days) < WEEK_DAYS:
        return _within_a_week(days)
    return date_format(here, "MONTH_DAY_FORMAT" if here.year == today.year else "DATE_FORMAT")


def _within_a_day(seconds: float) -> str:
    future, length = seconds < 0, abs(seconds)
    if length < HOUR_S:
        words = _("in %(n)d min") if future else _("%(n)d min ago")
        return words % {"n": length // MINUTE_S}
    words = _("in %(n)d h") if future else _("%(n)d h ago")
    return words % {"n": length // HOUR_S}


def _within_a_week(days: int) -> str:
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    if days < 0:
        return ngettext("in %(n)d day", "in %(n)d days", -days) % {"n": -days}
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


@register.filter
def full_time(at: datetime) -> str:
    """The whole date and time in the reader's time zone, with the zone's name."""
    return _full_time(at, timezone.get_current_timezone(), get_language())


@lru_cache(TIMES_KEPT)
def _full_time(at: datetime, zone: tzinfo, language: str | None) -> str:
    here = at.astimezone(zone)
    return f"{date_format(here, 'DATETIME_FORMAT')} {here.tzname()}"


@register.filter
@lru_cache(TIMES_KEPT)
def machine_time(at: datetime) -> str:
    """For <time datetime>: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
