"""The door that a web process closes before it ends, and who is asking when a proxy stands in front."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import World


def test_the_door_is_open_until_its_file_is_there(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/health/door").content == b"open\n"
    monkeypatch.setenv("DOOR_FILE", str(tmp_path / "door"))
    assert client.get("/health/door").status_code == 200
    (tmp_path / "door").touch()
    answer = client.get("/health/door")
    assert (answer.status_code, answer.content) == (410, b"closed\n")


def signs_in(person: User, *, through: str) -> int:
    fields = {"login": person.email, "password": "not mine"}
    return Client().post("/accounts/login/", fields, headers={"X-Forwarded-For": through}).status_code


def test_behind_a_proxy_each_visitor_has_an_allowance_of_their_own(world: World, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    assert [signs_in(world.bo, through="192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert signs_in(world.bo, through="192.0.2.2") == 200
    assert signs_in(world.bo, through="192.0.2.3, 192.0.2.1") == 429  # what a visitor claims stands first
