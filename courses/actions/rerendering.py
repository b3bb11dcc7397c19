"""Rendering stored texts again, after the renderer or what a text shows has changed."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models, transaction

from community.actions import pictures_of, render_at
from discussions.actions import rendered_summary
from discussions.models import Post, Summary
from markup import RENDERER_VERSION, Profile, Rendered, TooLong
from resources.actions import words_in
from resources.models import Collection, CollectionItem, Resource, Sharing
from wiki.actions import keep_links as keep_page_links
from wiki.actions import rendered_page
from wiki.models import WikiPage

from ..models import Unit, Welcome
from .authoring import keep_links, keep_talk, preview_unit
from .welcoming import refresh_welcome

ROWS_A_BATCH = 200


def refresh_unit(unit: Unit) -> bool:
    """Render a unit's text again. No new version: the words are the same. Says whether anything changed."""
    rendered = preview_unit(unit, unit.source)
    blocks = [block.as_dict() for block in rendered.blocks]
    if (rendered.html, rendered.version, blocks) == (unit.html, unit.renderer, unit.blocks):
        return False
    unit.html, unit.renderer, unit.blocks, unit.words = rendered.html, rendered.version, blocks, rendered.words
    unit.save(update_fields=["html", "renderer", "blocks", "words"])
    keep_talk(unit, rendered.prompts, author=unit.edited_by)
    keep_links(unit, rendered)
    return True


def rerender_all(*, batch_size: int = ROWS_A_BATCH) -> Iterator[tuple[str, int, int]]:
    """Bring everything to the present renderer; yields after each batch what, how many, and how many were too long.

    Each batch is a transaction of its own, with its rows locked. Can be ended and run again: it goes on from there.
    """
    for rows, render_one in (
        (Unit.objects.select_related("course", "edited_by"), refresh_unit),
        (WikiPage.objects.select_related("place"), refresh_page),
        (Resource.objects.select_related("place"), refresh_resource),
        (Sharing.objects.select_related("resource__place"), refresh_sharing),
        (Collection.objects.select_related("place"), refresh_collection),
        (CollectionItem.objects.select_related("collection__place"), refresh_item),
        (Post.objects.select_related("thread__place"), refresh_post),
        (Welcome.objects.select_related("cohort__community"), refresh_welcome),
        (Summary.objects.select_related("thread__place"), refresh_summary),
    ):
        yield from in_batches(rows, render_one, batch_size)


def in_batches(
    rows: models.QuerySet, render_one: Callable[[Any], object], batch_size: int
) -> Iterator[tuple[str, int, int]]:
    name, last = str(rows.model._meta.verbose_name_plural), 0
    while True:
        with transaction.atomic():
            old = rows.filter(renderer__lt=RENDERER_VERSION, pk__gt=last).order_by("pk")
            batch = list(old.select_for_update(of=("self",))[:batch_size])
            if not batch:
                return
            last = batch[-1].pk
            refused = sum(not is_rendered(row, render_one) for row in batch)
        yield name, len(batch) - refused, refused


def is_rendered(row: Any, render_one: Callable[[Any], object]) -> bool:
    """A text that was written under a wider limit keeps its old HTML."""
    try:
        render_one(row)
    except TooLong:
        return False
    return True


def refresh_page(page: WikiPage) -> None:
    rendered = rendered_page(page, page.source, pictures_of(page))
    page.blocks = [block.as_dict() for block in rendered.blocks]
    store(page, rendered, "blocks")
    keep_page_links(page, rendered)


def refresh_resource(resource: Resource) -> None:
    store(resource, render_at(resource.place, resource.source, Profile.NOTE)[0])


def refresh_sharing(sharing: Sharing) -> None:
    store(sharing, render_at(sharing.resource.place, sharing.source, Profile.NOTE)[0])


def refresh_collection(collection: Collection) -> None:
    store(collection, words_in(collection.place, collection.source, Profile.POST))


def refresh_item(item: CollectionItem) -> None:
    store(item, words_in(item.collection.place, item.source, Profile.NOTE))


def refresh_post(post: Post) -> None:
    images = pictures_of(post)
    store(post, render_at(post.thread.place, post.source, Profile.POST, images=images, key=f"p{post.key.hex[:8]}")[0])


def refresh_summary(summary: Summary) -> None:
    store(summary, rendered_summary(summary, summary.source))


def store(row: Any, rendered: Rendered, *more: str) -> None:
    row.html, row.renderer = rendered.html, rendered.version
    row.save(update_fields=["html", "renderer", *more])
