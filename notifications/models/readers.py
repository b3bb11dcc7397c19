"""What is known of many people at once, before somebody says what is new to each of them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import HiddenPerson
from community.models import Membership

from .delivery import Delivery
from .event import mail_subject
from .following import Following
from .level import Level, level_of
from .notification import Notification
from .told import Told


@dataclass
class Member:
    is_guide: bool
    writes: bool
    joined_at: datetime


@dataclass
class Reader:
    """Somebody, and what of the events after `since` and up to `up_to` they were notified of: reasons by event, for
    what they have not read; `spent` is what they have, or what a mail told them already."""

    person: Any
    since: int
    up_to: int
    minutes: int
    is_mailed_at_once: bool = True
    is_again: bool = False  # asks what a digest told them that they have not read yet
    member_of: dict[int, Member] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)  # ids of those whom they have blocked
    levels: dict[tuple[int, int], str] = field(default_factory=dict)  # those that they chose
    reasons: dict[int, str] = field(default_factory=dict)
    spent: set[int] = field(default_factory=set)
    at_once: dict[str, int] = field(default_factory=dict)  # subject of a mail on its way → the first event it tells

    @property
    def only_reads_in(self) -> frozenset[int]:
        """The communities in which they answer nothing."""
        return frozenset(pk for pk, member in self.member_of.items() if not member.writes)

    def was_there(self, told: Told, member: Member) -> bool:
        """Whether it happened while they were in its community, and not by them."""
        return told.author_id != self.person.pk and told.at >= member.joined_at

    def hears_of(self, told: Told, event: int, reason: str) -> bool:
        """Whether the digest is what tells them of something of which they were notified: it still concerns them, and
        no mail at once is on its way."""
        if told.people is not None and self.person.pk not in told.people:
            return False
        return not self.hears_at_once(told, event)

    def wants(self, told: Told, reason: str | None) -> bool:
        """Whether their levels let it into a digest, as they are now. What they were notified of for a `reason`
        concerns them more."""
        if self.hidden and told.author_id in self.hidden and not told.is_for_everybody:
            return False
        if not self.levels or reason in Notification.ESSENTIAL:
            return True
        around = [told.bundle.subject, told.talk, *told.place.and_around()]
        level = level_of(self.levels, [subject for subject in around if subject])
        return level != Level.MUTED and (level != Level.MENTIONS or reason in Notification.ADDRESSED)

    def hears_at_once(self, told: Told, event: int) -> bool:
        """Whether a mail about it is on its way to them."""
        if not self.at_once or not self.is_mailed_at_once:
            return False
        subject = mail_subject(told.bundle.subject, told.talk, event)
        return self.at_once.get(subject, event + 1) <= event


def read_up(readers: Collection[Reader]) -> None:
    """Fill in what is known of these people: five queries, however many they are."""
    by_id = {reader.person.pk: reader for reader in readers}
    people = [pk for pk, reader in by_id.items() if reader.person.is_active]
    members = Membership.objects.current().of_people(people).values_list("user", "community", "role", "joined_at")
    for person, community, role, joined_at in members:
        by_id[person].member_of[community] = Member(role in Membership.GUIDES, role in Membership.WRITERS, joined_at)
    for person, hidden in HiddenPerson.objects.filter(person__in=people).values_list("person", "hidden"):
        by_id[person].hidden.add(hidden)
    chosen = Following.objects.of_people(people).values_list("person", "content_type", "object_id", "level")
    for person, kind, pk, level in chosen:
        by_id[person].levels[kind, pk] = level
    under_way = Delivery.objects.of_people(people).of_kind(Delivery.Kind.AT_ONCE).under_way()
    for person, subject, period in under_way.values_list("person", "subject", "period"):
        first = int(period) if period.isdecimal() else 0
        by_id[person].at_once[subject] = min(first, by_id[person].at_once.get(subject, first))
    since, up_to = min(reader.since for reader in readers), max(reader.up_to for reader in readers)
    told = Notification.objects.of_people(people).of_events(since, up_to)
    told = told.values_list("person", "event", "reason", "read_at", "mailed_at")
    for person, event, reason, read_at, mailed_at in told:
        reader = by_id[person]
        if read_at or (mailed_at and not reader.is_again):
            reader.spent.add(event)
        elif reader.since < event <= reader.up_to:
            reader.reasons[event] = reason
