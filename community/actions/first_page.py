"""A picture of a document's first page, drawn by poppler's pdftoppm where that is there.

It reads what strangers wrote, so it runs as a process of its own, in a folder of its own, with bounds on memory, time
and what it writes; of what goes wrong there comes no more than a file without a picture.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile, File
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from PIL import Image

from accounts.actions import NotAPicture, opened_picture

from ..models import PlaceFile
from ..models.file import stored_name
from .pictures import as_webp
from .reading_files import PREVIEW_SIDE

PDF = "application/pdf"
DRAWN_S = 20  # seconds after which it is ended, however busy it is
COMPUTED_S = 10  # seconds of a core
MEMORY_BYTES = 512 * 1024**2
DRAWN_BYTES = 16 * 1024**2
# The alarm ends what outlives a killed worker, too.
BOUNDED = f"""
import os, resource, signal, sys
for what, most in (("AS", {MEMORY_BYTES}), ("CPU", {COMPUTED_S}), ("FSIZE", {DRAWN_BYTES}), ("CORE", 0)):
    resource.setrlimit(getattr(resource, "RLIMIT_" + what), (most, most))
signal.alarm({2 * DRAWN_S})
os.execv(sys.argv[1], sys.argv[1:])
"""


def preview_file(file_id: int) -> bool:
    """Draw the first page of a file, or note that there is none to be had. Says whether there is one now. Safe to run
    twice, and at once: the first to be done is kept."""
    file = PlaceFile.objects.unpreviewed().filter(pk=file_id).first()
    if not file:
        return False
    page, done = first_page(file.file) if file.mime == PDF else None, {"previewed_at": timezone.now()}
    if not page:
        PlaceFile.objects.unpreviewed().filter(pk=file_id).update(**done)
        return False
    storage = file.preview.storage
    name = storage.save(stored_name(file), ContentFile(as_webp(page, is_drawn=True)))
    size = {"preview_width": page.width, "preview_height": page.height}
    if PlaceFile.objects.unpreviewed().filter(pk=file_id).update(preview=name, **size, **done):
        return True
    storage.delete(name)
    return False


def first_page(content: FieldFile) -> Image.Image | None:
    """The picture, at most PREVIEW_SIDE wide and high; None where poppler is not there, or can't."""
    drawer = shutil.which("pdftoppm")
    if not drawer:
        return None
    with TemporaryDirectory() as folder:
        with content.open("rb") as stored, Path(folder, "file.pdf").open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        asked = ["-f", "1", "-l", "1", "-singlefile", "-png", "-scale-to", str(2 * PREVIEW_SIDE), "file.pdf", "page"]
        ended_well = run_bounded([drawer, *asked], folder)
        drawn = Path(folder, "page.png")
        return picture_of(drawn) if ended_well and drawn.is_file() else None


def picture_of(drawn: Path) -> Image.Image | None:
    with contextlib.suppress(NotAPicture), drawn.open("rb") as opened:
        with opened_picture(File(opened), side=PREVIEW_SIDE, bytes_max=DRAWN_BYTES) as image:
            page = image.convert("RGB")
            page.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
        page.info = {}
        return page
    return None


def run_bounded(command: list[str], folder: str) -> bool:
    """Run a command that may misbehave, in `folder`; it and all that it began are ended when its time is up."""
    environment = {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
    nowhere = subprocess.DEVNULL
    bounded = [sys.executable, "-I", "-S", "-c", BOUNDED, *command]
    process = subprocess.Popen(
        bounded, cwd=folder, env=environment, start_new_session=True, stdin=nowhere, stdout=nowhere, stderr=nowhere
    )
    try:
        return process.wait(timeout=DRAWN_S) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
