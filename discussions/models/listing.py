"""Which conversations of a place a list shows, and in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .thread import Thread


class Show(models.TextChoices):
    ALL = "all", _("All")
    NEW = "new", _("New to me")
    OPEN = "open", _("Questions without an answer")
    PROMPTS = "prompts", _("Prompts")
    MINE = "mine", _("Mine")
    EARLIER = "earlier", _("From earlier cohorts")


class Sort(models.TextChoices):
    PLACE = "place", _("By place in the text")
    LATEST = "latest", _("Latest first")
    HELPFUL = "helpful", _("Most helpful first")


NOTHING = {
    Show.ALL: (_("Nobody has said anything here yet."), _("What would you ask?")),
    Show.NEW: (_("Nothing here is new to you."), _("You have read all that the others wrote.")),
    Show.OPEN: (_("No question waits for an answer."), _("Ask one, if something is not clear to you.")),
    Show.PROMPTS: (_("Nobody has been asked anything here."), _("Prompts stand in the text, with their answers.")),
    Show.MINE: (_("You have not written here yet."), _("What you begin or answer is gathered here.")),
    Show.EARLIER: (_("Nothing of earlier cohorts is here now."), _("Those who wrote it may have taken it back.")),
}


@dataclass(frozen=True)
class Option:
    """One of the choices above a list: its words, and the address's query that takes it."""

    value: str
    label: Any  # translated when it is shown
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Listing:
    """A reader's choice, as the address keeps it."""

    show: Show = Show.ALL
    sort: Sort = Sort.LATEST
    has_text: bool = True  # whether the place has a text by whose order one can sort
    has_earlier: bool = False  # whether conversations of earlier cohorts are shown there

    @classmethod
    def asked(cls, query: Mapping[str, str], *, has_text: bool = True, has_earlier: bool = False) -> "Listing":
        """From an address's query; nonsense is the usual."""
        show, sort = query.get("show", ""), query.get("sort", "")
        known = show in Show.values and (has_earlier or show != Show.EARLIER)
        show = Show(show) if known else Show.ALL
        sort = Sort(sort) if sort in Sort.values else Sort.LATEST
        return cls(show, sort if has_text or sort != Sort.PLACE else Sort.LATEST, has_text, has_earlier)

    @property
    def is_usual(self):
        return (self.show, self.sort) == (Show.ALL, Sort.LATEST)

    @property
    def is_of_earlier(self):
        """Whether it shows conversations of earlier cohorts, and none of the place's own."""
        return self.show == Show.EARLIER

    @property
    def query(self):
        return query_of(self.show, self.sort)

    @property
    def shows(self):
        shows = [show for show in Show if self.has_earlier or show != Show.EARLIER]
        return [Option(show.value, show.label, query_of(show, self.sort), show == self.show) for show in shows]

    @property
    def sorts(self):
        sorts = [sort for sort in Sort if self.has_text or sort != Sort.PLACE]
        return [Option(sort.value, sort.label, query_of(self.show, sort), sort == self.sort) for sort in sorts]

    @property
    def nothing(self):
        """What a list says in which nothing is: a title and a text."""
        return NOTHING[self.show]

    def of(self, threads, user, blocks: Sequence[str]):
        """Of `threads`, one place's that `user` may see, the chosen ones in the chosen order. `blocks` are the ids of
        the blocks of the place's text, in their order."""
        return in_order(shown(threads, self.show, user), self.sort, blocks)


def query_of(show: Show, sort: Sort) -> str:
    return f"?show={show.value}&sort={sort.value}"


def shown(threads, show: Show, user):
    """What was never said is no conversation yet; a prompt stands before anybody answers."""
    posts = apps.get_model("discussions", "Post").objects
    if show == Show.EARLIER:
        return threads.none()
    if show == Show.PROMPTS:
        return threads.filter(kind=Thread.Kind.PROMPT)
    if show == Show.OPEN:
        return threads.open_questions()
    if show == Show.NEW:
        return threads.begun().filter(pk__in=posts.in_threads(threads).new_to(user).values("thread"))
    if show == Show.MINE:
        taken_part = posts.in_threads(threads).standing().filter(author=user.pk)
        return threads.begun().filter(Q(created_by=user.pk) | Q(pk__in=taken_part.values("thread")))
    return threads.begun()


def in_order(threads, sort: Sort, blocks: Sequence[str]):
    """By place in the text: the blocks from top to bottom, then what is about the whole, then what is on an earlier
    wording. Most helpful: where most people said of its posts that they helped; counted on posts, never on a person."""
    if sort == Sort.PLACE:
        at = [When(block_id=block, then=Value(n)) for n, block in enumerate(blocks)]
        whole = When(block_id="", then=Value(len(blocks)))
        place = Case(*at, whole, default=Value(len(blocks) + 1), output_field=models.IntegerField())
        return threads.alias(at=place).order_by("at", "created_at", "pk")
    if sort == Sort.HELPFUL:
        posts = apps.get_model("discussions", "Post").objects.standing().filter(thread=OuterRef("pk"))
        helped = posts.order_by().values("thread").annotate(sum=Sum("helped_count")).values("sum")
        return threads.alias(helped=Coalesce(Subquery(helped), 0)).order_by("-helped", "-last_post_at", "-pk")
    return threads.by_latest_activity()
