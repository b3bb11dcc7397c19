"""Which of what happened is new to each of many people, in as many queries as for one."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, NamedTuple

from .digest import Digest, Group, groups_of, within
from .event import Event
from .readers import Member, Reader, read_up
from .told import Bundle, Key, Knows, Part, Spots, Told, known_by, spots_of, telling, told_of

EVENTS_MOST = 20_000  # of a batch; more are dealt with in halves
TOLD = tuple(verb for verb in Event.FOLLOWED if verb != Event.Verb.SPLIT)  # what is split was told before


class Happening(NamedTuple):
    """An event, as far as a digest needs it."""

    pk: int
    verb: str
    kind: int
    target: int

    @property
    def key(self) -> Key:
        return self.kind, self.target


class Entry(NamedTuple):
    """A happening and what is told of it; what is not `is_general` is told to those who were notified."""

    happening: Happening
    told: Told
    is_open: bool
    is_general: bool
    knows: Knows | None


def digests_for(readers: Collection[Reader]) -> list[Digest]:
    """A digest for each of `readers`, in their order; one without groups for who is told nothing.

    As many queries for a hundred people as for one, and a few for each kind of thing that they are told of.
    """
    people = list(readers)
    if not people:
        return []
    batch = Batch(people)
    if len(batch.happenings) > EVENTS_MOST and len(people) > 1:
        half = len(people) // 2
        return [*digests_for(people[:half]), *digests_for(people[half:])]
    return [batch.digest(reader) for reader in people]


class Batch:
    """What happened in the communities of `readers` since each of them was told last."""

    def __init__(self, readers: list[Reader]) -> None:
        self.readers = readers
        read_up(readers)
        self.happenings = self.events()
        self.made: dict[Any, tuple[list[Group], int]] = {}

    def events(self) -> list[Happening]:
        since, up_to = min(r.since for r in self.readers), max(r.up_to for r in self.readers)
        communities = {community for reader in self.readers for community in reader.member_of}
        told = Event.objects.told_between(since, up_to, verbs=TOLD, communities=communities).as_rows()
        found = {row[0]: Happening(*row) for row in told}
        if others := self.notified - found.keys():
            found |= {row[0]: Happening(*row) for row in Event.objects.numbered(others).as_rows()}
        return [found[pk] for pk in sorted(found)][-EVENTS_MOST - 1 :]

    @cached_property
    def notified(self) -> set[int]:
        """The events of which any of them was notified, and that are unread."""
        return {event for reader in self.readers for event in reader.reasons}

    @cached_property
    def tolds(self) -> dict[Key, Told]:
        return told_of({happening.key for happening in self.happenings})

    @cached_property
    def lines(self) -> dict[int, Told]:
        """What is told only to those whom it concerns, by event: of targets that say no more of themselves."""
        kinds = telling()
        wanted = [h.pk for h in self.happenings if h.pk in self.notified and h.kind not in kinds]
        events = Event.objects.numbered(wanted).with_targets() if wanted else ()
        return {event.pk: line_of(event) for event in events if event.target}

    @cached_property
    def knows(self) -> dict[int, Knows]:
        return known_by(self.tolds, [reader.person.pk for reader in self.readers])

    @cached_property
    def spots(self) -> Spots:
        return spots_of(self.tolds.values())

    @cached_property
    def entries(self) -> dict[int, list[Entry]]:
        """What there is to tell, by the community in which it stands now, in the order in which it happened."""
        found: dict[int, list[Entry]] = {}
        for happening in self.happenings:
            told = self.lines.get(happening.pk) or self.tolds.get(happening.key)
            if told:
                is_open = told.is_open and told.place.is_open
                is_general = happening.verb in TOLD and happening.pk not in self.lines
                entry = Entry(happening, told, is_open, is_general, self.knows.get(happening.kind))
                found.setdefault(told.place.community_id, []).append(entry)
        return found

    def digest(self, reader: Reader) -> Digest:
        """What `reader` is told. Who is told the same for the same reasons gets the same groups."""
        found = self.new_to(reader)
        told = tuple((entry.happening.pk, reader.reasons.get(entry.happening.pk, "")) for entry in found)
        same = (told, reader.minutes, frozenset(reader.hidden), reader.only_reads_in)
        if same not in self.made:
            tolds = [(pk, reason, entry.told) for (pk, reason), entry in zip(told, found, strict=True)]
            self.made[same] = within(groups_of(tolds, reader, self.spots), reader.minutes)
        groups, more = self.made[same]
        keys = [entry.happening.key for entry in found]
        return Digest(reader, groups, more, [pk for pk, _reason in told], keys)

    def new_to(self, reader: Reader) -> list[Entry]:
        """What `reader` is to be told of, each thing once, in the order in which it happened."""
        new: dict[int, Entry] = {}
        for community, member in reader.member_of.items():
            for entry in self.entries.get(community, ()):
                if id(entry.told) not in new and self.is_told(reader, member, entry):
                    new[id(entry.told)] = entry
        return sorted(new.values(), key=lambda entry: entry.happening.pk)

    def is_told(self, reader: Reader, member: Member, entry: Entry) -> bool:
        """Whether it happened since they were told last, they may see it, it is new to them and wanted, and they have
        not read it."""
        pk, told = entry.happening.pk, entry.told
        if not reader.since < pk <= reader.up_to or pk in reader.spent or not (entry.is_open or member.is_guide):
            return False
        reason = reader.reasons.get(pk)
        if not (reader.hears_of(told, pk, reason) if reason else entry.is_general and reader.was_there(told, member)):
            return False
        return reader.wants(told, reason) and not (entry.knows and entry.knows(reader.person.pk, told, member.is_guide))


def line_of(event: Event) -> Told:
    """What is told of an event by who did what to what."""
    target: Any = event.target
    url = target.get_absolute_url()
    title_by = getattr(target, "title_by", None)
    return Told(
        pk=event.object_id,
        part=Part.MINE,
        place=event.place,
        bundle=Bundle(("event", event.pk), str(target), url, title_by=title_by, subject=event.followed),
        url=url,
        who=str(event.shown_actor.name),
        does=str(event.get_verb_display()),
        author_id=event.actor_id,
        at=event.created_at,
        is_for_everybody=event.verb in Event.FOR_EVERYBODY,
        people=frozenset(target.audience()),
    )
