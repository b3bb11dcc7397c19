"""Texts that people write together, every version kept: what wiki pages and summaries have in common."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class EditConflict(Exception):
    """Somebody saved a newer version meanwhile. `text` is what they wrote in, as it stands now."""

    def __init__(self, text: Any) -> None:
        super().__init__(text)
        self.text = text


class Together(models.Model):
    """A text and its HTML. `version` is the number of its newest revision; a save that names another one is a
    conflict. Its revisions have an author each. `begun_by` and `helped_by`, who else wrote in it last, are each text's
    own fields: so a page names two without asking for more."""

    PUT_FIELDS = (
        "source", "html", "renderer", "version", "author_count", "last_edited_by", "last_edited_at",
    )  # fmt: skip

    revisions: Any  # the other end of its revisions' key
    begun_by: Any
    begun_by_id: int | None
    helped_by: Any

    source = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    author_count = models.PositiveIntegerField(default=1)
    last_edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_edited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def refuse_stale(self, version):
        """Raises EditConflict unless `version` is the newest."""
        if self.version != version:
            raise EditConflict(self)

    @property
    def unnamed_count(self):
        """How many wrote in it besides the two who are named."""
        return max(self.author_count - 2, 0)

    def credit(self, author):
        """Name `author`, who writes its next version."""
        if self.pk is None:
            self.begun_by = author
        elif author.pk != self.begun_by_id:
            self.helped_by = author

    def put(self, body, rendered, *, author):
        """Let it be `body`, its next version; the caller saves PUT_FIELDS and makes the revision."""
        self.version += 1
        self.source, self.html, self.renderer = body, rendered.html, rendered.version
        self.last_edited_by, self.last_edited_at = author, timezone.now()
        if self.pk is None or not self.revisions.filter(author=author).exists():
            self.author_count += 1


class Version(models.Model):
    """One version of a text. Never changed, never deleted."""

    NOTE_MAX = 200

    number = models.PositiveIntegerField()
    source = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
