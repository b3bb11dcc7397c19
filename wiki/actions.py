"""Writing wiki pages. Every save is a revision."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from community.actions import render_at
from community.models import Community, Place
from markup import Profile, Rendered
from notifications.actions import record_event
from notifications.models import Event

from .models import Revision, WikiPage


@transaction.atomic
def create_page(*, author: User, place: Place, title: str, body: str, key: UUID, summary: str = "") -> WikiPage:
    """A page at `place` with its first revision, and a place to talk about it. Raises TooLong.

    A second call with the same `key` returns the first's. Locks the community row, so that two pages of one title
    get addresses of their own.
    """
    Community.objects.select_for_update(no_key=True).get(pk=place.community_id)
    again = place.wiki_pages.filter(key=key).first()
    if again:
        return again
    slug = free_slug(place, title)
    page = WikiPage(
        community_id=place.community_id,
        place=place,
        talk=talk_place(place, title=title, slug=slug),
        title=title,
        key=key,
        slug=slug,
        last_edited_by=author,
        version=0,
        author_count=0,
    )
    return save_revision(page, author=author, body=body, summary=summary)


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


def talk_place(place: Place, *, title: str, slug: str) -> Place:
    """Where a page at `place` is talked about; who may not see the one does not see the other."""
    path = reverse("wiki_page", args=[place.community.slug, slug])
    return Place.objects.create(
        community_id=place.community_id, kind=Place.Kind.WIKI, title=title, path=path, within=place
    )


def rendered_page(page: WikiPage, body: str) -> Rendered:
    """The text with the blocks that the page had keeping their ids."""
    return render_at(page.place, body, Profile.WIKI, previous=page.known_blocks())[0]


def free_slug(place: Place, title: str) -> str:
    """An address no page of the place's community has, as near to `title` as can be."""
    base = slugify(title, allow_unicode=False)[:120] or "page"
    slug, n = base, 1
    while WikiPage.objects.filter(community=place.community_id, slug=slug).exists():
        n += 1
        slug = f"{base}-{n}"
    return slug
