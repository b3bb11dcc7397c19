"""Keeping words that are not sent yet, and not those that are; see community.actions.drafts."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from community.actions import discard_draft, keep_draft
from community.models import Draft
from discussions.models import LibraryPrompt, SummaryRevision
from wiki.models import Revision, WikiPage

from ..models import Suggestion

OF_VERSION = re.compile(r"(?P<of>wiki|summary):(?P<pk>\d+):(?P<number>\d+)")  # slots of texts with versions


class AlreadySent(Exception):
    """What stood in the form is no draft any more: something was made with its key."""


@transaction.atomic
def save_draft(*, person: User, slot: str, title: str, body: str, key: UUID | None = None) -> Draft | None:
    """Keep somebody's words for the form that `slot` names, instead of those kept before; None when there are none.

    `key` is the form's. Raises AlreadySent where something was made with it, whenever this arrives: before that it is
    let go of with what is sent, and else it waits for that, or comes after it. Words that are not what was sent need a
    key of their own.
    """
    Draft.objects.hold(person, slot)
    if key is not None and sent_among(person, [key]):
        raise AlreadySent(slot)
    if is_saved(person, slot, body):
        discard_draft(person=person, slot=slot)
        return None
    return keep_draft(person=person, slot=slot, title=title, body=body)


def sent_among(person: User, keys: Iterable[UUID]) -> set[UUID]:
    """Those of `keys` with which `person` has posted, begun a page, suggested an edit or put a prompt aside."""
    keys = list(keys)
    made = [
        person.posts.filter(key__in=keys),
        WikiPage.objects.begun_with(person, keys),
        Suggestion.objects.by(person).filter(key__in=keys),
        LibraryPrompt.objects.filter(kept_by=person, key__in=keys),
    ]
    posts, *others = (rows.order_by().values_list("key", flat=True) for rows in made)
    return set(posts.union(*others))


def is_saved(person: User, slot: str, body: str) -> bool:
    """Whether `person` saved these words already in the form of a page or a summary that `slot` names: there is a later
    version of theirs that has them. Such a form makes nothing that had its key."""
    form = OF_VERSION.fullmatch(slot)
    if not form:
        return False
    text, later = int(form["pk"]), Q(author=person, number__gt=int(form["number"]))
    if form["of"] == "wiki":
        return Revision.objects.filter(later, Q(source=body) | Q(submitted=body), page_id=text).exists()
    return SummaryRevision.objects.filter(later, source=body, summary__thread_id=text).exists()
