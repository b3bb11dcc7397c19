"""`manage.py migrate` while people read and write: it waits for its locks briefly, so that nobody waits for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Whoever waits for a table that others read holds up all who come after. So a migration gives up soon, and comes back.
LOCK_MS = 1_500
TRIES, PAUSE_S = 60, 2.0
NOT_LOCKED = "55P03"
ONE_AT_A_TIME = 5_746_001  # the number of the lock by which two of us, on two machines, come one after the other


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            make_folder_of(Path(connection.settings_dict["NAME"]))
            super().handle(*args, **options)
            return
        self.connection = connection
        with self.alone(), self.patient():
            for _ in range(TRIES):
                try:
                    super().handle(*args, **options)
                    return
                except OperationalError as error:
                    if getattr(error.__cause__, "pgcode", None) != NOT_LOCKED:
                        raise
                self.stdout.write("\n  A table is in use for long. Once more in a moment …")
                time.sleep(PAUSE_S)
        raise CommandError(
            "A table was in use for minutes, so not everything was migrated. What was is well; run this again. "
            "pg_stat_activity says who holds on to it: `SELECT pid, xact_start, query FROM pg_stat_activity`."
        )

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """One that is not atomic (an index made CONCURRENTLY) holds up nobody while it waits, so it may wait."""
        if action in ("apply_start", "unapply_start") and hasattr(self, "connection"):
            set_to(self.connection, lock_timeout=LOCK_MS if migration.atomic else 0)
        super().migration_progress_callback(action, migration, fake)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other migrates this database. (The wait is here, not in the database, where it would count as
        a long transaction.)"""
        with self.connection.cursor() as cursor:
            for number in range(1_000_000):
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
                if cursor.fetchone()[0]:
                    break
                if not number:
                    self.stdout.write("Another one migrates this database. Waiting …")
                time.sleep(0.5)
        try:
            yield
        finally:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Rows may take their time, locks may not."""
        set_to(self.connection, lock_timeout=LOCK_MS, statement_timeout=0)
        try:
            yield
        finally:
            with self.connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout; RESET statement_timeout")


def make_folder_of(database: Path) -> None:
    """For the first start by hand; SQLite says of a folder that is missing that a file can't be opened."""
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"The folder {database.parent} can't be made ({error.strerror}). The database goes there: make it, or "
            "name another with WEFT_DATA_DIR or DATABASE_URL."
        ) from error


def set_to(connection: BaseDatabaseWrapper, **settings_ms: int) -> None:
    with connection.cursor() as cursor:
        for name, value in settings_ms.items():
            cursor.execute(f"SET {name} = {value}")
