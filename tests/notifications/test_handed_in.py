"""Answers by mail that a mail service takes in and hands on."""

import hashlib
import hmac
import json
from base64 import b64encode
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client

from notifications import tasks
from notifications.actions import deliver
from notifications.mail import reply_address
from notifications.models import MailAnswer
from notifications.views import answering
from tests.answered import REPLY_ADDRESS, an_answer, words_in
from tests.factories import a_community, a_member, a_thread, commons_of

pytestmark = pytest.mark.django_db
SECRET = "hooks:a-long-secret"
KEY = "key-of-the-service"


@pytest.fixture(autouse=True)
def _takes_mail(settings):
    settings.REPLY_ADDRESS = REPLY_ADDRESS
    settings.ANYMAIL = {"WEBHOOK_SECRET": [SECRET], "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


@pytest.fixture
def thread(db):
    return a_thread(commons_of(a_community()))


@pytest.fixture
def bo(thread):
    return a_member(thread.place.community, "Bo")


def post(service, data, kind="application/json", secret=SECRET):
    headers = {"Authorization": "Basic " + b64encode(secret.encode()).decode()} if secret else {}
    url = f"/mail/answers/{service}/"
    client = Client(enforce_csrf_checks=True)
    return client.post(url, data, kind, headers=headers) if kind else client.post(url, data, headers=headers)


def said(person, thread, words="By the service.", **more):
    """What Postmark sends."""
    return json.dumps(
        {
            "FromFull": {"Email": person.email, "Name": person.name},
            "ToFull": [{"Email": reply_address(person, thread.pk), "Name": ""}],
            "OriginalRecipient": reply_address(person, thread.pk),
            "Subject": "Re: Hours",
            "Headers": [{"Name": "Message-ID", "Value": "<1@mail.example.org>"}],
            "TextBody": f"{words}\n\nOn 26 Nov 2026, Weft wrote:\n> Old.\n",
            **more,
        }
    )


def a_file(nbytes):
    content = b64encode(bytes(nbytes)).decode()
    return [{"Name": "film.mp4", "Content": content, "ContentType": "video/mp4"}]


def test_what_a_service_hands_in_is_kept_and_posted(thread, bo):
    assert post("postmark", said(bo, thread)).status_code == 200
    assert words_in(thread) == []
    tasks.post_answers()
    assert words_in(thread) == ["By the service."]


def test_a_service_that_tries_again_and_a_mailbox_make_one_post(thread, bo):
    message = an_answer(bo, thread, headers={"Message-ID": "<1@mail.example.org>"})
    for _ in range(2):
        post("postmark", said(bo, thread))
    post("postmark", said(bo, thread, RawEmail=message.as_string()))
    assert MailAnswer.objects.count() == 1


def signed(**fields):
    """What Mailgun sends, with its signature."""
    signature = hmac.new(KEY.encode(), b"1764187200token", hashlib.sha256).hexdigest()
    return {"timestamp": "1764187200", "token": "token", "signature": signature, **fields}


def test_a_whole_mail_in_a_form_is_taken_if_the_service_signed_it(thread, bo):
    fields = signed(**{"body-mime": an_answer(bo, thread, "Signed.").as_string(), "recipient": "x@example.org"})
    assert post("mailgun", {**fields, "signature": "0" * 64}, kind="").status_code == 403
    assert MailAnswer.objects.count() == 0
    assert post("mailgun", fields, kind="").status_code == 200
    tasks.post_answers()
    assert words_in(thread) == ["Signed."]


def test_a_file_in_a_form_is_left_out(thread, bo):
    headers = [["From", bo.email], ["To", reply_address(bo, thread.pk)], ["Message-Id", "<2@mail.example.org>"]]
    fields = {"message-headers": json.dumps(headers), "body-plain": "See the file.", "attachment-count": "1"}
    file = BytesIO(bytes(3_000_000))
    file.name = "plan.pdf"
    assert post("mailgun", signed(**fields, **{"attachment-1": file}), kind="").status_code == 200
    tasks.post_answers()
    assert (words_in(thread), MailAnswer.objects.get().files_left_out) == (["See the file."], 1)


@pytest.mark.parametrize("secret", ["", "hooks:wrong", "hooks:", ":", "a-long-secret"])
def test_who_does_not_know_the_secret_hands_in_nothing(thread, bo, secret):
    assert post("postmark", said(bo, thread), secret=secret).status_code == 403
    assert MailAnswer.objects.count() == 0


def test_without_a_secret_in_the_settings_there_is_no_such_address(thread, bo, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": []}
    assert post("postmark", said(bo, thread), secret="").status_code == 404
    assert post("postmark", said(bo, thread), secret=":").status_code == 404
    assert MailAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status"), [("", 400), ("[]", 400), ("{}", 200), ('{"Headers": 1}', 400), ("\0", 400)]
)
def test_nonsense_with_the_secret_is_no_fault_of_ours(body, status):
    assert post("postmark", body).status_code == status
    assert MailAnswer.objects.count() == 0


@pytest.mark.parametrize("service", ["unheard_of", "unisender_go", "base"])
def test_only_services_that_take_mail_in_have_an_address(service):
    assert post(service, "{}").status_code == 404


def test_twenty_megabytes_are_refused_and_the_words_go_back(thread, bo):
    assert post("postmark", said(bo, thread, "See the film.", Attachments=a_file(20 * 1024 * 1024))).status_code == 200
    tasks.post_answers()
    deliver()
    assert (words_in(thread), MailAnswer.objects.get().files_left_out) == ([], 1)
    assert "too large" in mail.outbox[0].body
    assert "See the film." in mail.outbox[0].body


def test_more_than_any_mail_is_not_even_read(thread, bo, monkeypatch):
    monkeypatch.setattr(answering, "BYTES_MAX", 3_000_000)
    assert post("postmark", said(bo, thread, Attachments=a_file(3_000_000))).status_code == 413
    assert post("mailgun", signed(**{"body-mime": "x" * 3_000_000}), kind="").status_code == 413
    assert post("postmark", said(bo, thread, Attachments=a_file(3_000_000)), secret="").status_code == 403
    assert MailAnswer.objects.count() == 0


def test_what_a_service_knows_to_be_a_bounce_is_passed_over(thread, bo):
    headers = [{"Name": "Return-Path", "Value": "<>"}, {"Name": "Message-ID", "Value": "<3@mail.example.org>"}]
    assert post("postmark", said(bo, thread, Headers=headers)).status_code == 200
    assert MailAnswer.objects.count() == 0
