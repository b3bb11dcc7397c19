"""`manage.py migrate` on a table that is in use, and two of it at once."""

import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.house import ROOT
from tests.postgres import cluster
from tests.serving import wait_until

pytestmark = pytest.mark.once
# A Django with nothing but the trial's two migrations.
MIGRATE = """
import sys
import django, dj_database_url
from django.conf import settings
settings.configure(
    DATABASES={"default": dj_database_url.parse(sys.argv[1])},
    INSTALLED_APPS=["config"],
    MIGRATION_MODULES={"config": "tests.migrations.trial"},
)
django.setup()
from config.management.commands import migrate
migrate.PAUSE_S = 0.3
from django.core.management import call_command
call_command(migrate.Command(), "config", *sys.argv[2:])
"""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with cluster() as url:
        yield url


def migrating(url: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", MIGRATE, url, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def said_by(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def is_asked(watching: "psycopg2.extensions.connection", what: str) -> bool:
    with watching.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE %s AND wait_event_type = 'Lock'", [what])
        return bool(cursor.fetchone()[0])


def test_a_table_in_use_holds_up_the_migration_and_nobody_else(database: str) -> None:
    said_by(migrating(database, "0001"))
    reader, other = psycopg2.connect(database), psycopg2.connect(database)
    other.autocommit = True
    with reader.cursor() as reading, other.cursor() as asking:
        reading.execute("SELECT * FROM trial")  # and its transaction goes on
        process = migrating(database)
        wait_until(lambda: is_asked(other, "ALTER TABLE trial%"))
        began = time.monotonic()
        asking.execute("SELECT * FROM trial")  # it stands behind the migration
        waited_s = time.monotonic() - began
        reader.rollback()
    assert waited_s < 2
    assert "A table is in use for long" in said_by(process)
    with other.cursor() as asking:
        asking.execute("SELECT more FROM trial")
    reader.close()
    other.close()


def test_two_at_once_come_one_after_the_other(database: str) -> None:
    said_by(migrating(database, "zero"))
    both = [migrating(database), migrating(database)]
    assert sorted("No migrations to apply" in said_by(each) for each in both) == [False, True]


def test_a_folder_for_the_database_that_is_missing_is_made(tmp_path: Path) -> None:
    said_by(migrating(f"sqlite:///{tmp_path}/data/here/weft.sqlite3", "0001"))
    assert stat.S_IMODE((tmp_path / "data" / "here").stat().st_mode) == 0o700


def test_where_no_folder_can_be_made_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    process = migrating(f"sqlite:///{tmp_path}/data/weft.sqlite3", "0001")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "make it, or name another with WEFT_DATA_DIR or DATABASE_URL" in said
