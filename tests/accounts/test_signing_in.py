"""Signing in and out, and who is kept from guessing."""

import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, a_person

pytestmark = pytest.mark.django_db

SIGN_OUT = "/accounts/logout/"
MINE = "/notifications/"


@pytest.fixture
def bo(db):
    return a_person("Bo Lindqvist", handle="bo")


def is_in(client):
    return client.get(MINE).status_code == 200


def test_signing_in_leads_to_the_page_one_wanted(client, sign_in, bo):
    form = client.get(client.get(MINE).url)
    assert f'name="next" value="{MINE}"' in form.content.decode()
    response = client.post(reverse("account_login"), {"login": "BO@example.org", "password": PASSWORD, "next": MINE})
    assert response.url == MINE
    assert is_in(client)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\thttps://x.y"]
)
def test_signing_in_leads_nowhere_else(client, bo, elsewhere):
    form = {"login": bo.email, "password": PASSWORD, "next": elsewhere}
    assert client.post(reverse("account_login"), form).url == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_after_the_same_work(
    client, sign_in, bo, said, monkeypatch
):
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    answers, work = [], []
    for who in (bo, "xo@example.org"):
        response = sign_in(who, "wrong words")
        answers.append(str(said(response)).replace("xo@", "bo@"))
        work.append(len(hashed))
        hashed.clear()
    assert answers[0] == answers[1]
    assert work == [1, 1]
    assert "errorlist" in answers[0]
    assert 'value="bo@example.org"' in answers[0]
    assert not is_in(client)


def test_a_closed_account_stays_out(client, sign_in, bo):
    client.force_login(bo)
    bo.is_active = False
    bo.save(update_fields=["is_active"])
    assert not is_in(client)
    assert sign_in(bo, PASSWORD).url == reverse("account_inactive")
    assert not is_in(client)


def test_the_session_gets_a_new_id_when_somebody_signs_in(client, sign_in, bo):
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    sign_in(bo, PASSWORD)
    assert client.session.session_key != before
    planted = Client()
    planted.cookies["weft-session"] = before
    assert not is_in(planted)


def test_only_a_post_signs_out_and_the_old_cookie_is_worth_nothing(client, bo):
    client.force_login(bo)
    cookie = client.cookies["weft-session"].value
    for method in ("get", "head", "options"):
        getattr(client, method)(SIGN_OUT)
    assert is_in(client)
    client.post(SIGN_OUT)
    assert not is_in(client)
    client.cookies["weft-session"] = cookie
    assert not is_in(client)


def test_a_form_of_another_site_signs_nobody_out(bo):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bo)
    assert client.post(SIGN_OUT).status_code == 403
    assert is_in(client)


def test_an_account_takes_few_guesses_whoever_asks_and_however_it_is_written(client, sign_in, bo):
    at_desk = Client()
    at_desk.force_login(bo)
    for number in range(10):
        answer = sign_in(bo.email.upper() if number % 2 else bo, "guess", REMOTE_ADDR=f"203.0.113.{number}")
        assert "Too many" not in answer.content.decode()
    for number in range(10, 15):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        answer = sign_in(bo, PASSWORD, headers=headers, REMOTE_ADDR=f"203.0.113.{number}")
        assert answer.status_code == 200
        assert "Too many" in answer.content.decode()
    assert not is_in(client)
    assert is_in(at_desk)


def test_ten_guesses_in_a_quarter_of_an_hour_are_the_most(sign_in, bo, monkeypatch):
    now, reached = time.time(), []
    for second in range(0, 15 * 60, 30):
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda at=now + second: at)
        answer = sign_in(bo, "guess", REMOTE_ADDR=f"203.0.113.{second % 250}")
        reached.append("Too many" not in answer.content.decode())
    assert 5 <= sum(reached) <= 10


def test_signing_in_to_ones_own_account_buys_no_more_guesses(client, sign_in, bo):
    own = a_person()
    for _number in range(10):
        sign_in(bo, "guess")
        sign_in(own, PASSWORD)
        client.post(SIGN_OUT)
    assert "Too many" in sign_in(bo, PASSWORD).content.decode()


def test_a_flood_of_sign_ins_meets_a_calm_page(client, sign_in):
    answers = [sign_in(f"x{number}@example.org", "guess").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]
    response = sign_in("x@example.org", "guess")
    assert "That was a lot at once" in response.content.decode()
    assert client.get(reverse("account_login")).status_code == 200
