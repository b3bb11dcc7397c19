"""What mail services report of mail that went out: bounces, complaints."""

import logging
from typing import Any

from django.utils import timezone

from accounts.models import User

from ..models import MailSettings
from .reaching import note_came_back, note_unreachable
from .stopping import stop_mail

Cause = MailSettings.Cause
# Why a mail bounced that says nothing of its address for good: a full box, a server that is away, a refused text.
PASSES = {"timed_out", "blocked", "spam", "other"}
logger = logging.getLogger(__name__)


def note_report(report: Any) -> None:
    """Act on one report, as django-anymail reads it (AnymailTrackingEvent): switch mail off for an address that
    bounces or complains. One that comes twice does its work once; others are of no concern."""
    email, kind = (report.recipient or "").strip(), report.event_type
    why = report.mta_response or report.description or report.reject_reason or kind
    at = report.timestamp if report.timestamp and timezone.is_aware(report.timestamp) else None
    if kind in ("bounced", "rejected", "failed"):
        note_came_back(message_id=report.message_id or "", why=why)
    if kind in ("bounced", "rejected") and report.reject_reason not in PASSES:
        note_unreachable(email=email, cause=Cause.BOUNCED, why=why, at=at)
    elif kind == "complained":
        note_unreachable(email=email, cause=Cause.COMPLAINED, why="", at=at)
    elif kind == "unsubscribed":
        for person in User.objects.active().filter(email__iexact=email):
            stop_mail(person=person)
