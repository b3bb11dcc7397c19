"""Which databases the settings name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.databases import databases

PRIMARY = "postgres://weft:pw@db1.example.org/weft"


def found_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict:
    for name in ("DATABASE_URL", "REPLICA_URLS", "CONN_MAX_AGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return databases(Env(), Path("/nowhere"))


def test_without_a_word_there_is_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_with(monkeypatch)["default"]["NAME"] == "/nowhere/weft.sqlite3"


def test_each_replica_has_settings_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found = found_with(
        monkeypatch,
        DATABASE_URL=PRIMARY,
        REPLICA_URLS="postgres://reader:pw@r1.example.org/weft?sslmode=require,postgres://reader:pw@r2.example.org/weft",
    )
    assert list(found) == ["default", "replica1", "replica2"]
    assert found["replica1"]["HOST"] == "r1.example.org"
    assert found["replica1"]["OPTIONS"]["sslmode"] == "require"
    assert found["replica2"]["OPTIONS"]["connect_timeout"] < found["default"]["OPTIONS"]["connect_timeout"]
    assert "statement_timeout" in found["replica2"]["OPTIONS"]["options"]


def test_of_several_hosts_the_one_that_takes_writes_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgres://weft:p%40w@db1.example.org:5433,db2.example.org,[::1]:5434/weft"
    found = found_with(monkeypatch, DATABASE_URL=url)["default"]
    assert found["HOST"] == "db1.example.org,db2.example.org,::1"
    assert found["PORT"] == "5433,5432,5434"
    assert found["PASSWORD"] == "p@w"
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert "target_session_attrs" not in found_with(monkeypatch, DATABASE_URL=PRIMARY)["default"]["OPTIONS"]


def test_what_the_address_says_of_the_connection_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = found_with(monkeypatch, DATABASE_URL=PRIMARY)["default"]["OPTIONS"]
    options = found_with(monkeypatch, DATABASE_URL=f"{PRIMARY}?sslmode=verify-full")["default"]["OPTIONS"]
    assert options == ours | {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"REPLICA_URLS": PRIMARY}, "SQLite has none"),
        ({"DATABASE_URL": "weft@db"}, "DATABASE_URL can't be read"),
        ({"DATABASE_URL": PRIMARY, "REPLICA_URLS": "r1.example.org"}, "REPLICA_URLS can't be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        found_with(monkeypatch, **variables)
