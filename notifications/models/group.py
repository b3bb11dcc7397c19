"""Notifications gathered: what is said in one conversation is one thing to its reader, however often it rang."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .bell import BellQuerySet
from .event import Event

if TYPE_CHECKING:
    from .notification import Notification

LINES_SHOWN = 8  # of one group; the rest is read where it was said
ANSWERS = {Event.Verb.REPLIED, Event.Verb.ANSWERED}


@cache
def leading_kinds():
    """What leads to a conversation."""
    return [model for model in apps.get_models() if hasattr(model, "followed_path")]


def numbers_of_kinds():
    return [ContentType.objects.get_for_model(kind).pk for kind in leading_kinds()]


class GroupQuerySet(BellQuerySet):
    """Of notifications."""

    def knowing_groups(self, numbers=None):
        """With `group`: the id of the conversation that each is about, where its target says by `followed_path` the way
        there; else a number of its own, below zero. `numbers` are those of the kinds of targets that know the way."""
        ways = [
            When(
                event__content_type=number,
                then=Subquery(
                    kind._default_manager.filter(pk=OuterRef("event__object_id")).values(kind.followed_path)[:1]
                ),
            )
            for kind, number in zip(leading_kinds(), numbers or numbers_of_kinds(), strict=True)
        ]
        conversation = Case(*ways, default=None, output_field=models.BigIntegerField())
        return self.annotate(group=Coalesce(conversation, F("pk") * -1))

    def groups(self, numbers=None):
        """A row for each group: how many there are in it, `unread` ones and by how many people; those with something
        unread first, and then those in which something happened last."""
        new = Q(read_at=None)
        rows = self.knowing_groups(numbers).order_by().values("group").annotate(
            newest=Max("pk"),
            count=Count("pk"),
            unread=Count("pk", filter=new),
            people=Count("event__actor", distinct=True),
            new_people=Count("event__actor", distinct=True, filter=new),
        )  # fmt: skip
        is_old = Case(When(unread=0, then=1), default=0)
        return rows.order_by(is_old, "-newest")

    def gathered(self, rows, reader):
        """`rows` of `groups` as Groups, each with the first of its lines; as many queries for one as for many."""
        rows = list(rows)
        if not rows:
            return []
        order = [F("read_at").desc(nulls_first=True), F("pk").desc()]
        number = Window(RowNumber(), partition_by=F("group"), order_by=order)
        mine = self.knowing_groups().filter(group__in=[row["group"] for row in rows])
        lines: dict[int, list[Any]] = {}
        shown = mine.annotate(number=number).filter(number__lte=LINES_SHOWN).with_events(reader)
        for line in shown.order_by("-pk"):
            lines.setdefault(line.group, []).append(line)
        return [Group(row, lines[row["group"]]) for row in rows if row["group"] in lines]


@dataclass(frozen=True)
class Group:
    """What one conversation has to tell somebody: `lines` are some of its notifications, newest first; `told` are those
    that it is about just now: the unread ones, or all."""

    row: dict[str, int]
    lines: list["Notification"]

    @property
    def is_new(self) -> bool:
        return self.row["unread"] > 0

    @property
    def count(self) -> int:
        return self.row["count"]

    @property
    def unread(self) -> int:
        return self.row["unread"]

    @property
    def more(self) -> int:
        """How many it does not show."""
        return self.count - len(self.lines)

    @property
    def told(self) -> list["Notification"]:
        return [line for line in self.lines if line.read_at is None] or self.lines

    @property
    def newest(self) -> "Notification":
        return self.told[0]

    @property
    def first(self) -> "Notification":
        """Where one goes on reading."""
        return self.told[-1]

    @property
    def why(self) -> "Notification":
        """That of those it tells of with the best reason: what is said to one comes before the rest."""
        addressed = [line for line in self.told if line.reason in line.ADDRESSED]
        return (addressed or self.told)[0]

    @property
    def people(self) -> list[Any]:
        """Who did what it tells of, the last first, each once, as their readers may know them; None for somebody whose
        words are gone."""
        everybody = [line.event.shown_actor for line in self.told]
        return list({getattr(who, "pk", None) or str(who): who for who in everybody}.values())

    @property
    def who(self) -> str:
        """“Ana and 3 others”."""
        names = [who.name if who else _("Somebody") for who in self.people]
        count = max(self.row["new_people" if self.is_new else "people"], len(names))
        if count == 1:
            return names[0]
        if count == len(names) == 2:
            return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}
        words = ngettext("%(one)s and %(n)s other", "%(one)s and %(n)s others", count - 1)
        return words % {"one": names[0], "n": count - 1}

    @property
    def did(self) -> str:
        """What they did, before the conversation's title."""
        return _("answered in") if {line.event.verb for line in self.told} <= ANSWERS else _("wrote in")
