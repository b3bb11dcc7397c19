"""Addresses that take no mail: what services report, what servers say, and what the member sees of it."""

import json
from base64 import b64encode
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from notifications.actions import note_unreachable, reach_new_addresses, try_again
from notifications.models import Delivery, MailSettings, Stop
from tests import factories as make

URL = "/mail/reports/postmark/"
SECRET = "hooks:a-long-secret"
WORDS = "550 5.1.1 no such user"


@pytest.fixture
def reports(settings):
    """Posts what a mail service reports, with its secret."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": [SECRET]}

    def report(secret=SECRET, url=URL, **said):
        known = {"RecordType": "Bounce", "Type": "HardBounce", "Email": "Bo@example.org", "Description": WORDS}
        headers = {"Authorization": "Basic " + b64encode(secret.encode()).decode()}
        body = json.dumps({**known, **said})
        return Client(enforce_csrf_checks=True).post(url, body, "application/json", headers=headers)

    return report


def is_mailed(person):
    mine = MailSettings.objects.filter(person=person).first()
    return mine is None or mine.may_be_mailed


def test_a_bounce_switches_mail_off_and_the_member_sees_why_on_every_page(world, client_of, reports):
    assert reports().status_code == 200
    assert reports().status_code == 200  # services say it twice
    assert not is_mailed(world.bo)
    for path in ("/", "/settings/profile/", world.place.path):
        page = client_of(world.bo).get(path).content.decode()
        assert "Mail to bo@example.org comes back" in page
        assert WORDS in page
    assert "comes back" not in client_of(world.fay).get("/").content.decode()
    assert "comes back" not in Client().get("/").content.decode()


def test_saying_so_asks_the_database_nothing_more(world, client_of, django_assert_num_queries):
    bo, path = client_of(world.bo), "/settings/blocked/"
    bo.get(path)
    with django_assert_num_queries(4):
        bo.get(path)
    note_unreachable(email=world.bo.email, cause="bounced", why=WORDS)
    with django_assert_num_queries(4):
        assert WORDS in bo.get(path).content.decode()


def test_trying_again_and_another_address_switch_it_on(world, client_of, reports):
    reports()
    answer = client_of(world.bo).post("/settings/mail/try-again/", follow=True)
    assert "Mail goes to bo@example.org again." in answer.content.decode()
    assert is_mailed(world.bo)
    reports()
    assert not is_mailed(world.bo)
    world.bo.email = "bo@example.com"
    world.bo.save(update_fields=["email"])
    assert is_mailed(world.bo)
    assert "comes back" not in client_of(world.bo).get("/").content.decode()
    assert reach_new_addresses() == 1
    assert MailSettings.objects.get(person=world.bo).unreachable_at is None
    assert reach_new_addresses() == 0


def test_what_happened_before_one_tried_again_counts_no_more(world, reports):
    then = (timezone.now() - timedelta(minutes=5)).isoformat()
    reports(BouncedAt=then)
    assert not is_mailed(world.bo)
    try_again(person=world.bo)
    reports(BouncedAt=then)  # said late, or once more
    assert is_mailed(world.bo)
    reports(BouncedAt=(timezone.now() + timedelta(minutes=5)).isoformat())
    assert not is_mailed(world.bo)


def test_a_complaint_stops_mail_and_says_so(world, client_of, reports):
    reports(RecordType="SpamComplaint", Type="SpamComplaint")
    assert not is_mailed(world.bo)
    assert "was marked as spam" in client_of(world.bo).get("/").content.decode()


def test_who_left_by_the_service_gets_no_mail_and_can_undo_it(world, reports):
    reports(RecordType="SubscriptionChange", SuppressSending=True, SuppressionReason="ManualSuppression")
    assert not is_mailed(world.bo)
    assert Stop.objects.get().person == world.bo


@pytest.mark.parametrize("kind", ["Transient", "DnsError", "Blocked", "DMARCPolicy", "AutoResponder"])
def test_what_passes_and_what_is_of_no_concern_switches_nothing_off(kind, world, reports):
    assert reports(Type=kind).status_code == 200
    assert is_mailed(world.bo)


def test_what_came_back_stands_among_what_failed(world, reports):
    sent = Delivery.objects.create(
        person=world.bo, kind="digest", period="1", message_id="<1@weft.example.org>", state="sent"
    )
    reports(MessageID="1@weft.example.org")
    sent.refresh_from_db()
    assert (sent.state, sent.error) == ("failed", f"Came back: {WORDS}")


def test_so_does_an_invitation_whose_address_does_not_exist(db, reports):
    sent = Delivery.objects.create(
        email="new@example.org", kind="invitation", period="1", message_id="<2@weft.example.org>", state="sent"
    )
    reports(Email="New@example.org", MessageID="their-own-number")
    sent.refresh_from_db()
    assert sent.state == "failed"


@pytest.mark.parametrize("secret", ["hooks:guessed", "", ":", "a:b"])
def test_forged_reports_are_refused(secret, world, reports):
    assert reports(secret=secret).status_code == 403
    assert is_mailed(world.bo)


def test_without_a_secret_in_the_settings_nobody_reports_anything(world, reports, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": []}
    assert reports().status_code == 404
    assert reports(secret="").status_code == 404
    settings.ANYMAIL = {"WEBHOOK_SECRET": [SECRET]}
    assert reports(url="/mail/reports/somebody/").status_code == 404
    assert reports(url="/mail/reports/mailgun/").status_code == 404  # which signs, and has no key here
    assert is_mailed(world.bo)


def test_nonsense_with_the_secret_is_no_fault_of_ours(world, reports, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": [SECRET]}
    headers = {"Authorization": "Basic " + b64encode(SECRET.encode()).decode()}
    for body in ("", "{", "[]", "null", '"x"', '{"RecordType": []}', "{}"):
        answer = Client().post(URL, body, "application/json", headers=headers)
        assert answer.status_code in (200, 400), body
    assert reports(Email="nobody@example.org").status_code == 200
    assert reports(Email=None).status_code == 200
    assert is_mailed(world.bo)


def test_only_ones_own_address_is_tried_again(world, client_of):
    note_unreachable(email=world.bo.email, cause="bounced", why=WORDS)
    client_of(make.a_person()).post("/settings/mail/try-again/")
    assert not is_mailed(world.bo)
