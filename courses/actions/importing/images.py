"""Images made safe to serve: recognised by their content, written anew without what cameras and editors note."""

import io
import warnings

from PIL import Image, ImageOps

from . import svg

VERSION = 1  # raise it when the same file would come out otherwise
PIXELS_MAX = 40_000_000
ALL_FRAMES_PIXELS_MAX = 400_000_000
KEPT = ("background", "duration", "icc_profile", "loop", "transparency")
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", svg.TYPE: "svg"}
OPTIONS: dict[str, dict] = {"PNG": {}, "JPEG": {"quality": 90, "progressive": True}, "GIF": {}, "WEBP": {"quality": 90}}


class NotAnImage(ValueError):
    """Says why, as the end of a sentence that begins with the file's name."""


def clean(data: bytes) -> tuple[str, bytes]:
    """Media type and bytes of the image that `data` holds. Raises NotAnImage."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        try:
            return svg.TYPE, svg.clean(data)
        except svg.NotSafe as error:
            raise NotAnImage(str(error)) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(TYPES)) as image:
                return written_anew(image)
    except NotAnImage:
        raise
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise NotAnImage("is no PNG, JPEG, GIF, WebP or SVG image, or a broken one") from error


def written_anew(image: Image.Image) -> tuple[str, bytes]:
    form = image.format or ""
    frames = getattr(image, "n_frames", 1)
    pixels = image.width * image.height
    if pixels > PIXELS_MAX or pixels * frames > ALL_FRAMES_PIXELS_MAX:
        raise NotAnImage(f"has {pixels:,} pixels, at most {PIXELS_MAX:,} are allowed")
    options = dict(OPTIONS[form])
    if frames > 1 and form in ("GIF", "WEBP", "PNG"):
        options["save_all"] = True
        picture = image
    else:
        picture = ImageOps.exif_transpose(image)
        if form == "JPEG" and picture.mode not in ("L", "RGB"):
            picture = picture.convert("RGB")
    picture.info = {name: value for name, value in picture.info.items() if name in KEPT}
    buffer = io.BytesIO()
    picture.save(buffer, form, exif=b"", **options)
    return TYPES[form], buffer.getvalue()
