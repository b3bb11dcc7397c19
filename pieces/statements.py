"""Statements that PostgreSQL plans once for each of its connections, and then runs by their names."""

from typing import Any

from django.db.backends.utils import CursorWrapper


def known_to(connection: Any) -> dict[str, bool]:
    """The names of those that stand ready at this connection, and whether they still fit their tables."""
    connection.ensure_connection()
    known: tuple[Any, dict[str, bool]] | None = getattr(connection, "statements", None)
    if known is None or known[0] is not connection.connection:
        known = connection.statements = (connection.connection, {})
    return known[1]


def make_ready(connection: Any, name: str, sql: str, types: str) -> None:
    """Have `sql` stand ready as `name`, with values of these types where it says `$1` and so on. That is no question of
    a page, so it is not counted as one."""
    known = known_to(connection)
    if name in known:
        return
    with connection.wrap_database_errors, CursorWrapper(connection.create_cursor(), connection) as cursor:
        cursor.execute(f"PREPARE {name} ({types}) AS {sql}" if types else f"PREPARE {name} AS {sql}")
    known[name] = True
