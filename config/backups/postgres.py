"""A PostgreSQL database as it is at one moment, by PostgreSQL's own programs, and put back."""

import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from config.backups import BackupError
from config.backups.archive import DATABASE, Archive, Writer

FOLDERS = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"]
FOLDERS += ["/usr/local/opt/postgresql@*/bin", "/Applications/Postgres.app/Contents/Versions/*/bin"]
SESSIONS, BEFORE = "django_session", "weft_before_restore"
NOT_FOR_PROGRAMS = {"password", "options", "cursor_factory", "client_encoding", "context", "prepare_threshold"}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'"""
HAS_BEFORE = f"SELECT 1 FROM pg_namespace WHERE nspname = '{BEFORE}'"
READ_BYTES = 1024 * 1024


def program(name: str, version: int) -> str:
    """The path of one of PostgreSQL's programs: of this major version, else of the next later one; without any that is
    late enough the newest, which says itself that it won't do."""
    folders = [folder for pattern in FOLDERS for folder in glob.glob(pattern)]
    found = {_major(folder): folder for folder in folders if Path(folder, name).exists()}
    fit = min((major for major in found if major >= version), default=max(found, default=0))
    path = str(Path(found[fit], name)) if found else shutil.which(name)
    if not path:
        raise BackupError(f"{name} isn't on this machine. In Debian it is in the package postgresql-client.")
    return path


def _major(folder: str) -> int:
    return int("".join(filter(str.isdigit, folder)) or 0)


def call(name: str, *arguments: str, **streams: Any) -> "subprocess.Popen[bytes]":
    """A program begun on this database. The password goes by the environment, which others can't see."""
    connection.ensure_connection()
    given = connection.get_connection_params()
    kept = {key: value for key, value in given.items() if key not in NOT_FOR_PROGRAMS and value not in (None, "")}
    quoted = {key: str(value).replace("\\", "\\\\").replace("'", "\\'") for key, value in kept.items()}
    database = " ".join(f"{key}='{value}'" for key, value in quoted.items())
    environment = os.environ | ({"PGPASSWORD": str(given["password"])} if given.get("password") else {})
    path = program(name, connection.pg_version // 10_000)  # type: ignore[attr-defined]
    return subprocess.Popen([path, "--dbname", database, *arguments], env=environment, **streams)


def finish(process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    """Raises BackupError with what the program said when it failed."""
    if process.wait():
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
        raise BackupError(f"{Path(str(process.args[0])).name} failed: {words}")  # type: ignore[index]


def tables_of(cursor: Any) -> dict[str, int]:
    """How many rows each table has."""
    cursor.execute(TABLES)
    counts = {}
    for (name,) in cursor.fetchall():
        if name != SESSIONS:
            cursor.execute(f'SELECT count(*) FROM public."{name}"')
            counts[name] = cursor.fetchone()[0]
    return counts


class Moment:
    """The database of one moment, by a connection of its own that sees nothing later. `cursor` asks it."""

    engine = "postgresql"

    def __enter__(self) -> "Moment":
        self.connection = connection.copy()
        self.cursor: Any = self.connection.cursor().__enter__()
        for statement in ("SET statement_timeout = 0", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            self.cursor.execute(statement)
        self.cursor.execute("SELECT pg_export_snapshot()")
        (self.snapshot,) = self.cursor.fetchone()
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def tables(self) -> dict[str, int]:
        return tables_of(self.cursor)

    def save(self, writer: Writer, tell: Callable[[int], None]) -> None:
        """Without sessions: who has a backup can't be somebody who was signed in."""
        left_out = [f"--exclude-table-data=public.{SESSIONS}", f"--exclude-schema={BEFORE}"]
        options = ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={self.snapshot}", *left_out]
        with _words() as said, call("pg_dump", *options, stdout=subprocess.PIPE, stderr=said) as dump:
            assert dump.stdout is not None
            with writer.pieces(DATABASE) as pieces:
                while data := dump.stdout.read(READ_BYTES):
                    pieces.write(data)
                    tell(writer.bytes)
            finish(dump, said)


def moment(beside: Path) -> Moment:
    """Of when it is entered."""
    return Moment()


class Target:
    """This installation's database, into which a backup goes."""

    name = property(lambda self: connection.settings_dict["NAME"])

    def refuse_while_used(self) -> None:
        """Raises BackupError when anybody else is connected to the database."""
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(OTHERS)
            (others,) = cursor.fetchone()
        if others:
            raise BackupError(
                f"{others} others are connected to the database {self.name}. Stop the web processes, workers and beat, "
                "and restore then."
            )

    def mend(self) -> bool:
        """Put back what a restore that was killed had set aside; returns whether there was one."""
        with connection.cursor() as cursor:
            cursor.execute(HAS_BEFORE)
            if not cursor.fetchone():
                return False
        self._put_back()
        return True

    def tables(self) -> dict[str, int]:
        with connection.cursor() as cursor:
            return tables_of(cursor)

    def set_aside(self) -> None:
        """Keep what is there now, until it is known whether it may go."""
        _execute(f"ALTER SCHEMA public RENAME TO {BEFORE}", "CREATE SCHEMA public")

    @contextmanager
    def with_a_way_back(self) -> Iterator[None]:
        """Whatever goes wrong inside, what was there before is there again."""
        self.set_aside()
        try:
            yield
        except BaseException:
            self._put_back()
            raise
        _execute(f"DROP SCHEMA {BEFORE} CASCADE")

    def fill(self, archive: Archive, tell: Callable[[int], None]) -> None:
        options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-acl"]
        with _words() as said, call("pg_restore", *options, stdin=subprocess.PIPE, stderr=said) as restore:
            assert restore.stdin is not None
            try:
                archive.copy_database(restore.stdin, tell)
                restore.stdin.close()
            except BrokenPipeError:
                pass  # it has ended, and says why
            finish(restore, said)
        _execute("ANALYZE")

    def count_past(self, least: int) -> None:
        """Let new rows have numbers that no row had since the backup was made."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,"
                " least(max_value, coalesce(last_value, 0) + greatest(%s, coalesce(last_value, 0))))"
                " FROM pg_sequences WHERE schemaname = 'public'",
                [least],
            )

    def _put_back(self) -> None:
        connection.close()
        _execute("DROP SCHEMA IF EXISTS public CASCADE", f"ALTER SCHEMA {BEFORE} RENAME TO public")


def _execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for statement in statements:
            cursor.execute(statement)


def _words() -> IO[bytes]:
    return tempfile.TemporaryFile()
