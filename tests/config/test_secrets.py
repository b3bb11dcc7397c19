"""Secrets from files: read in one place, and named but never shown when something is wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.secrets import read_secret_files
from tests.config.test_settings import SECRET, python, settings_with

pytestmark = pytest.mark.once


def a_file(folder: Path, text: str) -> str:
    file = folder / "secret"
    file.write_text(text)
    return str(file)


def test_a_secret_in_a_file_is_read_without_the_line_break_at_its_end(tmp_path: Path) -> None:
    live = settings_with(tmp_path, SECRET_KEY_FILE=a_file(tmp_path, f"{SECRET}\n"))
    assert live["SECRET_KEY"] == SECRET


def test_the_password_of_the_database_needs_no_place_in_its_address(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgres://weft@database/weft", "PGPASSWORD_FILE": a_file(tmp_path, "s3cret\n")}
    read_secret_files(given)
    assert given["PGPASSWORD"] == "s3cret"  # which libpq reads, so pg_dump does, too


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    given = {"EMAIL_URL_FILE": a_file(tmp_path, "\n")}
    read_secret_files(given)
    assert "EMAIL_URL" not in given


def test_a_file_that_cant_be_read_is_named(tmp_path: Path) -> None:
    answer = python(tmp_path, "manage.py", "check", SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert answer.returncode == 1
    assert f"SECRET_KEY_FILE names {tmp_path}/nowhere, which can't be read: No such file" in answer.stderr


def test_two_values_that_differ_are_refused_and_none_is_shown(tmp_path: Path) -> None:
    given = {"SECRET_KEY": "first-value", "SECRET_KEY_FILE": a_file(tmp_path, "second-value")}
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY and SECRET_KEY_FILE are both set") as told:
        read_secret_files(given)
    assert "value" not in str(told.value)
    given["SECRET_KEY"] = "second-value"  # as a process sees it that another one of Weft's has started
    read_secret_files(given)


def test_other_variables_that_end_so_are_left_alone(tmp_path: Path) -> None:
    given = {"SSL_CERT_FILE": a_file(tmp_path, "no secret of ours")}
    read_secret_files(given)
    assert list(given) == ["SSL_CERT_FILE"]


def test_behind_a_proxy_the_last_address_it_names_is_who_asks(tmp_path: Path) -> None:
    assert settings_with(tmp_path, SECRET_KEY=SECRET)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert settings_with(tmp_path, SECRET_KEY=SECRET, BEHIND_PROXY="1")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    two = settings_with(tmp_path, SECRET_KEY=SECRET, BEHIND_PROXY="1", PROXY_COUNT="2")
    assert two["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2
