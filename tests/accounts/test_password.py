"""A new password by mail."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import WORDS
from tests.factories import PASSWORD, a_person

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"


@pytest.fixture
def bo(db):
    return a_person("Bo Lindqvist", handle="bo")


@pytest.fixture
def ask(client):
    return lambda email, **more: client.post(RESET, {"email": email}, **more)


def choose(client, link, password=WORDS):
    """Open the link of a mail and send the form it leads to."""
    page = client.get(link, follow=True)
    form = re.search(r'<form class="form" method="post" action="([^"]+)"', page.content.decode())
    return client.post(form[1], {"password1": password, "password2": password}) if form else page


def test_a_reset_ends_with_the_new_password_only(client, ask, sign_in, bo, mailoutbox, link_in):
    assert ask("BO@example.org").url == reverse("account_reset_password_done")
    assert choose(client, link_in(mailoutbox[0])).url == reverse("account_reset_password_from_key_done")
    assert "errorlist" in sign_in(bo, PASSWORD).content.decode()
    assert sign_in(bo, WORDS).url == "/"


def test_a_reset_ends_every_session(client, ask, bo, mailoutbox, link_in):
    elsewhere = Client()
    elsewhere.force_login(bo)
    ask(bo.email)
    choose(client, link_in(mailoutbox[0]))
    assert elsewhere.get("/notifications/").status_code == 302


def test_looking_at_the_link_changes_nothing(client, ask, bo, mailoutbox, link_in):
    ask(bo.email)
    for method in ("head", "get", "get"):
        getattr(Client(), method)(link_in(mailoutbox[0]), follow=True)
    bo.refresh_from_db()
    assert bo.check_password(PASSWORD)
    assert choose(client, link_in(mailoutbox[0])).status_code == 302


def test_a_link_works_once(client, ask, bo, mailoutbox, link_in):
    ask(bo.email)
    choose(client, link_in(mailoutbox[0]))
    again = choose(Client(), link_in(mailoutbox[0]), "another four words")
    assert "This link has been used" in again.content.decode()
    bo.refresh_from_db()
    assert bo.check_password(WORDS)


def test_a_link_is_dead_once_the_address_has_changed(client, ask, bo, mailoutbox, link_in):
    ask(bo.email)
    bo.emailaddress_set.update(email="bo@elsewhere.example")
    bo.email = "bo@elsewhere.example"
    bo.save(update_fields=["email"])
    assert "This link has been used" in choose(client, link_in(mailoutbox[0])).content.decode()


def test_a_weak_password_is_refused_with_a_reason(client, ask, bo, mailoutbox, link_in):
    ask(bo.email)
    response = choose(client, link_in(mailoutbox[0]), "password")
    assert "too common" in response.content.decode()
    bo.refresh_from_db()
    assert bo.check_password(PASSWORD)


def test_known_and_unknown_addresses_get_the_same_answer(client, ask, bo, mailoutbox, said):
    answers = [
        said(ask(email)) + said(client.get(reverse("account_reset_password_done")))
        for email in (bo.email, "no@example.org")
    ]
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [[bo.email], ["no@example.org"]]
    assert "/password/reset/key/" not in mailoutbox[1].body


def test_one_address_is_not_flooded_with_mail(ask, bo, mailoutbox):
    answers = [ask(bo.email, REMOTE_ADDR=f"203.0.113.{number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "That was a lot at once" in answers[-1].content.decode()
    assert len(mailoutbox) == 5


def test_the_password_is_changed_only_by_who_knows_it(client, bo):
    client.force_login(bo)
    change = reverse("account_change_password")
    elsewhere = Client()
    elsewhere.force_login(bo)
    fields = {"password1": WORDS, "password2": WORDS}
    assert "errorlist" in client.post(change, fields | {"oldpassword": "wrong"}).content.decode()
    assert client.post(change, fields | {"oldpassword": PASSWORD}).status_code == 302
    assert client.get("/notifications/").status_code == 200
    assert elsewhere.get("/notifications/").status_code == 302
