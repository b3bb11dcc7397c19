"""A PostgreSQL and a standby that follows it, each of which says in its log what it is asked."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2

from tests.postgres import FAST, Server, programs
from tests.serving import wait_until

TALKATIVE = FAST | {"synchronous_commit": "on", "log_statement": "all", "hot_standby_feedback": "on"}
SELECTED, PREPARED = ": SELECT ", ":  prepare: "


class Talkative(Server):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder, TALKATIVE)
        self.heard = 0

    def ask(self, question: str, *values: Any) -> Any:
        """The first column of the first row."""
        with closing(psycopg2.connect(self.url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(question, values)
                row = cursor.fetchone() if cursor.description else None
        return row and row[0]

    def end_connections(self, which: str = "true") -> int:
        """How many there were of people's that are `which`."""
        those = f"pid <> pg_backend_pid() AND usename = 'weft' AND backend_type = 'client backend' AND {which}"
        return int(self.ask(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {those}"))

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Whoever asks for anything of a table waits, on each standby as well once it heard of it."""
        with closing(psycopg2.connect(self.url)) as connection, connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            self.ask("SELECT pg_current_xact_id()")  # is written to the log, and the lock before it
            yield

    def asked(self, table: str, *ways: str) -> int:
        """How many questions about a table it was asked since it was last asked this, in these ways: the words of one
        that was prepared stand in the line after (`DETAIL:  prepare: …`)."""
        with (self.folder / "log").open(encoding="utf-8") as log:
            log.seek(self.heard)
            lines = log.read().splitlines()
            self.heard = log.tell()
        return sum(any(way in line for way in ways) and f'"{table}"' in line for line in lines)


class Standby(Talkative):
    def follow(self, primary: Talkative) -> None:
        """A copy of the primary that goes on as it does. (`make` would make an empty one.)"""
        self.give_away()
        copy = [programs() / "pg_basebackup", "-h", primary.folder, "-U", "weft", "-D", self.folder / "data", "-R"]
        made = subprocess.run([*copy, "-c", "fast", "-N"], **self.quiet, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr

    def wait_for(self, primary: Talkative) -> None:
        """Until it has replayed all that the primary has by now."""
        at = primary.ask("SELECT pg_current_wal_flush_lsn()::text")
        wait_until(lambda: self.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", at))

    @contextmanager
    def behind(self, how: str) -> Iterator[None]:
        """It hears of what is committed inside only later: replay is paused, or delayed by an hour."""
        begin, end = {
            "paused": (["SELECT pg_wal_replay_pause()"], ["SELECT pg_wal_replay_resume()"]),
            "delayed": (
                ["ALTER SYSTEM SET recovery_min_apply_delay = '1h'", "SELECT pg_reload_conf()"],
                ["ALTER SYSTEM RESET recovery_min_apply_delay", "SELECT pg_reload_conf()"],
            ),
        }[how]
        for statement in begin:
            self.ask(statement)
        if how == "paused":
            wait_until(lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")
        else:
            wait_until(lambda: self.ask("SELECT current_setting('recovery_min_apply_delay')") == "1h")
        yield
        for statement in end:
            self.ask(statement)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and questions, and answers none."""
        assert self.process
        with closing(psycopg2.connect(self.url)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL")
            backends = [pid for (pid,) in cursor.fetchall()]
            for pid in (all_of_it := [self.process.pid, *backends]):
                os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in all_of_it:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)


@contextmanager
def a_pair(fill: Any) -> Iterator[tuple[Talkative, Standby]]:
    """`fill` gets the primary's URL before the standby is made. Both are gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="weft-p-", dir="/tmp", ignore_cleanup_errors=True) as one,
        tempfile.TemporaryDirectory(prefix="weft-s-", dir="/tmp", ignore_cleanup_errors=True) as other,
    ):
        primary, standby = Talkative(Path(one)), Standby(Path(other))
        try:
            primary.make()
            primary.start()
            fill(primary.url)
            standby.follow(primary)
            standby.start()
            yield primary, standby
        finally:
            standby.stop()
            primary.stop()
