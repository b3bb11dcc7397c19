import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config import embedded

pytestmark = pytest.mark.once

SECRET = "a-secret-for-this-test-only-0123456789-abcdefghijklmnop"
SHOW = """
import json
from config import settings
print(json.dumps({k: v for k, v in vars(settings).items() if k.isupper() and k != "LANGUAGES"}, default=str))
"""


def python(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "WEFT_DATA_DIR": str(folder)} | variables
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)


def settings_with(folder: Path, **variables: str) -> dict:
    answer = python(folder, "-c", SHOW, **variables)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_without_a_secret_key_nothing_starts_and_the_message_says_what_is_missing(tmp_path: Path) -> None:
    answer = python(tmp_path, "manage.py", "check")
    assert answer.returncode == 1
    assert "SECRET_KEY is missing" in answer.stderr


def test_with_debug_on_a_secret_key_is_not_needed(tmp_path: Path) -> None:
    assert settings_with(tmp_path, DEBUG="1")["SECRET_KEY"]


def test_production_is_safe_without_being_told(tmp_path: Path) -> None:
    live = settings_with(tmp_path, SECRET_KEY=SECRET)
    assert live["DEBUG"] is False
    assert live["ALLOWED_HOSTS"] == []
    assert live["SESSION_COOKIE_SECURE"]
    assert live["CSRF_COOKIE_SECURE"]
    assert live["LANGUAGE_COOKIE_SECURE"]
    assert live["SESSION_COOKIE_HTTPONLY"]
    assert live["CSRF_COOKIE_HTTPONLY"]
    assert live["SESSION_COOKIE_SAMESITE"] == live["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert live["SECURE_SSL_REDIRECT"] is True
    assert live["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert live["SECURE_PROXY_SSL_HEADER"] is None
    assert live["SECURE_CONTENT_TYPE_NOSNIFF"] is True
    assert live["X_FRAME_OPTIONS"] == "DENY"
    for directive in live["CONTENT_SECURITY_POLICY"]["DIRECTIVES"].values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:"} & set(directive)


def test_django_has_nothing_to_say_about_a_deployment(tmp_path: Path) -> None:
    answer = python(
        *(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        SECRET_KEY=SECRET,
        ALLOWED_HOSTS="weft.example.org",
    )
    assert answer.returncode == 0, answer.stderr


def test_the_embedded_mode_works_over_plain_http(tmp_path: Path) -> None:
    local = settings_with(tmp_path, SECRET_KEY=SECRET, WEFT_EMBEDDED="1", PORT="8123")
    assert not local["SESSION_COOKIE_SECURE"]
    assert not local["SECURE_SSL_REDIRECT"]
    assert local["SECURE_HSTS_SECONDS"] == 0
    assert local["SITE_URL"] == "http://localhost:8123"
    assert local["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert local["CELERY_BROKER_URL"] == "weft-files://localhost"


def test_commands_find_the_embedded_installation_by_its_file_and_variables_win(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEFT_DATA_DIR", str(tmp_path / "var"))
    file = embedded.prepare()
    written = file.read_text()
    found = settings_with(tmp_path / "var")
    assert found["EMBEDDED"] is True
    assert len(found["SECRET_KEY"]) >= 50
    assert found["SECRET_KEY"] in written
    assert settings_with(tmp_path / "var", SECRET_KEY=SECRET)["SECRET_KEY"] == SECRET
    embedded.prepare()
    assert file.read_text() == written


def test_a_folder_that_cannot_be_made_gets_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WEFT_DATA_DIR", str(tmp_path / "file" / "var"))
    with pytest.raises(SystemExit, match="Choose another folder with WEFT_DATA_DIR"):
        embedded.prepare()


def test_sqlite_writers_wait_instead_of_failing(tmp_path: Path) -> None:
    options = settings_with(tmp_path, SECRET_KEY=SECRET)["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "journal_mode=WAL" in options["init_command"]


def test_production_services_come_from_the_environment(tmp_path: Path) -> None:
    live = settings_with(
        tmp_path,
        SECRET_KEY=SECRET,
        DATABASE_URL="postgres://weft:pw@db.example.org/weft",
        REDIS_URL="redis://cache.example.org/1",
        EMAIL_URL="smtp+tls://me:pw@mail.example.org:587",
    )
    assert live["DATABASES"]["default"]["HOST"] == "db.example.org"
    assert live["DATABASES"]["default"]["CONN_HEALTH_CHECKS"] is True
    assert live["CACHES"]["default"]["LOCATION"] == "redis://cache.example.org/1"
    assert live["CELERY_BROKER_URL"] == "redis://cache.example.org/1"
    assert live["CELERY_BROKER_TRANSPORT_OPTIONS"]["socket_connect_timeout"] <= 2
    assert live["EMAIL_HOST"] == "mail.example.org"
    assert live["STORAGES"]["default"]["BACKEND"] == "config.storage.WholeFiles"


def test_a_task_ends_before_redis_gives_it_to_another_worker(tmp_path: Path) -> None:
    from config.celery import app

    live = settings_with(tmp_path, SECRET_KEY=SECRET, REDIS_URL="redis://localhost/1")
    assert app.conf.task_time_limit < live["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
