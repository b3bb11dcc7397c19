"""What one person is told: in which order, and how much of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .hearing import follow_path
from .notification import Notification
from .readers import Reader
from .told import LINES_SHOWN, Bundle, Part, Spot, Spots, Told, counted

WORDS_A_MINUTE = 220
GROUPS_MOST = 25  # so that a mail stays below 100 kB
EVERYBODYS = (Notification.Reason.ASKED, Notification.Reason.EVERYBODY, Notification.Reason.FOLLOWING)
FAR = (1 << 30,)  # what has no place in a course comes after what has


@dataclass
class Group:
    """What of one bundle is told together; `reason` is why it concerns its reader more than others. Shared by all who
    are told the same."""

    tolds: list[Told]
    part: Part
    events: list[int]
    spot: Spot
    reason: str = ""
    is_title_hidden: bool = False  # its reader has blocked whose words it is

    @property
    def bundle(self) -> Bundle:
        return self.tolds[0].bundle

    @property
    def title(self) -> str:
        return _("A conversation begun by somebody you blocked") if self.is_title_hidden else self.bundle.title

    @property
    def url(self) -> str:
        """Where it is, from the site's root."""
        return self.bundle.url or self.tolds[0].url

    @property
    def follow_path(self) -> str:
        """Where one says how much one wants to hear of it; "" for what is told to its reader alone."""
        first = self.tolds[0]
        return "" if first.people is not None else follow_path(self.bundle.subject or first.talk or first.place)

    @property
    def where(self) -> str:
        """“Unit 3, paragraph 4 · Asking well · Heron cohort”."""
        place = self.place
        title = "" if place.kind == place.Kind.COMMONS else place.title
        return " · ".join(filter(None, [self.spot.words, title, place.community.title]))

    @property
    def place(self) -> Any:
        return self.tolds[0].place

    @property
    def lines(self) -> list[Told]:
        return self.tolds[:LINES_SHOWN]

    @property
    def more(self) -> int:
        return len(self.tolds) - len(self.lines)

    @property
    def counts(self) -> str:
        return counted([told for told in self.tolds if not told.does])

    @property
    def cost(self) -> int:
        return sum(told.cost for told in self.lines)

    @property
    def reason_words(self) -> str:
        return str(Notification.Reason(self.reason).label) if self.reason else ""

    @property
    def same_as(self) -> tuple[Any, ...]:
        """Equal for groups that say the same: within one batch things are the same objects for everybody."""
        return tuple(map(id, self.tolds)), self.part, self.reason, self.is_title_hidden


@dataclass
class Digest:
    """What one person is told: `groups` within their budget, and how many things `more` there are. `events` are all
    that it deals with, and `keys` the things to which they happened."""

    reader: Reader
    groups: list[Group]
    more: int = 0
    events: list[int] = field(default_factory=list)
    keys: list[tuple[int, int]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(group.tolds) for group in self.groups) + self.more

    @property
    def minutes(self) -> int:
        return max(1, round(sum(group.cost for group in self.groups) / WORDS_A_MINUTE))

    @property
    def parts(self) -> list[tuple[Part, list[Group]]]:
        return [(p, found) for p in Part if (found := [group for group in self.groups if group.part == p])]


def groups_of(tolds: Iterable[tuple[int, str, Told]], reader: Reader, spots: Spots) -> list[Group]:
    """These things (event, why somebody was notified of it, what is told) in bundles, in order, for all who are told
    the same as `reader`."""
    groups: dict[tuple[str, int], Group] = {}
    for event, why, told in tolds:
        reason = "" if why in EVERYBODYS else why
        part = Part.MINE if reason else part_for(told, reader)
        group = groups.get(told.bundle.key)
        if group is None:
            spot = spots.get((told.place.pk, told.bundle.block_id)) or Spot("", FAR)
            is_hidden = told.bundle.title_by in reader.hidden
            groups[told.bundle.key] = Group([told], part, [event], spot, reason, is_hidden)
            continue
        group.tolds.append(told)
        group.events.append(event)
        group.part = min(group.part, part)
        group.reason = max(group.reason, reason, key=weight)
    return sorted(groups.values(), key=order)


def part_for(told: Told, reader: Reader) -> Part:
    """A question is one like other conversations to who can't answer it."""
    is_silent = told.part == Part.QUESTIONS and told.place.community_id in reader.only_reads_in
    return Part.TALK if is_silent else told.part


def weight(reason: str) -> int:
    """How much something concerns one."""
    if not reason:
        return 0
    return 2 if reason in (*Notification.ADDRESSED, *Notification.ESSENTIAL) else 1


def order(group: Group) -> tuple[Any, ...]:
    """What is said to one first; then by the parts of a digest, and as it stands in the course."""
    community = group.place.community
    return group.part, -weight(group.reason), community.title, community.pk, group.spot.order, group.events[0]


def within(groups: list[Group], minutes: int) -> tuple[list[Group], int]:
    """The first of them that can be read in so many minutes, at least one; and how many things there are besides."""
    words, shown = minutes * WORDS_A_MINUTE, 0
    for group in groups[:GROUPS_MOST]:
        words -= group.cost
        if shown and words < 0:
            break
        shown += 1
    return groups[:shown], sum(len(group.tolds) for group in groups[shown:])
