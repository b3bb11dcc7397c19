"""What a digest says of changes of pages."""

from typing import Any

from django.db import models
from django.utils.translation import ngettext_lazy

from notifications.models.blocks import named_blocks
from notifications.models.told import Bundle, Part, Spot, Told

AFTER_UNITS = 1 << 20
CHANGES = ngettext_lazy("%(n)s change", "%(n)s changes", "n")
PAGES = ngettext_lazy("%(n)s new page", "%(n)s new pages", "n")


class ToldRevisionQuerySet(models.QuerySet):
    def as_told(self, ids):
        """Id → what a digest tells of it, for those with these ids whose words no host has hidden."""
        rows: Any = self.readable().filter(pk__in=ids)  # type: ignore[attr-defined]
        rows = rows.select_related("author", "page__talk", "page__place__within", "page__place__community")
        rows = rows.select_related("page__community")
        rows = rows.defer("source", "submitted", "page__source", "page__html", "page__blocks")
        return {row.pk: told_of_revision(row) for row in rows}


class SpottedQuerySet(models.QuerySet):
    def spots(self, blocks):
        """For places where pages are talked about, and ids of their blocks, which block each is. One query."""
        pages: Any = self.filter(talk__in=[place for place, ids in blocks.items() if ids - {""}]).only("talk", "blocks")
        found = {}
        for page in pages:
            for block, (index, name) in named_blocks(page.known_blocks()).items():
                found[page.talk_id, block] = Spot(name, (AFTER_UNITS, index))
        return found


def told_of_revision(row):
    page, is_first = row.page, row.number == 1
    return Told(
        pk=row.pk,
        part=Part.PAGES,
        place=page.place,
        talk=page.talk,
        bundle=Bundle(("page", page.pk), page.title, page.get_absolute_url()),
        url=page.get_absolute_url() if is_first else row.get_absolute_url(),
        who=row.author.name,
        words=row.summary,
        length=len(row.summary.split()) + 20,
        label=PAGES if is_first else CHANGES,
        author_id=row.author_id,
        at=row.created_at,
    )
