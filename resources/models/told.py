"""What a digest says of what was shared."""

from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from notifications.models.told import Bundle, Part, Told

TOLD_CHARS = 160  # of why it is worth it
SHARINGS = ngettext_lazy("%(n)s thing shared", "%(n)s things shared", "n")


class ToldSharingQuerySet(models.QuerySet):
    def as_told(self, ids):
        """Id → what a digest tells of it, for those with these ids that stand."""
        rows: Any = self.filter(pk__in=ids, removed_at=None, resource__removed_at=None)
        around = ("resource__file", "resource__talk", "resource__place__within", "resource__place__community")
        rows = rows.select_related("sharer", *around).defer("source", "resource__source", "resource__html")
        return {row.pk: told_of_sharing(row) for row in rows}


def told_of_sharing(row):
    resource = row.resource
    words = Truncator(" ".join(strip_tags(row.html).split())).chars(TOLD_CHARS)
    return Told(
        pk=row.pk,
        part=Part.SHELF,
        place=resource.place,
        talk=resource.talk,
        bundle=Bundle(("shelf", resource.place_id), _("On the shelf"), f"{resource.place.path}#shelf"),
        url=row.get_absolute_url(),
        name=resource.name,
        who=row.sharer.name,
        words=words,
        length=len((resource.name + words).split()),
        label=SHARINGS,
        author_id=row.sharer_id,
        at=row.created_at,
    )
