"""An empty database beside the test's own, and the commands on either."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection


class Beside:
    """Another database of the same kind, and another folder for uploads."""

    def __init__(self, folder: Path, settings: Any) -> None:
        self.uploads, self.settings, self.given = folder / "uploads-beside", settings, connection.settings_dict
        self.is_sqlite = connection.vendor == "sqlite"
        self.name = str(folder / "beside.sqlite3") if self.is_sqlite else f"{self.given['NAME']}_beside"

    def make(self) -> None:
        if not self.is_sqlite:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}"')
                cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE template0')

    def remove(self) -> None:
        if not self.is_sqlite:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    @property
    def called(self) -> str:
        """What `--replace` wants to hear."""
        return Path(self.name).name

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Everything is asked of it inside."""
        own, folder = self.given["NAME"], self.settings.MEDIA_ROOT
        connection.close()
        self.given["NAME"], self.settings.MEDIA_ROOT = self.name, str(self.uploads)
        try:
            yield
        finally:
            connection.close()
            self.given["NAME"], self.settings.MEDIA_ROOT = own, folder


@pytest.fixture
def beside(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Beside]:
    other = Beside(tmp_path, settings)
    other.make()
    yield other
    other.remove()


def run(command: str, *arguments: str | Path) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def archive(transactional_db: None, world: Any, tmp_path: Path) -> Callable[..., Path]:
    """A backup of the test's own database as it is then."""

    def make(name: str = "one.weft") -> Path:
        run("backup", tmp_path / name)
        return tmp_path / name

    return make
