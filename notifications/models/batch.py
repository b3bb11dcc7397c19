"""Which of what happened is new to each of many people, in as many queries as for one."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from .digest import Digest, digest_of
from .event import Event
from .readers import Reader, read_up
from .told import Bundle, Key, Knows, Part, Spots, Told, known_by, spots_of, telling, told_of

EVENTS_MOST = 20_000  # of a batch; more are dealt with in halves
TOLD = tuple(verb for verb in Event.FOLLOWED if verb != Event.Verb.SPLIT)  # what is split was told before


class Happening(NamedTuple):
    """An event, as far as a digest needs it."""

    pk: int
    verb: str
    community: int
    kind: int
    target: int

    @property
    def key(self) -> Key:
        return self.kind, self.target


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
        self.by_community: dict[int, list[Happening]] = {}
        for happening in self.happenings:
            self.by_community.setdefault(happening.community, []).append(happening)

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
    def opened(self) -> set[int]:
        """What stands where everybody may read on, as `id(told)`."""
        every = (*self.tolds.values(), *self.lines.values())
        return {id(told) for told in every if told.is_open and told.place.is_open}

    def digest(self, reader: Reader) -> Digest:
        found = list(self.new_to(reader))
        digest = digest_of(reader, [(happening.pk, told) for happening, told in found], self.spots)
        digest.keys = [happening.key for happening, _told in found]
        return digest

    def new_to(self, reader: Reader) -> Iterator[tuple[Happening, Told]]:
        """What `reader` is to be told of, each thing once, in the order in which it happened."""
        seen = set()
        for happening in self.around(reader):
            told = self.lines.get(happening.pk) or self.tolds.get(happening.key)
            if told and id(told) not in seen and self.is_told(reader, happening, told):
                seen.add(id(told))
                yield happening, told

    def around(self, reader: Reader) -> Iterable[Happening]:
        """What happened in their communities after they were told last, and as far as they are told now."""
        mine = (h for community in reader.member_of for h in self.by_community.get(community, ()))
        return sorted(h for h in mine if reader.since < h.pk <= reader.up_to and h.pk not in reader.spent)

    def is_told(self, reader: Reader, happening: Happening, told: Told) -> bool:
        """Whether they may see it, it is new to them, wanted, not on its way already and not read."""
        reason = reader.reasons.get(happening.pk)
        if reason:
            is_news = not reader.hears_at_once(told, happening.pk)
        else:
            is_news = happening.verb in TOLD and reader.was_there(told)
        if not (is_news and reader.may_see(told, is_open=id(told) in self.opened) and reader.wants(told, reason)):
            return False
        knows = self.knows.get(happening.kind)
        return knows is None or not knows(reader.person.pk, told, reader.guides(told))


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
