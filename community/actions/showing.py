"""Pictures and files of a place in the words of a text. A text that shows them has them as `images` and `files`."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from markup import Picture

from ..models import PlaceFile, PlaceImage


def images_for(author: User, source: str, *, shown_by: Any = None) -> dict[str, PlaceImage]:
    """Address → image, for those named in `source` that `author` may see or that the text `shown_by` shows already:
    nobody shows others what they may not see themselves."""
    if "/images/" not in source:
        return {}
    shown = set(shown_by.images.values_list("pk", flat=True)) if shown_by else set()
    named = PlaceImage.objects.named_in(source)
    return {image.get_absolute_url(): image for image in named if image.pk in shown or image.may_be_seen_by(author)}


def note_shown(
    text: Any, images: Mapping[str, PlaceImage], shown: list[str], *, by: User, with_versions: bool = False
) -> None:
    """Let `text`, written by `by`, show those of `images` whose addresses it has, and the files that it links to; they
    are no longer for the sweep to take. `with_versions`: and all that its earlier versions showed, which people can
    read and restore."""
    used = [images[address] for address in shown if address in images]
    if with_versions:
        text.images.add(*used)
    elif used or images or text.version > 1:
        text.images.set(used)
    ids = [image.pk for image in used if image.used_at is None]
    if ids:
        PlaceImage.objects.filter(pk__in=ids).note_used()
    if "/files/" in text.source or text.version > 1:
        note_files(text, by, with_versions=with_versions)


def note_files(text: Any, by: User, *, with_versions: bool) -> None:
    """Files are shown by a link; the same holds as for pictures."""
    shown = set(text.files.values_list("pk", flat=True))
    named = PlaceFile.objects.named_in(text.source) if "/files/" in text.source else []
    used = [file.pk for file in named if file.pk in shown or file.may_be_seen_by(by)]
    if with_versions:
        used = list(shown.union(used))
    if set(used) != shown:
        text.files.set(used)
        PlaceFile.objects.filter(pk__in=used).note_used()


def pictures_of(text: Any) -> dict[str, Picture]:
    """Those that a stored text shows already, by address."""
    return pictures({image.get_absolute_url(): image for image in text.images.with_communities()})


def pictures(images: Mapping[str, PlaceImage]) -> dict[str, Picture]:
    """What a text shows of each."""
    return {address: image.picture for address, image in images.items()}
