"""What pages are called, and which ones their texts name."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from accounts.models import User
from community.models import Community, Place
from markup import Rendered, folded
from notifications.actions import record_event
from notifications.models import Event

from ..models import PageLink, PageName, WikiPage

SLUG_MAX = 120


class RenamedMeanwhile(Exception):
    """Somebody gave the page another title meanwhile. `page` is as it is now."""

    def __init__(self, page: WikiPage) -> None:
        super().__init__(page)
        self.page = page


@transaction.atomic
def rename_page(*, by: User, page: WikiPage, title: str, was: str) -> WikiPage:
    """Give a page that is called `was` another title, and the address that goes with it. Links by the old title and
    the old addresses lead on. Asked twice, it is done once. Raises RenamedMeanwhile. Locks community and page.
    """
    Community.objects.select_for_update(no_key=True).get(pk=page.community_id)
    page = WikiPage.objects.select_for_update().get(pk=page.pk)
    if page.title == title:
        return page
    if page.title != was:
        raise RenamedMeanwhile(page)
    name = folded(title)
    if name != folded(was):
        put_name(page, name, title, by=by)
    page.title = title
    page.save(update_fields=["title", "slug"])
    Place.objects.filter(pk=page.talk_id).update(title=title, path=page_path(page.community, page.slug))
    record_event(Event.Verb.EDITED, actor=by, place=page.place, target=page.names.get(retired_at=None), tells=False)
    return page


def put_name(page: WikiPage, name: str, title: str, *, by: User) -> None:
    """Let `name` be what the page is called from now on: anew, or again."""
    now = timezone.now()
    page.names.filter(retired_at=None).update(retired_at=now)
    again = page.names.filter(name=name).first()
    if again:
        again.given_by, again.given_at, again.retired_at = by, now, None
        again.save(update_fields=["given_by", "given_at", "retired_at"])
        page.slug = again.slug or page.slug
        return
    slug = free_slug(page.place, title, own=page)
    had = page.names.filter(slug=slug).exists()
    PageName.objects.create(page=page, community_id=page.community_id, name=name, slug="" if had else slug, given_by=by)
    page.slug = slug


def first_name(page: WikiPage, *, by: User) -> None:
    """Note what a new page is called."""
    PageName.objects.create(
        page=page, community_id=page.community_id, name=folded(page.title), slug=page.slug, given_by=by
    )


def keep_links(page: WikiPage, rendered: Rendered) -> None:
    """Note which pages the page's text names now; the caller holds the transaction."""
    names = {folded(title) for title in rendered.titles}
    known = set(page.links.values_list("name", flat=True))
    if gone := known - names:
        page.links.filter(name__in=gone).delete()
    PageLink.objects.bulk_create([PageLink(page=page, name=name) for name in sorted(names - known)])


def page_path(community: Community, slug: str) -> str:
    return reverse("wiki_page", args=[community.slug, slug])


def free_slug(place: Place, title: str, *, own: WikiPage | None = None) -> str:
    """An address no other page of the place's community has or ever had, as near to `title` as can be.

    While members don't see the place yet it ends in letters by chance: otherwise the address that a page of theirs
    gets would tell that there is one of its title.
    """
    base = slugify(title, allow_unicode=False)[:SLUG_MAX].strip("-") or "page"
    if not place.is_open:
        base = f"{base}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz')}"
    taken = PageName.objects.filter(community=place.community_id, slug__startswith=base)
    slugs = set((taken.exclude(page=own) if own else taken).values_list("slug", flat=True))
    slug, n = base, 1
    while slug in slugs:
        n += 1
        slug = f"{base}-{n}"
    return slug
