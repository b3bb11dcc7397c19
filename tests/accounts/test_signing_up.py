"""An account by e-mail: its address is proved by a link that only a person's press follows."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import WORDS
from tests.factories import a_person

pytestmark = pytest.mark.django_db


def test_signing_up_sends_a_link_and_lets_nobody_in_yet(client, sign_up, mailoutbox):
    response = sign_up("Nia@Example.org", time_zone="Africa/Lagos")
    assert response.url == reverse("account_email_verification_sent")
    person = User.objects.get(email="nia@example.org")
    assert (person.name, person.handle, person.time_zone) == ("Nia Adeyemi", "nia_adeyemi", "Africa/Lagos")
    assert [mail.to for mail in mailoutbox] == [["nia@example.org"]]
    assert client.get("/notifications/").status_code == 302


def test_looking_at_the_link_confirms_nothing_and_the_button_does(client, sign_up, mailoutbox, link_in):
    sign_up()
    link, person = link_in(mailoutbox[0]), User.objects.get()
    for method in ("get", "head", "options"):
        getattr(client, method)(link)
    assert "Is <b>nia@example.org</b> your address?" in client.get(link).content.decode()
    assert not person.emailaddress_set.get().verified
    client.post(link)
    assert person.emailaddress_set.get().verified


def test_confirming_lets_in_who_signed_up_and_goes_on_where_they_were_going(client, sign_up, mailoutbox, link_in):
    sign_up(next="/notifications/")
    link = link_in(mailoutbox[0])
    assert client.post(link).url == "/notifications/"
    assert client.get("/notifications/").status_code == 200


def test_confirming_in_another_browser_lets_nobody_in(client, sign_up, mailoutbox, link_in):
    sign_up()
    elsewhere = Client()
    assert elsewhere.post(link_in(mailoutbox[0])).url == reverse("account_login")
    for browser in (client, elsewhere):
        assert browser.get("/notifications/").status_code == 302


def test_nobody_signs_in_with_an_address_that_is_not_confirmed(client, sign_up, sign_in, mailoutbox, link_in):
    sign_up()
    client.cookies.clear()
    assert sign_in("nia@example.org", WORDS).url == reverse("account_email_verification_sent")
    assert client.get("/notifications/").status_code == 302
    client.post(link_in(mailoutbox[0]))
    sign_in("nia@example.org", WORDS)
    assert client.get("/notifications/").status_code == 200


def test_a_link_that_was_used_or_made_up_says_so(client, sign_up, mailoutbox, link_in):
    sign_up()
    link = link_in(mailoutbox[0])
    client.post(link)
    for path in (link, link[:-3] + "xx/", reverse("account_confirm_email", args=["none"])):
        assert "This link is too old, or has been used before" in client.get(path).content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(client, sign_up, mailoutbox, said):
    a_person(email="known@example.org")
    answers = []
    for email in ("known@example.org", "Known@example.org", "fresh@example.org"):
        response = sign_up(email)
        answer = str(said(response) + said(client.get(response.url)))
        answers.append(answer.replace("Known", "known").replace("fresh", "known"))
        client.cookies.clear()
        cache.clear()
    assert answers == answers[:1] * 3
    assert "known@example.org" in answers[0]
    assert User.objects.count() == 2
    subjects = [mail.subject for mail in mailoutbox]
    assert subjects[0] == subjects[1] != subjects[2]


def test_somebody_who_lost_the_mail_can_sign_up_again(client, sign_up, mailoutbox):
    sign_up()
    cache.clear()  # some minutes later
    assert sign_up().status_code == 302
    assert User.objects.count() == 1
    assert [mail.to for mail in mailoutbox] == [["nia@example.org"]] * 2


def test_people_of_one_name_get_handles_of_their_own(client, sign_up):
    for number in range(3):
        sign_up(f"nia{number}@example.org")
        client.cookies.clear()
    handles = set(User.objects.values_list("handle", flat=True))
    assert len(handles) == 3
    assert all(handle.startswith("nia_adeyemi") for handle in handles)


@pytest.mark.parametrize("name", ["周杰伦", "!", "A", "<script>", "Ünï Çödé"])
def test_any_name_makes_a_handle_that_can_be_mentioned(sign_up, name):
    sign_up(name=name)
    person = User.objects.get()
    person.full_clean()
    assert person.name == name


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd", "Factory"])
def test_a_time_zone_that_is_none_is_left_out(sign_up, zone):
    sign_up(time_zone=zone)
    assert User.objects.get().time_zone == "UTC"


@pytest.mark.parametrize(
    ("field", "value"), [("email", "no address"), ("name", ""), ("password", "12345678"), ("password", "short")]
)
def test_a_refused_sign_up_keeps_what_was_typed(sign_up, field, value):
    page = sign_up(**{field: value}).content.decode()
    assert "errorlist" in page
    assert f'value="{value if field == "email" else "nia@example.org"}"' in page
    assert f'value="{WORDS}"' not in page
    assert not User.objects.exists()


def test_signing_up_makes_nobody_more_than_a_person(sign_up):
    sign_up(is_staff="1", is_superuser="on", is_active="", handle="admin", id="77", avatar="x")
    person = User.objects.get()
    assert (person.is_staff, person.is_superuser, person.is_active) == (False, False, True)
    assert (person.handle, person.avatar.name) == ("nia_adeyemi", "")
    assert person.pk != 77


def test_a_flood_of_sign_ups_meets_a_calm_page(client, sign_up):
    for _number in range(20):
        assert sign_up(email="no address").status_code == 200
    response = sign_up()
    assert response.status_code == 429
    assert "That was a lot at once" in response.content.decode()
    assert sign_up(headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 429
    assert client.get(reverse("account_signup")).status_code == 200
