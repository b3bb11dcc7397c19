"""What the bell on every page says."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN_UP_TO = 99


@dataclass(frozen=True)
class Bell:
    """How much is unread, and the newest id of that: the `sign` by which an open page sees that it is behind."""

    count: int = 0
    newest: int = 0

    @property
    def sign(self) -> str:
        return f"{self.count}-{self.newest}"

    @property
    def shown(self) -> str:
        return f"{SHOWN_UP_TO}+" if self.count > SHOWN_UP_TO else str(self.count or "")

    @property
    def words(self) -> str:
        if not self.count:
            return _("Notifications")
        return ngettext("%(n)s new notification", "%(n)s new notifications", self.count) % {"n": self.count}


class BellQuerySet(models.QuerySet):
    """Of notifications."""

    def of(self, user):
        return self.filter(person=user.pk)

    def unread(self):
        return self.filter(read_at=None)

    def bells_of(self, people) -> dict[int, str]:
        """Person id → the sign of all that is unread to them, whether they may still see it or not: it says only that
        something changed. In one query; who has nothing unread is missing."""
        rows = self.unread().filter(person__in=people).order_by().values("person")
        counted = rows.annotate(count=Count("pk"), newest=Max("pk")).values_list("person", "count", "newest")
        return {person: Bell(count, newest).sign for person, count, newest in counted}
