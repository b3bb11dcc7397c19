"""What a digest says of a thing. Each kind of thing says so itself, for many at once, and knows no reader.

A model whose manager has `as_told(ids)` gives a `Told` for each of its rows that stands now: everybody who may see its
place is told of it, as their level says. With `known_to(tolds, people)` it gives what tells whether somebody knows one
already. What has no `as_told` is told to those alone whom its `audience()` still names.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Key = tuple[int, int]  # content type and id
Knows = Callable[[int, "Told", bool], bool]  # person, what is told, whether they guide where it stands
Spots = dict[tuple[int, str], "Spot"]  # by place and block
WORDS_MOST = 120  # of one thing that count as reading: a digest shows how it begins
LINES_SHOWN = 3


class Part(models.IntegerChoices):
    """The parts of a digest, in their order."""

    MINE = 1, _("For you")
    PROMPTS = 2, _("For everybody")
    QUESTIONS = 3, _("Questions you might answer")
    TALK = 4, _("New in conversations")
    SHELF = 5, _("New on the shelves")
    PAGES = 6, _("Changed in the wiki")


@dataclass(frozen=True)
class Spot:
    """Where something stands in a course or a text: in words, and as what comes before it and after it."""

    words: str
    order: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """What is told together: a conversation, a shelf, a page. `key` is the same for what belongs together. Without an
    address of its own it leads to the first thing."""

    key: tuple[str, int]
    title: str
    url: str = ""
    title_by: int | None = None  # whose words the title is; None where it is shown to everybody
    quote: str = ""
    block_id: str = ""
    subject: Any = None  # what one can follow more narrowly than its place


@dataclass(frozen=True)
class Told:
    """One thing as a digest tells it. Who has blocked `author_id` is not told unless it `is_for_everybody`; before it
    `is_open`, guides alone are. `words` are how it begins, `length` how many it has."""

    pk: int
    part: Part
    place: Any  # with what it is within and its community
    bundle: Bundle
    url: str
    who: str
    author_id: int | None
    at: datetime
    talk: Any = None  # where it is talked about, within its place: what one can follow more narrowly
    name: str = ""  # what it is called, where that is not its bundle's title
    words: str = ""
    does: str = ""  # what `who` did, where there is no more to say of it
    length: int = 20
    label: Any = field(default=ngettext_lazy("%(n)s thing", "%(n)s things", "n"))
    is_open: bool = True
    is_for_everybody: bool = False
    people: frozenset[int] | None = None  # the only ones who hear of it; None for everybody of its place

    @property
    def cost(self) -> int:
        """Words that one reads to know what it is."""
        return min(self.length, WORDS_MOST)


def counted(tolds: Collection[Told]) -> str:
    """“2 answers, 1 summary”."""
    labels = {str(told.label % {"n": 1}): told.label for told in tolds}
    counts = Counter(str(told.label % {"n": 1}) for told in tolds)
    return ", ".join(str(labels[name] % {"n": n}) for name, n in counts.items())


def telling() -> dict[int, Any]:
    """The models that say of their rows what a digest tells of them, by content type."""
    found = [model for model in apps.get_models() if hasattr(model._default_manager, "as_told")]
    return {ContentType.objects.get_for_model(model).pk: model for model in found}


def told_of(keys: Collection[Key]) -> dict[Key, Told]:
    """What is told of the things with these keys, those that stand. A few queries for each kind."""
    found: dict[Key, Told] = {}
    kinds = telling()
    for kind, ids in by_kind(keys).items():
        if kind in kinds:
            rows = kinds[kind]._default_manager.as_told(ids)
            found |= {(kind, pk): told for pk, told in rows.items()}
    return found


def known_by(tolds: dict[Key, Told], people: Collection[int]) -> dict[int, Knows]:
    """For each kind of thing, by its content type, what tells whether somebody knows one already."""
    knows: dict[int, Knows] = {}
    kinds = telling()
    for kind, ids in by_kind(tolds).items():
        manager = kinds[kind]._default_manager
        if hasattr(manager, "known_to"):
            knows[kind] = manager.known_to([tolds[kind, pk] for pk in ids], people)
    return knows


def by_kind(keys: Iterable[Key]) -> dict[int, list[int]]:
    kinds: dict[int, list[int]] = {}
    for kind, pk in keys:
        kinds.setdefault(kind, []).append(pk)
    return kinds


def spots_of(tolds: Iterable[Told]) -> Spots:
    """Where these stand, in words, as far as anybody knows more than the name of a place: whoever gives texts to
    places has a manager with `spots(places)`, given block ids by place."""
    blocks: dict[int, set[str]] = {}
    for told in tolds:
        blocks.setdefault(told.place.pk, set()).add(told.bundle.block_id)
    found: Spots = {}
    for model in apps.get_models() if blocks else ():
        if hasattr(model._default_manager, "spots"):
            found |= model._default_manager.spots(blocks)
    return found
