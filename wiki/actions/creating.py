"""Beginning wiki pages."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from community.models import Community, Place

from ..models import WikiPage
from .saving import save_revision


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


def talk_place(place: Place, *, title: str, slug: str) -> Place:
    """Where a page at `place` is talked about; who may not see the one does not see the other."""
    path = reverse("wiki_page", args=[place.community.slug, slug])
    return Place.objects.create(
        community_id=place.community_id, kind=Place.Kind.WIKI, title=title, path=path, within=place
    )


def free_slug(place: Place, title: str) -> str:
    """An address no page of the place's community has, as near to `title` as can be."""
    base = slugify(title, allow_unicode=False)[:120] or "page"
    slug, n = base, 1
    while WikiPage.objects.filter(community=place.community_id, slug=slug).exists():
        n += 1
        slug = f"{base}-{n}"
    return slug
