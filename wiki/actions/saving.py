"""Saving wiki pages. Every save is a revision."""

from django.db import transaction

from accounts.models import User
from community.actions import render_at
from markup import Profile, Rendered
from notifications.actions import record_event
from notifications.models import Event

from ..models import Revision, WikiPage


@transaction.atomic
def edit_page(*, author: User, page: WikiPage, body: str, version: int, summary: str = "") -> WikiPage:
    """Save a new version on top of `version`. Locks the page row.

    Raises TooLong, and EditConflict when the page is at another version by now. Saving the same words again makes
    no revision, so a double click makes one.
    """
    # Locked without a join: PostgreSQL drops a row whose `last_edited_by` was changed by the one it waited for.
    page = WikiPage.objects.select_for_update().get(pk=page.pk)
    if page.source == body:
        return page
    page.refuse_stale(version)
    return save_revision(page, author=author, body=body, summary=summary)


def save_revision(page: WikiPage, *, author: User, body: str, summary: str) -> WikiPage:
    """Write page and revision; the caller holds the transaction and the lock."""
    rendered = rendered_page(page, body)
    page.put(body, rendered, author=author)
    page.blocks = [block.as_dict() for block in rendered.blocks]
    page.save(update_fields=[*WikiPage.PUT_FIELDS, "blocks"] if page.pk else None)
    revision = Revision.objects.create(page=page, number=page.version, source=body, summary=summary, author=author)
    record_event(Event.Verb.EDITED, actor=author, place=page.place, target=revision)
    return page


def rendered_page(page: WikiPage, body: str) -> Rendered:
    """The text with the blocks that the page had keeping their ids."""
    return render_at(page.place, body, Profile.WIKI, previous=page.known_blocks())[0]
