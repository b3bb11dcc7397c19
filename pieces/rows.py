"""By what one sees, for next to nothing, that rows of the database are as they were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import count
from typing import Any

from django.apps import apps
from django.db import Error, connections, models, router

from .statements import make_ready

LAST = 5  # rows: two that are written at one moment may appear in either order
SEP = "||','||"
ONE_OF = "= ANY(%s)"


@dataclass(frozen=True)
class Rows:
    """Rows of a model (`app.Model`), whose table is called `t` in `where`, a condition with a %s for each of `values`:
    numbers, or tuples of numbers for `= ANY(%s)`. With `columns`, only these count, else all that the rows hold; with
    `last`, only the last few by that column: for what changes by new rows, or by rows that move to the end."""

    model: str
    where: str
    values: tuple[Any, ...] = ()
    columns: tuple[str, ...] = ()
    last: str = ""

    @property
    def shape(self) -> tuple[Any, ...]:
        return self.model, self.where, self.columns, self.last


def among(model: str, column: str, ids: Iterable[int], where: str = "", values: tuple[Any, ...] = ()) -> Rows:
    """Rows of which `column` is one of `ids`, and for which `where` holds, if there is one."""
    condition = f"t.{column} {ONE_OF}" + (f" AND {where}" if where else "")
    return Rows(model, condition, (tuple(sorted(set(ids))), *values))


@cache
def model_of(label: str) -> type[models.Model]:
    return apps.get_model(label)


@cache
def columns_of(label: str) -> tuple[str, ...]:
    return tuple(str(field.column) for field in model_of(label)._meta.concrete_fields)


def stamp(rows: Sequence[Rows]) -> tuple[Any, ...]:
    """Something short for each of `rows`: the same as long as they are, and no others joined them. One query.

    PostgreSQL says of each row in which transaction it was written and where it lies, so nobody has to count versions.
    SQLite has no such thing; there what the rows hold is read.
    """
    if not rows:
        return ()
    alias = database_of(rows)
    try:
        return stamp_at(alias, rows)
    except Error:
        if database_of(rows) == alias:
            raise
    return stamp_at(database_of(rows), rows)  # a replica went away, and with it what was prepared there


def database_of(rows: Sequence[Rows]) -> str:
    return router.db_for_read(model_of(rows[0].model))


def stamp_at(alias: str, rows: Sequence[Rows]) -> tuple[Any, ...]:
    connection = connections[alias]
    values = [value for one in rows for value in one.values]
    shapes = tuple(one.shape for one in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(*prepared(connection, shapes, values))
        else:
            cursor.execute(*spelled_out(shapes, values))
        found = cursor.fetchone()
    return tuple(short(part) for part in found)


def short(text: str | None) -> Any:
    if text is None or len(text) < 32:
        return text
    return blake2b(text.encode(), digest_size=16).digest()


# --- PostgreSQL --------------------------------------------------------------------------------------------------


def prepared(connection: Any, shapes: tuple[Any, ...], values: list[Any]) -> tuple[str, list[Any]]:
    """To run it as a prepared statement of this connection: to plan so many small questions takes longer than to answer
    them."""
    name, sql = statement(shapes)
    make_ready(connection, name, sql, ", ".join("bigint[]" if isinstance(one, tuple) else "bigint" for one in values))
    marks = ", ".join(["%s"] * len(values))
    given = [f"{{{','.join(map(str, value))}}}" if isinstance(value, tuple) else value for value in values]
    return (f"EXECUTE {name} ({marks})" if marks else f"EXECUTE {name}"), given


@cache
def statement(shapes: tuple[Any, ...]) -> tuple[str, str]:
    """Its name and its text: there are as many as there are kinds of pages."""
    numbers = count(1)
    asked = ", ".join(f"({on_postgresql(*shape)})" for shape in shapes)
    while "%s" in asked:
        asked = asked.replace("%s", f"${next(numbers)}", 1)
    return f"stamp_{blake2b(asked.encode(), digest_size=8).hexdigest()}", f"SELECT {asked}"


def on_postgresql(model: str, where: str, columns: tuple[str, ...], last: str) -> str:
    meta = model_of(model)._meta
    named = [f"coalesce(t.\"{name}\"::text,'')" for name in columns] or ["t.ctid::text", "t.xmin::text"]
    table = f'"{meta.db_table}" t WHERE {where}'
    if last:
        table = f'(SELECT t.*, t.ctid, t.xmin FROM {table} ORDER BY t."{last}" DESC LIMIT {LAST}) t'
    return f"SELECT string_agg({SEP.join(named)}, ';' ORDER BY t.\"{meta.pk.column}\") FROM {table}"


# --- SQLite ------------------------------------------------------------------------------------------------------


def spelled_out(shapes: tuple[Any, ...], values: list[Any]) -> tuple[str, list[Any]]:
    asked = ", ".join(f"({on_sqlite(*shape)})" for shape in shapes)
    for value in values:
        if isinstance(value, tuple):
            asked = asked.replace(ONE_OF, f"IN ({', '.join(['%s'] * len(value))})", 1)
    flat = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    return f"SELECT {asked}", flat


@cache
def on_sqlite(model: str, where: str, columns: tuple[str, ...], last: str) -> str:
    meta = model_of(model)._meta
    table = f'(SELECT * FROM "{meta.db_table}" t WHERE {where}'
    table += f' ORDER BY t."{last}" DESC LIMIT {LAST})' if last else f' ORDER BY t."{meta.pk.column}")'
    quoted = SEP.join(f'quote("{name}")' for name in columns or columns_of(model))
    return f"SELECT group_concat({quoted}, ';') FROM {table}"
