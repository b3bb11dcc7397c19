"""What mail services report of mail that went out: bounces, complaints."""

from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils import timezone

from accounts.models import User

from ..mail.returned import returned
from ..models import Delivery, MailSettings
from .reaching import note_came_back, note_unreachable
from .stopping import stop_mail

Cause = MailSettings.Cause
# Why a mail bounced that says nothing of its address for good: a full box, a server that is away, a refused text.
PASSES = {"timed_out", "blocked", "spam", "other"}


def note_report(report: Any) -> None:
    """Act on one report, as django-anymail reads it (AnymailTrackingEvent): switch mail off for an address that
    bounces or complains. One that comes twice does its work once; others are of no concern."""
    email, kind = (report.recipient or "").strip(), report.event_type
    why = report.mta_response or report.description or report.reject_reason or kind
    at = report.timestamp if report.timestamp and timezone.is_aware(report.timestamp) else None
    if kind in ("bounced", "rejected", "failed"):
        note_came_back(message_id=report.message_id or "", email=email, why=why)
    if kind in ("bounced", "rejected") and report.reject_reason not in PASSES:
        note_unreachable(email=email, cause=Cause.BOUNCED, why=why, at=at)
    elif kind == "complained":
        note_unreachable(email=email, cause=Cause.COMPLAINED, why="", at=at)
    elif kind == "unsubscribed":
        for person in User.objects.active().filter(email__iexact=email):
            stop_mail(person=person)


def note_returned(message: Message) -> bool:
    """Act on a mail in which a mail server says that one of ours did not arrive, or was marked as spam; returns whether
    it is one. It counts by the Message-ID of ours, which only who got it knows."""
    back = returned(message)
    delivery = back and Delivery.objects.of_message(back.message_id).with_people().first()
    if not back or not delivery:
        return False
    if back.is_complaint or back.is_of_address:
        cause = Cause.COMPLAINED if back.is_complaint else Cause.BOUNCED
        if delivery.person:
            note_unreachable(email=delivery.person.email, cause=cause, why=back.why, at=written_at(message))
    if not back.is_complaint:
        note_came_back(message_id=back.message_id, why=back.why)
    return True


def written_at(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return None
    return at if timezone.is_aware(at) else None
