"""Previews of links: fetched once, with nobody's rights, by a task."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.actions import NotAPicture
from community.actions import as_webp, read_picture
from community.models import Place
from outbound import Fetched, NotAllowed, OutboundError, fetch

from .. import tasks
from ..models import LinkPreview, Resource
from .page_words import PageWords, page_words

PICTURE_SIDE = 480  # pixels
SMALLEST_SIDE = 64  # pixels; what is smaller is a dot to count readers by, or an icon
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
Fetch = Callable[[str], Fetched]


@dataclass(frozen=True)
class Thumbnail:
    """WebP, without what cameras note."""

    data: bytes
    width: int
    height: int


def ask_preview(resource: Resource) -> None:
    """Let a preview of a link be made, soon after the commit. A second call does nothing."""
    if resource.kind == Resource.Kind.LINK:
        _preview, made = LinkPreview.objects.get_or_create(resource=resource)
        if made:
            tasks.fetch_preview.delay_on_commit(resource.pk)


def make_preview(resource_id: int, *, fetch: Fetch = fetch) -> bool:
    """Fetch what a link's page says of itself, and its picture. Says whether there is a preview now.

    Does nothing unless it is due: it can run twice, and at once. Asks no one while nothing may go out.
    """
    preview = LinkPreview.objects.claim(resource_id) if settings.OUTBOUND_PORTS else None
    if preview is None:
        return False
    try:
        found = fetch(preview.resource.url)
    except NotAllowed:
        return give_up(preview)
    except OutboundError:
        return try_again(preview)
    if found.status != 200:
        return try_again(preview) if found.status in TRY_AGAIN else give_up(preview)
    words = page_words(found)
    return keep(preview, words, thumbnail_of(found, words.picture, fetch))


def thumbnail_of(page: Fetched, address: str, fetch: Fetch) -> Thumbnail | None:
    """The picture that a page names, or that a link is; None where there is none to be had."""
    if not address:
        return None
    try:
        found = page if address == page.url else fetch(address)
        return thumbnail(found.content) if found.status == 200 and found.is_whole else None
    except (OutboundError, NotAPicture):
        return None


def thumbnail(content: bytes) -> Thumbnail:
    """Written anew and small. Raises NotAPicture; sizes are read before anything is unpacked."""
    picture, _is_drawn = read_picture(SimpleUploadedFile("picture", content))
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    if min(picture.size) < SMALLEST_SIDE:
        raise NotAPicture("too small to show something")
    return Thumbnail(as_webp(picture), *picture.size)


def keep(preview: LinkPreview, words: PageWords, picture: Thumbnail | None) -> bool:
    """Let the preview stand, and call the link what its page is called where nobody has named it. What another try
    has made meanwhile stays."""
    now = timezone.now()
    said = asdict(words) | {"picture": "", "due_at": None, "failed_at": None, "fetched_at": now, "answered_at": now}
    if picture:
        preview.picture.save("", ContentFile(picture.data), save=False)
        said |= {"picture": preview.picture.name, "width": picture.width, "height": picture.height}
    try:
        with transaction.atomic():
            kept = bool(LinkPreview.objects.at_try(preview).update(**said))
            if kept and words.title:
                name_unnamed(preview.resource, words.title)
    except BaseException:
        discard(preview)
        raise
    if not kept:
        discard(preview)
    return kept


def discard(preview: LinkPreview) -> None:
    if preview.picture:
        preview.picture.delete(save=False)


def name_unnamed(resource: Resource, title: str) -> None:
    """Give a link that nobody has named a title, and the place where it is talked about too."""
    if Resource.objects.filter(pk=resource.pk, title="").update(title=title[: Resource.TITLE_MAX]):
        Place.objects.filter(resource=resource.pk).update(title=title[: Resource.TITLE_MAX])


def try_again(preview: LinkPreview) -> bool:
    """When that is was written down as this try began."""
    LinkPreview.objects.at_try(preview).update(failed_at=timezone.now())
    return False


def give_up(preview: LinkPreview) -> bool:
    LinkPreview.objects.at_try(preview).update(failed_at=timezone.now(), due_at=None)
    return False
