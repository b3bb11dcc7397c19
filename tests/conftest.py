"""What holds in every test. The people and communities of the tests are in tests/cast.py."""

import gc
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from celery.signals import after_task_publish
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from kombu.transport import memory
from whitenoise.middleware import WhiteNoiseMiddleware

from accounts.models import Look
from accounts.models.organisation import LOOK_KEY
from pieces import KEPT, PIECES
from tests.snapshots import empty_tables
from tests.strict_templates import strict_templates

pytest_plugins = ["tests.cast", "tests.mailboxes", "tests.serving", "tests.sites"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file of its own for each worker: in memory, all threads of a live server would share one
    connection and so one transaction. On PostgreSQL each xdist worker gets a database of its own."""
    for each in connections.all():
        test = each.settings_dict["TEST"]
        if each.vendor == "sqlite":
            test["NAME"] = str(tmp_path_factory.mktemp("database") / "weft.sqlite3")
        else:
            test["NAME"] = f"test_weft_{tmp_path_factory.getbasetemp().name.replace('-', '_')}"


@pytest.fixture(scope="session")
def migrated() -> Path:
    """The empty SQLite database as the migrations leave it, kept from run to run until one of them changes."""
    base = django_settings.BASE_DIR
    made_of = [*sorted(base.glob("*/migrations/*.py")), base / "requirements.txt"]
    digest = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in made_of)).hexdigest()
    return Path(base, ".pytest_cache", f"migrated-{digest[:16]}.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, migrated: Path) -> bool:
    if connection.vendor != "sqlite" or not migrated.exists():
        return False
    shutil.copyfile(migrated, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any, migrated: Path) -> None:
    if connection.vendor == "sqlite" and not django_db_keepdb:
        migrated.parent.mkdir(exist_ok=True)
        draft = migrated.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
        for outdated in migrated.parent.glob("migrated-*.sqlite3"):
            outdated.unlink(missing_ok=True)
        draft.rename(migrated)


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_instead_of_flushed() -> Iterator[None]:
    def emptied(self: TransactionTestCase) -> None:
        empty_tables()

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", emptied):
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_listed_once() -> Iterator[None]:
    """Each client builds its own middleware, and WhiteNoise would look through all static files for each."""
    listed: dict[tuple[Any, ...], dict[str, Any]] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(self: WhiteNoiseMiddleware) -> None:
        key = (self.static_prefix, self.max_age, self.charset, *map(str, django_settings.STATICFILES_DIRS))
        if key not in listed:
            look(self)
            listed[key] = dict(self.files)
        self.files.update(listed[key])

    with mock.patch.object(WhiteNoiseMiddleware, "add_files_from_finders", look_once):
        yield


@pytest.fixture(autouse=True)
def _fresh_surroundings(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A cache with nothing but the site's name, no kept pages, empty queues and an empty folder for uploads."""
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    for cache in caches.all(initialized_only=True):
        cache.clear()
    caches["default"].set(LOOK_KEY, Look(settings.SITE_NAME))  # or the first page asked for would ask for it, too
    memory.Channel.queues.clear()
    KEPT.clear()
    PIECES.clear()
    with strict_templates():
        yield


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is kept: each is made whenever it is asked for."""
    monkeypatch.setattr(KEPT, "limit", 0)


@pytest.fixture(autouse=True)
def logged_errors() -> Iterator[list[logging.LogRecord]]:
    """Fails the test if anything was logged as an error. A test that provokes one asserts on it and clears the list."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(level=logging.ERROR)
    handler.emit = records.append  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in (None, *django_settings.LOGGING["loggers"])]
    for logger in loggers:
        logger.addHandler(handler)
    yield records
    for logger in loggers:
        logger.removeHandler(handler)
    if records:
        pytest.fail("\n".join(f"Logged as an error: {r.name}: {r.getMessage()}" for r in records), pytrace=False)


@pytest.fixture
def rung() -> Iterator[list[tuple[str, tuple, dict]]]:
    """The tasks sent to the broker, as (name, args, kwargs). Nothing runs them: a test calls them itself.

    `delay_on_commit` sends after the commit: see pytest-django's `django_capture_on_commit_callbacks`.
    """
    sent: list[tuple[str, tuple, dict]] = []

    def remember(sender: str, body: tuple, **_: Any) -> None:
        sent.append((sender, tuple(body[0]), dict(body[1])))

    after_task_publish.connect(remember)
    yield sent
    after_task_publish.disconnect(remember)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "once: uses nothing of the test database, so it runs in the SQLite pass only")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end, so nobody looks through it for garbage again and again; that was an
    eighth of a test's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share something costly run on one worker (`--dist loadgroup`), the costliest first."""
    groups = [("start", "all of Weft"), ("demo", "the demo"), ("production", "as in production")]
    groups += [("pair", "a database and its standby")]
    for item in items:
        for fixture, name in groups:
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(name))
    costly = [name for _fixture, name in groups]

    def rank(item: pytest.Item) -> int:
        group = item.get_closest_marker("xdist_group")
        return costly.index(group.args[0]) if group else len(costly)

    items.sort(key=rank)
