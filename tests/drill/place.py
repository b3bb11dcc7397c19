"""An installation that can be lost."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.postgres import cluster

ROOT = Path(__file__).parents[2]


class Place:
    def __init__(self, kind: str, folder: Path, database: str) -> None:
        self.kind, self.folder, self.data = kind, folder, folder / "data"
        self.environment = {
            "WEFT_DATA_DIR": str(self.data),
            "WEFT_EMBEDDED": "1",
            "SECRET_KEY": "for-the-drill-only-" + "x" * 40,
            "OUTBOUND_PORTS": "",
            "MAIL_TOGETHER_MINUTES": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        if database:
            self.environment["DATABASE_URL"] = database.replace("/postgres", "/drill")
        self.server = database

    def set_up(self) -> None:
        """Django on an empty installation."""
        self.data.mkdir()
        self.make_database()
        for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
            os.environ.pop(name, None)
        os.environ |= self.environment
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)

    def manage(self, *arguments: str | Path) -> None:
        """A command as an operator gives it. Raises CalledProcessError with what it said."""
        command = [sys.executable, ROOT / "manage.py", *arguments]
        subprocess.run(command, env=os.environ | self.environment, stdin=subprocess.DEVNULL, check=True)

    def wipe(self) -> None:
        """No database and no uploads any more; mail that went out stays out."""
        from django.db import connections

        connections.close_all()
        shutil.rmtree(self.data)
        self.data.mkdir()
        self.make_database()

    def make_database(self) -> None:
        if not self.server:
            return
        import psycopg2

        connection = psycopg2.connect(self.server.replace("postgres://", "postgresql://", 1))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS drill WITH (FORCE)")
            cursor.execute("CREATE DATABASE drill")
        connection.close()


@contextmanager
def placed(kind: str) -> Iterator[Place]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="weft-drill-"))
        database = stack.enter_context(cluster(durable=True)) if kind == "postgresql" else ""
        yield Place(kind, Path(folder), database)
