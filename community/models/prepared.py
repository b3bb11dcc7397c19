"""Queries that are built once and asked many times.

To put a query together and write it out as SQL costs Django several times what the database needs to answer it, and
what a page asks is the same for everybody but for a few values: who reads, which community, the time. `@prepared`
keeps the SQL of a function that gives a queryset, and asks it with the values of each call. Nothing that the database
answers is kept.
"""

import copy
import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from hashlib import blake2b
from typing import Any, ParamSpec

from django.core.exceptions import EmptyResultSet
from django.db import Error, connections, models, router
from django.utils import timezone

from accounts.models import User
from pieces.statements import known_to, make_ready

SHAPES_KEPT = 64  # of one function; past that it is asked plainly
MARK = 7_310_000_000_000_000  # no id is so large
WORD = "a value of a prepared query, number "

Source = int | str  # the number of a value, or NOW
NOW = "now"
Statement = tuple[str, str, str, list[int]]

STATEMENTS_MOST = 120  # of one connection to PostgreSQL, 0.4 MB each there; what is rarer is asked plainly
TYPES = {int: "bigint", str: "text", datetime.datetime: "timestamptz"}
LIKE_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DOES_NOT_FIT = {"0A000", "26000"}  # a table has other columns by now; no statement of that name


class Arguments:
    """The arguments of a call: its `shape`, by which the SQL differs, and the `values` that stand in it."""

    def __init__(self, given: Iterable[Any]) -> None:
        self.values: list[Any] = []
        self.marks: list[Any] = []
        self.shape: tuple[Any, ...] = ()
        self.stand_ins: list[Any] = []
        for one in given:
            shape, stand_in = self.taken(one)
            self.shape = (*self.shape, shape)
            self.stand_ins.append(stand_in)

    def taken(self, given: Any) -> tuple[Any, Any]:
        if isinstance(given, User):
            seen = {"is_active": given.is_active, "is_staff": given.is_staff}
            return tuple(seen.values()), User(pk=self.marked(given.pk), **seen)
        if isinstance(given, list | tuple):
            return len(given), [self.marked(one) for one in given]
        if isinstance(given, int | str) and not isinstance(given, bool | models.Choices):
            return type(given), self.marked(given)
        return given, given

    def marked(self, value: int | str) -> int | str:
        number = len(self.values)
        self.values.append(value)
        mark = MARK + number if isinstance(value, int) else f"{WORD}{number}"
        self.marks.append(mark)
        return mark


@dataclass
class Plan:
    """A queryset with its SQL; `sources` say where each of its parameters comes from, or are None where it stays."""

    queryset: models.QuerySet
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    sources: tuple[Source | None, ...]
    statement: Statement | None = field(default=None, init=False)

    def ask(self, values: list[Any]) -> list[Any]:
        given = {NOW: at_database(timezone.now(), self.compiler.connection.vendor)}
        params = tuple(
            kept if source is None else given[source] if isinstance(source, str) else values[source]
            for kept, source in zip(self.params, self.sources, strict=True)
        )
        alias = self.queryset.db
        try:
            return list(self.queryset_with(params))
        except Error as error:
            if not self.may_be_asked_again(alias, error):
                raise
        return list(self.queryset_with(params))

    def queryset_with(self, params: tuple[Any, ...]) -> models.QuerySet:
        """One of its own each time: a copy of it would ask for what stands for the values."""
        queryset: models.QuerySet = self.queryset._chain()  # type: ignore[attr-defined]
        queryset._query = Asked(self, params)  # type: ignore[attr-defined]
        return queryset

    def may_be_asked_again(self, alias: str, error: Error) -> bool:
        """A replica went away, and with it what stood ready there; or its tables changed since."""
        connection = connections[alias]
        if getattr(error.__cause__, "pgcode", None) in DOES_NOT_FIT and not connection.in_atomic_block:
            known_to(connection)[self.statement_for(connection)[0]] = False
            return True
        return router.db_for_read(self.queryset.model) != alias

    def statement_for(self, connection: Any) -> Statement:
        """The same at each connection; but only that of this thread may be asked how it spells values."""
        if self.statement is None:
            self.statement = self.spelled_at(connection)
        return self.statement

    def spelled_at(self, connection: Any) -> Statement:
        """On PostgreSQL: its name, its SQL with numbers where values stand that are not always the same, their types,
        and which of the parameters they are. What comes from one source has one number, so that PostgreSQL sees that
        it groups by what it selects."""
        first = {source: i for i, source in reversed([*enumerate(self.sources)]) if source is not None}
        own = sorted(first.values())
        with connection.cursor() as cursor:
            literals = [cursor.mogrify("%s", (param,)).decode() for param in self.params]
        said = [f"${own.index(first[s]) + 1}" if s in first else t for s, t in zip(self.sources, literals, strict=True)]
        sql = self.sql % tuple(said)
        types = ", ".join(TYPES[type(self.params[i])] for i in own)
        return f"asked_{blake2b(sql.encode(), digest_size=8).hexdigest()}", sql, types, own

    def spelled_for(self, connection: Any, params: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        """What to run there: on PostgreSQL the name of a statement. To plan it takes longer than to answer it."""
        if connection.vendor != "postgresql":
            return self.sql, params
        name, sql, types, own = self.statement_for(connection)
        known = known_to(connection)
        if not known.get(name, len(known) < STATEMENTS_MOST):
            return self.sql, params
        make_ready(connection, name, sql, types)
        marks = ", ".join(["%s"] * len(own))
        return f"EXECUTE {name} ({marks})" if own else f"EXECUTE {name}", tuple(params[i] for i in own)


class Asked:
    """Stands for a query that was written out before."""

    def __init__(self, plan: Plan, params: tuple[Any, ...]) -> None:
        self.plan, self.params = plan, params

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plan.queryset.query, name)

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler = copy.copy(self.plan.compiler)
        compiler.using, compiler.connection = using, connections[using or "default"]
        compiler.as_sql = lambda *_args, **_names: self.plan.spelled_for(compiler.connection, self.params)
        return compiler


P = ParamSpec("P")


def prepared(build: Callable[P, Any]) -> Callable[P, list[Any]]:
    """The rows of the queryset that `build` gives. Its arguments are people who are signed in, ids, lists of ids,
    words, and whatever the SQL itself differs by; it may read the time, but decides nothing by them. With another time
    than now, some days ago say, it is built each time."""
    plans: dict[Any, Plan | None] = {}

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Any]:
        given = Arguments([*args, *kwargs.values()])
        key = given.shape, tuple(kwargs), connections[router.db_for_read(User)].vendor
        if key not in plans and len(plans) < SHAPES_KEPT:
            plans[key] = plan_of(build, given, len(args), tuple(kwargs))
        plan = plans.get(key)
        return plan.ask(given.values) if plan else list(build(*args, **kwargs))

    rows.plans = plans  # type: ignore[attr-defined]
    return rows


def plan_of(build: Any, given: Arguments, positional: int, names: tuple[str, ...]) -> Plan | None:
    """The plan, or None where the SQL can't be kept: nothing could come out, or a value can't be found in it."""
    before = timezone.now()
    named = dict(zip(names, given.stand_ins[positional:], strict=True))
    queryset = build(*given.stand_ins[:positional], **named)
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    after = timezone.now()
    sources = tuple(source_of(param, given.marks, before, after) for param in params)
    if not set(range(len(given.values))) <= set(sources) or has_moments(params, sources, given.stand_ins):
        return None
    return Plan(queryset, compiler, sql, tuple(params), sources)


def source_of(param: Any, marks: list[Any], before: datetime.datetime, after: datetime.datetime) -> Source | None:
    if isinstance(param, int | str) and not isinstance(param, bool) and param in marks:
        return marks.index(param)
    at = moment_of(param)
    if not isinstance(at, datetime.datetime):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
    return NOW if before <= at <= after else None


def has_moments(params: Iterable[Any], sources: Iterable[Source | None], stand_ins: list[Any]) -> bool:
    """Whether there is a day or a time that nobody gave and that is not now: it would stand still."""
    given = [*stand_ins, *map(str, stand_ins)]
    left = [param for param, source in zip(params, sources, strict=True) if source is None and param not in given]
    return any(moment_of(param) for param in left)


def moment_of(param: Any) -> datetime.date | None:
    """The day or the time, also as SQLite keeps them."""
    if isinstance(param, str) and LIKE_A_DAY.match(param):
        try:
            return datetime.datetime.fromisoformat(param)
        except ValueError:
            return None
    return param if isinstance(param, datetime.date) else None


def at_database(at: datetime.datetime, vendor: str) -> Any:
    return str(at.astimezone(datetime.UTC).replace(tzinfo=None)) if vendor == "sqlite" else at
