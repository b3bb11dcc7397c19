"""Putting a backup back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backups import BackupError, postgres, sqlite, uploads
from config.backups.archive import Archive
from config.backups.making import kind_of_database
from notifications.actions import hold_after_restore

Tell = Callable[[str, int, int], None]
NUMBERS_LEFT_OUT = 10_000  # at least so many of each table; else as many as it has given out
PEOPLE = "accounts_user"


def restore(path: Path, *, replace: str = "", has_sent: bool = True, tell: Tell) -> dict[str, Any]:
    """Put the backup at `path` into this installation, which is empty or whose database `replace` names.

    All that can be wrong with it is found before anything is touched; what goes wrong later leaves the database as it
    was. Returns figures and what the operator should know.
    """
    target = kind_of_database().Target()
    target.refuse_while_used()
    archive = Archive(path, lambda done, of: tell("Checking", done, of))
    refuse_unfit(archive)
    is_mended = target.mend()
    tables = target.tables()
    refuse_used(tables, target.name, replace)
    with connection.cursor() as cursor:
        before = set(uploads.names(cursor, set(tables)))
    others = uploads.put_back(archive, tell)
    with target.with_a_way_back():
        fill(target, archive, tell)
        hold_after_restore(made_at=datetime.fromisoformat(archive.head["made_at"]), has_sent=has_sent)
    for cache in caches.all():
        cache.clear()
    uploads.overwrite(archive, others)
    for name in before - set(named_now()):
        default_storage.delete(name)
    return {"head": archive.head, "missing": archive.missing(), "is_mended": is_mended}


def fill(target: sqlite.Target | postgres.Target, archive: Archive, tell: Tell) -> None:
    target.fill(archive, lambda done: tell("Database", done, 0))
    if lost := [name for name, rows in target.tables().items() if archive.head["tables"].get(name) != rows]:
        raise BackupError(f"Rows are missing in {', '.join(lost)}. Everything is as it was.")
    tell("Migrations", 0, 0)
    call_command("migrate", interactive=False, verbosity=0)
    target.count_past(NUMBERS_LEFT_OUT)


def named_now() -> list[str]:
    with connection.cursor() as cursor:
        return list(uploads.names(cursor, set(connection.introspection.table_names(cursor))))


def refuse_unfit(archive: Archive) -> None:
    """Raises BackupError for a backup of another kind of database, or one that a later Weft made."""
    head, names = archive.head, {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if head["engine"] != connection.vendor:
        here, there = names[connection.vendor], names.get(head["engine"], head["engine"])
        raise BackupError(f"This backup was made on {there}, and this installation runs on {here}.")
    loader = MigrationLoader(None)
    ours = {f"{app}.{name}" for app, name in loader.disk_migrations}
    ours |= {f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces}
    if later := sorted(set(head["migrations"]) - ours):
        raise BackupError(
            f"This backup was made by a later Weft, or another one: {later[0]} is not known here. Update Weft first. "
            "Nothing was touched."
        )


def refuse_used(tables: dict[str, int], name: str, replace: str) -> None:
    people = tables.get(PEOPLE, 0)
    if (people or (tables and PEOPLE not in tables)) and replace != name:
        raise BackupError(
            f"There is something in the database {name} already ({people} people). Nothing was touched. "
            f"To put the backup in place of all of it: --replace {name}"
        )
