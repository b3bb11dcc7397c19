import re
import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from markup import Picture

from .upload import Upload, UploadQuerySet, plain_words

PICTURE_TYPE = "image/webp"  # what pictures are written anew as
SERVED_AS_THEMSELVES = ("application/pdf", "text/plain", "audio/", "video/")
KINDS = (  # the first that fits the beginning of a type
    ("application/pdf", _("PDF")),
    ("application/vnd.oasis.opendocument", _("Document")),
    ("application/vnd.openxmlformats", _("Document")),
    ("application/vnd.ms-", _("Document")),
    ("application/msword", _("Document")),
    ("application/epub", _("Book")),
    ("image/", _("Picture")),
    ("audio/", _("Sound")),
    ("video/", _("Film")),
    ("text/", _("Text")),
    ("application/json", _("Text")),
    ("application/zip", _("Archive")),
    ("application/gzip", _("Archive")),
    ("application/x-", _("Archive")),
    ("", _("File")),
)


class PlaceFileQuerySet(UploadQuerySet):
    ADDRESS = re.compile(r"/c/[\w-]+/files/(\d{1,18})/", re.ASCII)

    def stored(self):
        """Those whose content is all there."""
        return self.exclude(stored_at=None)

    def unpreviewed(self):
        """Those of which it is still to be seen whether there is a small picture to be had."""
        return self.stored().filter(previewed_at=None)

    def waiting_for_preview(self, *, since):
        return self.unpreviewed().filter(stored_at__lt=since).order_by("pk")


def stored_name(file, name=""):
    """Nothing of what its uploader called it, and no ending, so that no server takes it for a page."""
    return f"places/{file.place_id}/{uuid.uuid4().hex}"


class PlaceFile(Upload):
    """A file that somebody put at a place. `community.actions.add_file` makes one.

    Its content and `preview` (a small picture of it, or none) are in Django's storage, which may have no paths.
    `name` is what people see; `mime` is what the content says, whatever the name says. A picture was written anew as
    WebP without what cameras note. What shows it (a shared resource, a post) has a relation to it, keeps it by
    `note_used`, and says by its queryset's `shown_to(user)` who may see it.
    """

    NAME_MAX = 120

    name = models.CharField(max_length=NAME_MAX)
    mime = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=stored_name, max_length=200)
    preview = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    preview_width = models.PositiveSmallIntegerField(default=0)
    preview_height = models.PositiveSmallIntegerField(default=0)
    stored_at = models.DateTimeField(null=True, blank=True)
    previewed_at = models.DateTimeField(null=True, blank=True)

    objects = PlaceFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uploaded_by", "key"], name="one_file_a_key")]
        indexes = [
            models.Index(fields=["uploaded_by", "-created_at"]),
            models.Index(fields=["created_at"], condition=models.Q(used_at=None), name="file_never_used"),
            models.Index(fields=["stored_at"], condition=models.Q(previewed_at=None), name="file_never_previewed"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("file", args=[self.place.community.slug, self.pk, self.plain_name])

    @property
    def plain_name(self):
        """Its name as its address has it."""
        return re.sub(r"[^\w.-]+", "-", self.name).strip("-.") or "file"

    def in_words(self, words=""):
        return f"[{plain_words(words or self.name)}]({self.get_absolute_url()})"

    @property
    def kind(self):
        """What people call such a file."""
        return next(kind for beginning, kind in KINDS if self.mime.startswith(beginning))

    @property
    def is_picture(self):
        """Whether it is one of ours, written anew; nothing else is ever shown in a page."""
        return self.mime == PICTURE_TYPE

    @property
    def served_as(self):
        """The type that a browser is told: none that it would run."""
        itself = self.is_picture or self.mime.startswith(SERVED_AS_THEMSELVES)
        return self.mime if itself else "application/octet-stream"

    @property
    def picture(self):
        """The small picture of it with its size, or None; its place's community must be there."""
        if not self.preview:
            return None
        url = reverse("file_preview", args=[self.place.community.slug, self.pk])
        return Picture(url, self.preview_width, self.preview_height)
