"""Mails in which a mail server says that one of ours did not arrive, or a provider that it was marked as spam."""

import pytest

from notifications.actions import receive_raw
from notifications.models import Delivery, MailAnswer, MailSettings

SENT = "<5f2a@weft.example.org>"
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: weft@example.org
Subject: Undelivered Mail Returned to Sender
Date: Mon, 02 Nov 2026 10:00:00 +0000
Return-Path: <>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; bo@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: {original}

Message-ID: {message_id}
Subject: Ana answered you

--b--
"""
COMPLAINT = """\
From: staff@example.net
To: weft@example.org
Subject: Complaint
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Example/1.0
Version: 1

--b
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: Ana answered you

--b--
"""


@pytest.fixture
def sent(world):
    return Delivery.objects.create(person=world.bo, kind="at_once", period="1", message_id=SENT, state="sent")


def comes_back(text=REPORT, **said):
    known = {"action": "failed", "status": "5.1.1", "original": "message/rfc822", "message_id": SENT}
    return receive_raw(text.format(**known | said).encode())


def is_mailed(person):
    mine = MailSettings.objects.filter(person=person).first()
    return mine is None or mine.may_be_mailed


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_what_did_not_arrive_switches_mail_off_and_stands_among_what_failed(original, world, sent):
    assert comes_back(original=original)
    sent.refresh_from_db()
    assert (sent.state, sent.error) == ("failed", "Came back: 550 5.1.1 no such user")
    mine = MailSettings.objects.get(person=world.bo)
    assert (mine.may_be_mailed, mine.unreachable_why) == (False, "550 5.1.1 no such user")
    assert comes_back(original=original)  # again
    assert not MailAnswer.objects.exists()


def test_a_full_mailbox_is_no_reason_to_give_an_address_up(world, sent):
    assert comes_back(status="5.2.2")
    sent.refresh_from_db()
    assert sent.state == "failed"
    assert is_mailed(world.bo)


def test_what_is_only_late_changes_nothing(world, sent):
    assert not comes_back(action="delayed", status="4.4.7")
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_complaint_switches_mail_off(world, sent):
    assert comes_back(COMPLAINT)
    assert MailSettings.objects.get(person=world.bo).unreachable_cause == "complained"


@pytest.mark.parametrize("message_id", ["<another@weft.example.org>", "", "<>", "=?utf-8?q?x?="])
def test_who_does_not_know_a_mail_of_ours_switches_nothing_off(message_id, world, sent):
    assert not comes_back(message_id=message_id)
    assert not comes_back(COMPLAINT, message_id=message_id)
    sent.refresh_from_db()
    assert sent.state == "sent"
    assert is_mailed(world.bo)


@pytest.mark.parametrize("cut", range(0, 1000, 90))
def test_half_a_report_is_no_fault_of_ours(cut, world, sent):
    whole = REPORT.format(action="failed", status="5.1.1", original="message/rfc822", message_id=SENT)
    receive_raw(whole[:cut].encode())
    receive_raw(whole.replace("--b", "--c", 3).encode())
