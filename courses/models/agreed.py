"""Which words of carried things their writers agree to now: asked at each reading, as discussions' `posts_of` is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from accounts.models import HiddenPerson
from discussions.models import Consent, Named, Somebody, consent_of, earlier_at, named_or_not, nameless
from markup import as_words, bare, kept_parts
from resources.models import Resource, Sharing

from .carried_thing import CarriedThing

THINGS_SHOWN = 60  # at a place; of more, those that were carried last

Answers = dict[tuple[int, int], Consent]  # by community and person


@dataclass(frozen=True)
class Reason:
    """Why somebody shared a resource: nothing of them but what they agreed to."""

    speaker: Named | Somebody
    html: str
    at: datetime


def things_at(place: Any, user: Any) -> list[CarriedThing]:
    """What earlier cohorts shared and wrote that `user`, who may see `place`, reads there. Three queries, however much;
    none where nothing was carried to."""
    return with_words(CarriedThing.objects.at(place).for_reading()[:THINGS_SHOWN], user) if place.carried_things else []


def earlier_things(place: Any, user: Any) -> dict[str, list[CarriedThing]]:
    """The same, for the shelf and the wiki of a page."""
    things = things_at(place, user)
    return {
        "earlier_resources": [row for row in things if row.resource_id],
        "earlier_pages": [row for row in things if row.page_id],
    }


def earlier_in_commons(commons: Any, user: Any) -> dict[str, Any]:
    """What of earlier cohorts a community's page shows: `earlier` conversations, too."""
    return {"earlier": earlier_at(commons, user, {}), **earlier_things(commons, user)}


def with_words(rows: Iterable[CarriedThing], user: Any) -> list[CarriedThing]:
    """`rows`, found `for_reading`, with what `user` may read of each; those of which nothing may be read are left
    out."""
    rows = list(rows)
    hidden = set(HiddenPerson.objects.hidden_from(user.pk).values_list("hidden", flat=True)) if rows else set()
    for row in rows:
        row.is_unwanted = row.named_by in hidden
    read_sharings([row for row in rows if row.resource_id], hidden)
    pages = [row for row in rows if row.page_id]
    answers = answers_of(pages)
    for row in pages:
        read_page(row, answers, hidden)
    return [row for row in rows if row.html or row.reasons]


def sharings_of(carried: Any) -> Any:
    """Sharings of `carried` that stand, were there when it was carried, and whose sharers agree now; with `shown_as`,
    and `by`, the id of the row. A file and a note are words of who shared them first."""
    then = {
        "created_at__lte": F("resource__carriedthings__carried_at"),
        "resource__place": F("resource__carriedthings__stood_at"),
    }
    rows = Sharing.objects.standing().filter(resource__carriedthings__in=carried, **then)
    agreed = rows.annotate(
        shown_as=consent_of("sharer", "resource__place__community"),
        first=consent_of("resource__shared_by", "resource__place__community"),
        by=F("resource__carriedthings"),
    )
    return agreed.exclude(shown_as="").exclude(~Q(resource__kind="link"), first="")


def read_sharings(rows: Sequence[CarriedThing], hidden: set[int]) -> None:
    found: dict[int, list[Any]] = {}
    if rows:
        for sharing in sharings_of([row.pk for row in rows]).select_related("sharer").in_order():
            if not (sharing.shown_as == Consent.Choice.NAMED and sharing.sharer_id in hidden):
                found.setdefault(sharing.by, []).append(sharing)
    for row in rows:
        said = found.get(row.pk, [])
        named = [one.sharer.handle.lower() for one in said if one.shown_as == Consent.Choice.NAMED]
        row.handles = frozenset(named)
        row.html = nameless(row.thing.html, row.handles) if said else ""
        row.reasons = [
            Reason(named_or_not(one.sharer, shown_as=one.shown_as), nameless(one.html, row.handles), one.created_at)
            for one in said
        ]


def answers_of(rows: Sequence[CarriedThing]) -> Answers:
    """What those who wrote the pages of `rows` agreed to, with them."""
    people = {person for row in rows for person in writers_of(row.page)}
    if not people:
        return {}
    communities = {row.stood_at.community_id for row in rows}
    held = Consent.objects.holding().of_people(people, communities)
    return {(answer.community_id, answer.person_id): answer for answer in held}


def read_page(row: CarriedThing, answers: Answers, hidden: set[int]) -> None:
    """Of a page the parts all of whose writers agree; words of which it is not known who wrote them, as the title of a
    box, where everybody does who wrote in the page."""
    writers, community = writers_of(row.page), row.stood_at.community_id
    agreed = {person: answers[community, person] for person in writers if (community, person) in answers}
    credits = credits_of(row.page)

    def keeps(blocks: list[str] | None) -> bool:
        people = writers if blocks is None else {p for block in blocks for p in credits.get(block, {None})}
        return bool(people) and people <= agreed.keys()

    row.is_whole = writers <= agreed.keys()
    named = [agreed[p].person for p in agreed if agreed[p].choice == Consent.Choice.NAMED and p not in hidden]
    row.people = [named_or_not(person, shown_as=Consent.Choice.NAMED) for person in named]
    row.handles = frozenset(person.handle.lower() for person in named)
    html = kept_parts(row.thing.html, keeps)
    row.html = nameless(as_words(bare(html, row.place.path)), row.handles)


def credits_of(page: Any) -> dict[str, set[int | None]]:
    """Block id → ids of who wrote in it, as far as that is known."""
    authorship = getattr(page, "authorship", None)
    return authorship.writers() if authorship else {}


def writers_of(page: Any) -> set[Any]:
    """Ids of who wrote what stands on a page or stood on it lately; None among them where that is not known."""
    return {person for people in credits_of(page).values() for person in people} or {None}


def agreements(things: Sequence[Any]) -> dict[Any, tuple[int, int]]:
    """Thing → how many people wrote it, as far as that is known, and how many of them agree to be shown. Three queries,
    however many things."""
    sharers = Sharing.objects.standing().of_resources([thing for thing in things if isinstance(thing, Resource)])
    sharers = sharers.order_by().annotate(shown_as=consent_of("sharer", "resource__place__community"))
    agreeing = Count("sharer", filter=~Q(shown_as=""), distinct=True)
    counts = sharers.values("resource").annotate(writers=Count("sharer", distinct=True), agreeing=agreeing)
    of_resources = {row["resource"]: (row["writers"], row["agreeing"]) for row in counts}
    writers = {thing: writers_of(thing) - {None} for thing in things if not isinstance(thing, Resource)}
    people, communities = set().union(*writers.values()), {page.community_id for page in writers}
    held = Consent.objects.holding().of_people(people, communities).values_list("community", "person")
    agreed = set(held) if people else set()
    of_pages = {
        page: (len(who), sum((page.community_id, one) in agreed for one in who)) for page, who in writers.items()
    }
    return of_pages | {thing: of_resources.get(thing.pk, (0, 0)) for thing in things if isinstance(thing, Resource)}
