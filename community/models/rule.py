"""Subqueries of the access rule whose SQL is made once.

Nearly every query of a page holds the rule, some three times over. To put it together anew took Django 3 ms each time,
most of what a page took. What stands in the SQL is the same for everybody, but for who asks and when.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import User

ANYBODY = User(pk=-1)
SOMETIME = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)


class Rule:
    """`Rule(rows)(user)` is `rows(user, now)`, a queryset of one column, as a subquery to stand behind `…__in`.

    `rows` may use the person's `pk` only, and hands the moment on to the rules within it. Nobody who is signed out or
    deactivated has any rows.
    """

    def __init__(self, rows: Callable[[User, datetime.datetime], QuerySet[Any, Any]]) -> None:
        self.rows = rows
        self.made: dict[str, tuple[str, tuple[Any, ...]]] = {}  # by kind of database

    def __call__(self, user: Any, now: datetime.datetime | None = None) -> Any:
        if not user.is_active:
            return []
        if connection.vendor not in self.made:
            self.made[connection.vendor] = self.rows(ANYBODY, SOMETIME).query.sql_with_params()
        sql, values = self.made[connection.vendor]
        at = connection.ops.adapt_datetimefield_value
        who_and_when = {ANYBODY.pk: user.pk, at(SOMETIME): at(now or timezone.now())}
        return RawSQL(sql, [who_and_when.get(value, value) for value in values])
