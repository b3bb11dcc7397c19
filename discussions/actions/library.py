"""Keeping prompts to ask them again."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import discard_draft
from community.models import Community

from ..models import LibraryPrompt, Rights, Thread
from .locking import lock_thread
from .removing import NotTheirs

LIBRARY_MAX = 500  # prompts of one community


class LibraryFull(Exception):
    """The community has kept as many as it may."""


@transaction.atomic
def write_prompt(
    *,
    by: User,
    community: Community,
    title: str,
    body: str,
    answer_first: bool,
    is_anonymous: bool,
    key: UUID,
    slot: str = "",
) -> LibraryPrompt:
    """Put a prompt into a community's library without asking it. Raises NotTheirs and LibraryFull. A second call with
    the same `key` returns what the first one made. The draft of `by` in `slot` is done with."""
    refuse_unless_guide(by, community)
    discard_draft(person=by, slot=slot)
    terms = {"answer_first": answer_first, "is_anonymous": is_anonymous}
    kept = LibraryPrompt.objects.filter(kept_by=by, key=key).first()
    if kept:
        return kept
    refuse_if_library_full(community)
    words = {"community": community, "title": title, "body": body}
    return LibraryPrompt.objects.get_or_create(kept_by=by, key=key, defaults=words | terms)[0]


@transaction.atomic
def keep_prompt(*, by: User, thread: Thread) -> LibraryPrompt:
    """Keep a prompt, or a topic, that guides have asked in words of its own. Locks the thread row. Raises NotTheirs,
    also where its words are gone, and LibraryFull. One that is kept already gets the words and terms of now."""
    thread = lock_thread(thread.pk)
    opening = thread.posts.openings().first()
    if not (Rights.at(thread.place, by).may_set_terms(thread) and opening and not opening.is_gone):
        raise NotTheirs(thread)
    community = thread.place.community
    words = {"title": thread.title, "body": opening.source, "removed_at": None}
    terms = {"answer_first": thread.answer_first, "is_anonymous": thread.is_anonymous}
    if not LibraryPrompt.objects.of(community).filter(kept_from=thread).exists():
        refuse_if_library_full(community)
    made = {"kept_by": by, **words, **terms}
    here = {"community": community, "kept_from": thread}
    return LibraryPrompt.objects.update_or_create(**here, defaults=words | terms, create_defaults=made)[0]


@transaction.atomic
def take_out_prompt(*, by: User, prompt: LibraryPrompt) -> None:
    """What was asked with it stays as it is. `put_back_prompt` undoes it. Raises NotTheirs."""
    refuse_unless_guide(by, prompt.community)
    LibraryPrompt.objects.filter(pk=prompt.pk, removed_at=None).update(removed_at=timezone.now())


@transaction.atomic
def put_back_prompt(*, by: User, prompt: LibraryPrompt) -> None:
    """Raises NotTheirs."""
    refuse_unless_guide(by, prompt.community)
    LibraryPrompt.objects.filter(pk=prompt.pk).update(removed_at=None)


def refuse_unless_guide(by: User, community: Community) -> None:
    if not Rights.at(community.places.commons().select_related("community").get(), by).may_pose:
        raise NotTheirs(community)


def refuse_if_library_full(community: Community) -> None:
    if LibraryPrompt.objects.of(community).count() >= LIBRARY_MAX:
        raise LibraryFull(community)
