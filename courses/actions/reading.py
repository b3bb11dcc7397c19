"""What somebody read and is done with. Private to them."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import count_visits, forget_visits

from ..models import Unit, UnitPlace, UnitProgress, UnitReading, done_by


def mark_done(user: User, unit: Unit) -> None:
    """Note that `user` says they are done with `unit`; again without effect."""
    row, _made = UnitProgress.objects.get_or_create(user=user, unit=unit)
    if row.done_at is None:
        UnitProgress.objects.filter(pk=row.pk).update(done_at=timezone.now())


def mark_undone(user: User, unit: Unit) -> None:
    """Take it back. Where the unit's rule could say otherwise, their word is noted."""
    if unit.done_when == Unit.DoneWhen.SAID:
        UnitProgress.objects.filter(user=user, unit=unit).delete()
    else:
        UnitProgress.objects.update_or_create(user=user, unit=unit, defaults={"done_at": None})


def set_done_when(unit: Unit, done_when: str) -> None:
    """Let a unit count as done by this rule, for what people did before, too."""
    unit.done_when = done_when
    unit.save(update_fields=["done_when"])


@transaction.atomic
def note_reading(*, person: User, unit_place: UnitPlace, seconds: int, share: int) -> bool:
    """Note that `person` had a unit on the screen for `seconds` more, and up to `share` percent of it; says whether it
    counts as read just now. Nothing is noted of who doesn't want it.

    No more is added than has passed since the last time, however often or from however many windows it is told. Locks
    the person's row against `stop_counting_reading`, and that of the reading.
    """
    if not User.objects.select_for_update(no_key=True).filter(pk=person.pk, is_reading_counted=True).exists():
        return False
    now = timezone.now()
    seconds, share = min(max(seconds, 0), UnitReading.SECONDS_AT_ONCE), min(max(share, 0), 100)
    begun = {"seconds": seconds, "share": share, "first_at": now, "last_at": now}
    rows = UnitReading.objects.select_for_update()
    reading, is_new = rows.get_or_create(person=person, unit_place=unit_place, defaults=begun)
    if not is_new:
        passed = max(int((now - reading.last_at).total_seconds()), 0)
        reading.seconds = min(reading.seconds + min(seconds, passed), UnitReading.SECONDS_MAX)
        reading.share, reading.last_at = max(reading.share, share), now
    is_read_now = reading.read_at is None and unit_place.unit.is_read_after(reading.seconds, reading.share)
    if is_read_now:
        reading.read_at = now
    reading.save(update_fields=["seconds", "share", "last_at", "read_at"])
    return is_read_now


@transaction.atomic
def stop_counting_reading(person: User) -> None:
    """Note nothing more of what `person` reads and of when they are here, and forget what was noted. What they are done
    with by having read it stays done. Runs again without effect."""
    User.objects.filter(pk=person.pk).update(is_reading_counted=False)
    mine, read, both = UnitReading.objects.of(person), Unit.DoneWhen.READ, Unit.DoneWhen.BOTH
    by_reading = Unit.objects.filter(pk__in=mine.exclude(read_at=None).values("unit_place__unit"))
    done = by_reading.annotate(by=done_by(person.pk, "pk", "done_when")).filter(by__in=[read, both])
    rows = [UnitProgress(user=person, unit=unit) for unit in done.only("pk")]
    UnitProgress.objects.bulk_create(rows, ignore_conflicts=True)
    mine.delete()
    forget_visits(person)


@transaction.atomic
def count_reading(person: User) -> None:
    """Note again what `person` reads, from now on."""
    User.objects.filter(pk=person.pk).update(is_reading_counted=True)
    count_visits(person)
