"""Previews of the demo's links, as if they had been fetched: it shows them on a machine without a network, too."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from community.actions import as_webp
from resources.actions.page_words import PageWords
from resources.actions.previewing import Thumbnail, keep
from resources.models import LinkPreview, Resource

SIZE = (480, 300)  # pixels
COLOURS = ["#27455c", "#5c3a2e", "#2f5443", "#4b3c62", "#5f5426"]


def show(resource: Resource, row: Mapping[str, Any], when: datetime) -> None:
    """Let a link have the preview of its row, if that has one; `dead_for` are the days since it stopped answering.

    The sites behind the demo's links are never asked: who tries Weft out has not asked for that.
    """
    never = when + timedelta(days=36_500)
    LinkPreview.objects.filter(resource=resource).update(due_at=None, check_at=never)
    if not (said := row.get("preview")):
        return
    preview = LinkPreview.objects.get(resource=resource)
    words = {name: said[name] for name in ("title", "site", "description") if name in said}
    keep(preview, PageWords(**words), drawn(len(words["title"])) if said.get("picture") else None)
    LinkPreview.objects.filter(pk=preview.pk).update(answered_at=when)
    if days := said.get("dead_for"):
        failing = max(when + timedelta(days=1), timezone.now() - timedelta(days=days))
        LinkPreview.objects.filter(pk=preview.pk).update(failing_since=failing, dead_since=failing + timedelta(days=1))


def drawn(number: int) -> Thumbnail:
    """Some circles that overlap, as circles of people do."""
    picture = Image.new("RGB", SIZE, COLOURS[number % len(COLOURS)])
    draw = ImageDraw.Draw(picture)
    for turn in range(5):
        left, top, side = (turn * 97 + number * 31) % 400, (turn * 61 + number * 17) % 200, 90 + turn * 24
        draw.ellipse((left, top, left + side, top + side), outline="#f3ead7", width=4)
    return Thumbnail(as_webp(picture), *SIZE)
