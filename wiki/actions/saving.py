"""Saving wiki pages. Every save is a revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from community.actions import discard_draft, images_for, keep_draft, note_shown, pictures, pictures_of, render_at
from community.models import EditConflict
from markup import LIMITS, Conflict, Merge, Picture, Profile, Rendered, merge
from notifications.actions import record_event
from notifications.models import Event

from ..models import Revision, WikiPage
from .crediting import credit
from .naming import keep_links


@dataclass(frozen=True)
class Submitted:
    """What somebody sent, and the version of the page that they went on from."""

    body: str
    base: int


class NeedsDecision(EditConflict):
    """Two people changed one paragraph. `text` is the page as it stands, `merge` what else came together, `submitted`
    what was not saved."""

    def __init__(self, page: WikiPage, merged: Merge, submitted: Submitted) -> None:
        super().__init__(page)
        self.merge, self.submitted = merged, submitted


def edit_page(
    *,
    author: User,
    page: WikiPage,
    body: str,
    version: int,
    summary: str = "",
    submitted: Submitted | None = None,
    at: datetime | None = None,
) -> WikiPage:
    """Save a text that goes on from `version`. What others have saved since is merged into it, paragraph by paragraph;
    the page then says `is_merged`. `submitted` is what was sent at first, where its writer decided about conflicts.
    `at` is when, if not now. Locks the page row.

    Raises TooLong, and NeedsDecision where that can't be merged; what was sent is then among its writer's drafts. What
    is saved is no draft any more. Saving the same words again makes no revision, so a double click makes one.
    """
    drafts = [page.draft_slot(sent.base) for sent in (Submitted(body, version), submitted) if sent]
    try:
        with transaction.atomic():
            for slot in drafts:
                discard_draft(person=author, slot=slot)
            mine, said = Submitted(body, version), {"author": author, "summary": summary, "at": at}
            return save_merged(page, mine, submitted=submitted, **said)
    except NeedsDecision:
        keep_draft(person=author, slot=drafts[0], title="", body=body)
        for slot in drafts[1:]:
            discard_draft(person=author, slot=slot)
        raise


def save_merged(page: WikiPage, mine: Submitted, *, submitted: Submitted | None, **said: Any) -> WikiPage:
    """Save `mine` with what others have saved since; the caller holds the transaction. `said` goes with it."""
    # Locked without a join: PostgreSQL drops a row whose `last_edited_by` was changed by the one it waited for.
    page = WikiPage.objects.select_for_update().get(pk=page.pk)
    if page.source == mine.body:
        return page
    if page.version == mine.base:
        return save_revision(page, body=mine.body, submitted=submitted, **said)
    merged = merge_into(page, mine)
    if merged.conflicts:
        raise NeedsDecision(page, merged, mine)
    if merged.text() == page.source:
        return page
    save_revision(page, body=merged.text(), submitted=submitted or mine, **said)
    page.is_merged = True
    return page


def merge_into(page: WikiPage, mine: Submitted, *, number: int | None = None) -> Merge:
    """What was sent with the page as it stands, or as it stood in the version of this number. Where nobody can say what
    changed, or both together are too long, all of both texts is one conflict."""
    theirs = page.revisions.readable().source_of(number) if number else None
    theirs = page.source if theirs is None else theirs
    base = page.revisions.source_of(mine.base)
    merged = None if base is None else merge(base, theirs, mine.body)
    if merged and (merged.conflicts or len(merged.text()) <= LIMITS[Profile.WIKI]):
        return merged
    return Merge([Conflict(0, "", base or "", theirs, mine.body)])


def save_revision(
    page: WikiPage,
    *,
    author: User,
    body: str,
    summary: str,
    submitted: Submitted | None = None,
    at: datetime | None = None,
) -> WikiPage:
    """Write page and revision; the caller holds the transaction and the lock."""
    images = images_for(author, body, shown_by=page if page.pk else None)
    before, rendered = page.known_blocks(), rendered_page(page, body, pictures(images))
    page.credit(author)
    page.put(body, rendered, author=author)
    page.last_edited_at = at or page.last_edited_at
    page.blocks = [block.as_dict() for block in rendered.blocks]
    page.save(update_fields=[*WikiPage.PUT_FIELDS, "helped_by", "blocks"] if page.pk else None)
    keep_links(page, rendered)
    note_shown(page, images, rendered.images, by=author, with_versions=True)
    sent: dict[str, Any] = {"base": submitted.base, "submitted": submitted.body} if submitted else {}
    sent["created_at"] = page.last_edited_at
    revision = Revision.objects.create(
        page=page, number=page.version, source=body, summary=summary, author=author, **sent
    )
    credit(page, revision, rendered.blocks, before=before)
    record_event(Event.Verb.EDITED, actor=author, place=page.place, target=revision)
    return page


def rendered_page(page: WikiPage, body: str, images: Mapping[str, Picture]) -> Rendered:
    """The text with the blocks that the page had keeping their ids; `images` are those that it may show."""
    return render_at(page.place, body, Profile.WIKI, previous=page.known_blocks(), images=images)[0]


def rendered_version(page: WikiPage, body: str) -> str:
    """The HTML of a text that the page had, by itself. Only what stands now is stored rendered."""
    return render_at(page.place, body, Profile.WIKI, images=pictures_of(page))[0].html
