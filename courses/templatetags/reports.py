"""The numbers of reports in words. {% load reports %}"""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NONE = "\N{EN DASH}"


@register.filter
def people(count: int | None) -> str:
    """A number of people, in steps of five; None is one of which no more is told."""
    return _("under 5") if count is None else str(count)


@register.filter
def how_long(time: timedelta | None) -> str:
    """A time in the fewest words: minutes, hours up to two days, days. A dash for none."""
    if time is None:
        return NONE
    if time < HOUR:
        return _("%(n)d min") % {"n": max(1, round(time.total_seconds() / 60))}
    if time < 2 * DAY:
        return _("%(n)d h") % {"n": round(time / HOUR)}
    days = round(time / DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
