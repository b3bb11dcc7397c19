"""Addresses that take no mail: noting it, and trying them again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Delivery, MailSettings


@transaction.atomic
def note_unreachable(*, email: str, cause: str, why: str, at: datetime | None = None) -> bool:
    """Switch mail off for an address that takes none, and remember why, for its owner to see. Returns whether it was
    on. What happened `at` a time before its owner asked to try again counts no more."""
    person = User.objects.active().filter(email__iexact=email).select_for_update(no_key=True).first()
    if person is None:
        return False
    mine, _made = MailSettings.objects.get_or_create(person=person)
    is_outdated = at is not None and mine.tried_again_at is not None and at < mine.tried_again_at
    if is_outdated or not mine.is_reachable:
        return False
    mine.unreachable_at, mine.unreachable_address = timezone.now(), person.email
    mine.unreachable_cause, mine.unreachable_why = cause, " ".join(why.split())[:300]
    mine.save(update_fields=["unreachable_at", "unreachable_address", "unreachable_cause", "unreachable_why"])
    return True


def try_again(*, person: User) -> bool:
    """Let mail go to `person` again; returns whether it was off."""
    off = MailSettings.objects.of(person).unreachable()
    return bool(off.update(**NOTHING_AMISS, tried_again_at=timezone.now()))


def reach_new_addresses() -> int:
    """Let mail go again to those who have another address by now than the one that took none; returns to how many."""
    return MailSettings.objects.unreachable().at_another_address().update(**NOTHING_AMISS)


NOTHING_AMISS = {"unreachable_at": None, "unreachable_address": "", "unreachable_cause": "", "unreachable_why": ""}


def note_came_back(*, message_id: str, email: str = "", why: str) -> bool:
    """Note of a delivery that it went out and came back; returns whether there is one with this Message-ID. Some mail
    services tell another one: then it is the last that went to `email`, of people without an account."""
    sent = Delivery.objects.filter(state=Delivery.State.SENT)
    found = sent.of_message(message_id) or sent.filter(email__iexact=email or "nobody").order_by("-pk")[:1]
    words = f"Came back: {' '.join(why.split())}"[:300]
    ids = [delivery.pk for delivery in found]
    return bool(Delivery.objects.with_ids(ids).update(state=Delivery.State.FAILED, error=words))
