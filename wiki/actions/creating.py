"""Beginning wiki pages."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from community.actions import discard_draft
from community.models import Community, Place

from ..models import WikiPage
from .naming import first_name, free_slug, page_path
from .saving import save_revision


@transaction.atomic
def create_page(
    *,
    author: User,
    place: Place,
    title: str,
    body: str,
    key: UUID,
    summary: str = "",
    at: datetime | None = None,
) -> WikiPage:
    """A page at `place` with its first revision, of `at` or now, and a place to talk about it. Raises TooLong.

    A second call with the same `key` returns the first's. Locks the community row, so that two pages of one title
    get addresses of their own.
    """
    discard_draft(person=author, slot=f"wiki-page:{place.pk}")
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
    save_revision(page, author=author, body=body, summary=summary, at=at)
    first_name(page, by=author)
    return page


def talk_place(place: Place, *, title: str, slug: str) -> Place:
    """Where a page at `place` is talked about; who may not see the one does not see the other."""
    return Place.objects.create(
        community_id=place.community_id,
        kind=Place.Kind.WIKI,
        title=title,
        path=page_path(place.community, slug),
        within=place,
    )
