"""An SQLite database, copied as it is at one moment while others write, and put back."""

import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from config.backups import BackupError
from config.backups.archive import DATABASE, Archive, Writer

TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
SESSIONS = "django_session"
COPYING, BEFORE, RESTORING = ".backing-up", ".before-restore", ".restoring"


def path_of(ending: str = "") -> Path:
    return Path(f"{connection.settings_dict['NAME']}{ending}")


def opened(path: Path) -> Any:
    return closing(sqlite3.connect(path, timeout=20, isolation_level=None))


def remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """What stands in `source` now, in a file of its own. Nobody waits for that, and nobody is waited for."""
    remove(target)
    with opened(source) as database:
        database.execute("VACUUM INTO ?", [str(target)])
    target.chmod(0o600)


def tables_of(cursor: Any) -> dict[str, int]:
    """How many rows each table has."""
    names = [name for name, _sql in cursor.execute(TABLES).fetchall() if name != SESSIONS]
    return {name: cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}


class Moment:
    """The database of one moment. `cursor` asks it."""

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> "Moment":
        self.database = sqlite3.connect(self.path)
        self.cursor = self.database.cursor()
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()
        remove(self.path)

    def tables(self) -> dict[str, int]:
        return tables_of(self.cursor)

    def save(self, writer: Writer, tell: Callable[[int], None]) -> None:
        with (
            self.path.open("rb") as source,
            writer.pieces(DATABASE) as pieces,
            gzip.GzipFile(fileobj=pieces, mode="wb", compresslevel=3, mtime=0) as packed,
        ):
            while data := source.read(1024 * 1024):
                packed.write(data)
                tell(source.tell())


def moment(beside: Path) -> Moment:
    """Of now. It is kept for a while in a file beside the backup. Without sessions: who has a backup can't be somebody
    who was signed in."""
    path = Path(f"{beside}{COPYING}")
    copy(path_of(), path)
    with opened(path) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("PRAGMA secure_delete=ON")
        if SESSIONS in [name for name, _sql in database.execute(TABLES)]:
            database.execute(f"DELETE FROM {SESSIONS}")
    return Moment(path)


class Target:
    """This installation's database, into which a backup goes."""

    name = property(lambda self: path_of().name)

    def refuse_while_used(self) -> None:
        """Raises BackupError when another process has the database open."""
        connections.close_all()
        path_of().parent.mkdir(parents=True, exist_ok=True)
        with opened(path_of()) as database:
            database.execute("PRAGMA busy_timeout=0")
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            try:
                database.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise BackupError("Weft is running on this database. Stop it, and restore then.") from error
            database.execute("ROLLBACK")

    def mend(self) -> bool:
        """Put back what a restore that was killed had set aside; returns whether there was one."""
        if not path_of(BEFORE).exists():
            return False
        self.put_in_place(path_of(BEFORE))
        remove(path_of(BEFORE))
        return True

    def tables(self) -> dict[str, int]:
        with opened(path_of()) as database:
            return tables_of(database.cursor())

    def set_aside(self) -> None:
        """Keep what is there now, until it is known whether it may go."""
        copy(path_of(), path_of(RESTORING))
        path_of(RESTORING).rename(path_of(BEFORE))

    @contextmanager
    def with_a_way_back(self) -> Iterator[None]:
        """Whatever goes wrong inside, what was there before is there again."""
        self.set_aside()
        try:
            yield
        except BaseException:
            connections.close_all()
            self.put_in_place(path_of(BEFORE))  # if that fails it is kept, and the next restore begins with it
            remove(path_of(BEFORE))
            raise
        finally:
            remove(path_of(RESTORING))
        remove(path_of(BEFORE))

    def fill(self, archive: Archive, tell: Callable[[int], None]) -> None:
        packed = Path(f"{path_of(RESTORING)}.gz")
        try:
            with packed.open("wb") as out:
                archive.copy_database(out, tell)
            with gzip.open(packed) as source, path_of(RESTORING).open("wb") as target:
                while data := source.read(1024 * 1024):
                    target.write(data)
        finally:
            packed.unlink(missing_ok=True)
        path_of(RESTORING).chmod(0o600)
        with opened(path_of(RESTORING)) as database:
            if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise BackupError("The database of this backup is damaged. Everything is as it was.")
        connections.close_all()
        self.put_in_place(path_of(RESTORING))

    def put_in_place(self, source: Path) -> None:
        """In one transaction, so that nobody ever sees a half of it."""
        with opened(source) as database, opened(path_of()) as here:
            database.backup(here)

    def count_past(self, least: int) -> None:
        """Let new rows have numbers that no row had since the backup was made."""
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            numbered = [name for name, sql in cursor.fetchall() if "AUTOINCREMENT" in sql.upper()]
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            now = dict(cursor.fetchall())
            for name in numbered:
                last = now.get(name, 0)
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, last + max(least, last)])
