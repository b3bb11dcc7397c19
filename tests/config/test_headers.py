"""What every answer carries, here and in production."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.cast import World
from tests.factories import PASSWORD, a_community, a_member, a_person, a_resource
from tests.test_access import every_pattern

IN_PRODUCTION = """
import json
from config import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
import django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import path
from django.http import HttpResponse
from django.contrib import messages
from config import urls

def remember(request):
    request.session["a"] = 1
    messages.info(request, "Saved.")
    return HttpResponse()

urls.urlpatterns.append(path("remember/", remember))
answers = {}
for name, address, more in [
    ("page", "/accounts/login/", {"secure": True}),
    ("session", "/remember/", {"secure": True}),
    ("missing", "/no/such/page/", {"secure": True}),
    ("mail", "/dev/mail/", {"secure": True}),
    ("one mail", "/dev/mail/x.eml", {"secure": True}),
    ("http", "/accounts/login/", {}),
    ("forged", "/accounts/login/", {"headers": {"X-Forwarded-Proto": "https"}}),
    ("elsewhere", "/accounts/login/", {"secure": True, "headers": {"Host": "evil.example"}}),
]:
    answer = Client(headers={"Host": "weft.example.org"}, raise_request_exception=False).get(address, **more)
    cookies = {name: dict(cookie) for name, cookie in answer.cookies.items()}
    answers[name] = [answer.status_code, dict(answer.headers), cookies, answer.content.decode()]
print(json.dumps(answers))
"""


def policy(response: HttpResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def wanting(response: HttpResponse) -> list[str]:
    """What an answer should carry and doesn't."""
    rules = policy(response) if "Content-Security-Policy" in response else {}
    loose = [
        word for values in rules.values() for word in values if "unsafe" in word or word in ("*", "data:", "https:")
    ]
    must_be_none = [
        f"{name} 'none'" for name in ("object-src", "base-uri", "frame-ancestors") if rules.get(name) != ["'none'"]
    ]
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return loose + must_be_none + [name for name, value in expected.items() if response.get(name) != value]


@pytest.fixture
def broken_page(monkeypatch: pytest.MonkeyPatch) -> str:
    def fail(*_args: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("notifications.views.listing.Paginator", fail)
    return "/notifications/"


@pytest.mark.django_db
def test_every_kind_of_answer_carries_the_same_protection(client_of, broken_page, logged_errors) -> None:
    community = a_community()
    bo = a_member(community)
    place = a_resource(community.places.get()).place
    client = client_of(bo)
    client.raise_request_exception = False
    shelf = f"/c/{community.slug}/p/{place.pk}/shelf/"
    answers = {
        "page": client.get(shelf),
        "fragment": client.post(shelf, {"url": "x"}, headers={"HX-Request": "true"}),
        "redirect": Client().get(shelf),
        "sign in": Client().get("/accounts/login/"),
        "start": Client().get("/"),
        "offline": client.get("/offline/"),
        "worker": client.get("/sw.js"),
        "health": client.get("/health/live"),
        "mail": client.get("/dev/mail/"),
        "stylesheet": client.get("/static/css/app.css"),
        "400": client.get("/", headers={"Host": "evil.example"}),
        "401": Client().post(shelf),
        "403": client.get("/manage/"),
        "403 of a form": Client(enforce_csrf_checks=True).post(shelf),
        "404": client.get("/no/such/page/"),
        "405": client.delete(shelf),
        "422": client.post(shelf),
        "500": client.get(broken_page),
    }
    logged_errors.clear()
    for name, answer in answers.items():
        assert name.split()[0] in ("403", str(answer.status_code)) or not name[0].isdigit()
    assert {name: wanting(answer) for name, answer in answers.items() if wanting(answer)} == {}


@pytest.mark.django_db
def test_no_page_is_kept_by_a_cache_between_the_reader_and_us(client_of) -> None:
    client = client_of(a_person())
    for path in ("/", "/settings/profile/", "/notifications/", "/no/such/page/", "/accounts/login/"):
        assert (
            client.get(path)["Cache-Control"].startswith("private") or "no-store" in client.get(path)["Cache-Control"]
        )
    public = [path for path in ("/offline/", "/sw.js") if "Set-Cookie" in client.get(path)]
    assert public == []


@pytest.mark.django_db
def test_no_page_has_a_script_or_a_style_of_its_own(world: World, client_of: Callable) -> None:
    for path in (world.place.path, world.community.get_absolute_url(), "/", "/settings/profile/", "/accounts/email/"):
        html = client_of(world.bo).get(path).content.decode()
        assert re.findall(r"<style|<script(?![^>]* src=)[^>]*>|<[^>]+\s(?:style|on[a-z]+)=", html) == []


@pytest.mark.django_db
def test_cookies_are_out_of_reach_for_scripts_and_other_sites(client: Client) -> None:
    person = a_person()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert set(client.cookies) >= {"weft-session", "weft-csrf"}
    for name in ("weft-session", "weft-csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


@pytest.mark.django_db
def test_somebody_who_only_looks_gets_no_session(client: Client) -> None:
    for path in ("/", "/offline/", "/health/live", "/no/such/page/"):
        client.get(path)
    assert "weft-session" not in client.cookies


def test_no_view_is_exempt_from_the_token_of_forms_but_those_that_ask_for_another() -> None:
    patterns = list(every_pattern(get_resolver()))
    assert len(patterns) > 40
    exempt = {pattern.name for pattern in patterns if getattr(pattern.callback, "csrf_exempt", False)}
    assert exempt == {"caught_up", "mail_answer", "mail_report", "stop_mail"}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    folder = tmp_path_factory.mktemp("production")
    environment = {
        "PATH": os.environ["PATH"],
        "WEFT_DATA_DIR": str(folder),
        "SECRET_KEY": "a-secret-for-this-test-only-0123456789-abcdefghijklmnop",
        "ALLOWED_HOSTS": "weft.example.org",
        "STATIC_ROOT": str(Path(settings.BASE_DIR, "static")),
    }
    command = [sys.executable, "-W", "ignore", "-c", IN_PRODUCTION]
    answer = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.once
def test_in_production_cookies_are_for_this_host_and_https_only(production: dict[str, list]) -> None:
    cookies = production["page"][2] | production["session"][2]
    assert set(cookies) == {"__Host-csrf", "__Host-session", "__Host-messages"}
    for cookie in cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


@pytest.mark.once
def test_in_production_browsers_come_by_https_only_for_a_year(production: dict[str, list]) -> None:
    for name in ("page", "missing"):
        headers = production[name][1]
        assert int(re.search(r"max-age=(\d+)", headers["Strict-Transport-Security"])[1]) >= 365 * 24 * 3600
        assert "upgrade" in headers["Content-Security-Policy"] or "unsafe" not in headers["Content-Security-Policy"]
    for name in ("http", "forged"):
        status, headers, *_rest = production[name]
        assert (status, headers["Location"]) == (301, "https://weft.example.org/accounts/login/")


@pytest.mark.once
def test_live_connections_go_to_this_host_only_whatever_self_means_to_a_browser(production: dict[str, list]) -> None:
    rules = policy(production["page"][1])
    assert rules["connect-src"] == ["'self'", "wss://weft.example.org:*"]
    assert policy(Client().get("/accounts/login/"))["connect-src"][:2] == ["'self'", "ws://localhost:*"]


@pytest.mark.once
def test_in_production_nobody_reads_mail_and_no_other_host_is_answered(production: dict[str, list]) -> None:
    assert [production[name][0] for name in ("page", "missing", "mail", "one mail", "elsewhere")] == [
        200,
        404,
        404,
        404,
        400,
    ]
    tokens = re.compile(r'value="[^"]+"|/dev/mail/[^"]*|/no/such/page/')
    assert tokens.sub("", production["mail"][3]) == tokens.sub("", production["missing"][3])
    assert "/dev/mail/" not in production["page"][3]
