"""Pictures and files of a place in the words of posts."""

from collections.abc import Mapping

from accounts.models import User
from community.models import PlaceFile, PlaceImage
from markup import Picture

from ..models import Post, may_see_upload


def images_for(author: User, source: str, *, post: Post | None = None) -> dict[str, PlaceImage]:
    """Address → image, for those named in `source` that `author` may see or that `post` shows already: nobody shows
    others what they may not see themselves."""
    if "/images/" not in source:
        return {}
    shown = set(post.images.values_list("pk", flat=True)) if post else set()
    named = PlaceImage.objects.named_in(source)
    return {image.get_absolute_url(): image for image in named if image.pk in shown or may_see_upload(author, image)}


def note_shown(post: Post, images: Mapping[str, PlaceImage], shown: list[str]) -> None:
    """Let `post` show those of `images` whose addresses its text has, and the files that it links to; they are no
    longer for the sweep to take."""
    used = [images[address] for address in shown if address in images]
    if used or images or post.version > 1:
        post.images.set(used)
    ids = [image.pk for image in used if image.used_at is None]
    if ids:
        PlaceImage.objects.filter(pk__in=ids).note_used()
    if "/files/" in post.source or post.version > 1:
        note_files(post)


def note_files(post: Post) -> None:
    """Files are shown by a link; the same holds as for pictures."""
    shown = set(post.files.values_list("pk", flat=True))
    named = PlaceFile.objects.named_in(post.source) if "/files/" in post.source else []
    used = [file.pk for file in named if file.pk in shown or may_see_upload(post.author, file)]
    if set(used) != shown:
        post.files.set(used)
        PlaceFile.objects.filter(pk__in=used).note_used()


def pictures(images: Mapping[str, PlaceImage]) -> dict[str, Picture]:
    """What a text shows of each."""
    return {address: image.picture for address, image in images.items()}
