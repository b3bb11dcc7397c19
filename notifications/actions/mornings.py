"""Making the rows of the mail that guides get in the morning. What it says, those say who know their communities."""

from django.db import transaction
from django.utils import timezone

from .. import tasks
from ..models import Delivery
from ..models.morning import guides_to_be_told, mornings

TOGETHER = 500


def schedule_mornings() -> int:
    """Make the rows of this morning of everybody for whom it is one; returns how many. Once a date, however many of
    these run."""
    now, made = timezone.now(), 0
    for date, zones in mornings(now).items():
        while people := make_mornings(date, zones):
            made += people
    return made


@transaction.atomic
def make_mornings(date: str, zones: list[str]) -> int:
    rows = [
        Delivery(person_id=person, kind=Delivery.Kind.MORNING, period=date, message_id=Delivery.new_message_id())
        for person in guides_to_be_told(date, zones)[:TOGETHER]
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        tasks.deliver.delay_on_commit()
    return len(rows)
