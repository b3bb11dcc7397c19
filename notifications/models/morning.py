"""For whom it is morning: guides hear then what needs the communities that they look after."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from community.models import Membership

from .delivery import Delivery

FROM_HOUR, UNTIL_HOUR = 7, 12  # on their own clocks; whatever kept it from coming by then, it comes no more that day
WORKING_DAYS = 5  # from Monday on


def mornings(now):
    """Date → the time zones of guides in which it is a morning of that date, and no weekend."""
    found: dict[str, list[str]] = {}
    for name in guides().order_by().values_list("user__time_zone", flat=True).distinct():
        here = timezone.localtime(now, User(time_zone=name).zone)
        if FROM_HOUR <= here.hour < UNTIL_HOUR and here.weekday() < WORKING_DAYS:
            found.setdefault(str(here.date()), []).append(name)
    return found


def guides():
    """Memberships by which somebody looks after a community that goes on."""
    return Membership.objects.current().guides().filter(community__archived_at=None, user__is_active=True)


def guides_to_be_told(date, zones):
    """Ids of guides in these zones for whom no mail of that morning was made, and who want one."""
    made = Delivery.objects.of_kind(Delivery.Kind.MORNING).filter(person=OuterRef("user"), period=date)
    here = guides().filter(~Exists(made), user__time_zone__in=zones)
    wanting = here.exclude(user__mail_settings__gets_morning_mail=False)
    for reason in ("stopped_at", "unreachable_at"):
        wanting = wanting.exclude(**{f"user__mail_settings__{reason}__isnull": False})
    return wanting.order_by("user").values_list("user", flat=True).distinct()
