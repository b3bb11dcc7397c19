"""The picture of a PDF's first page: with a stand-in for pdftoppm, and with poppler's own where it is there."""

import os
import shutil
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community import tasks
from community.actions import first_page as drawing
from community.actions import preview_file
from community.models import PlaceFile
from tests.factories import a_file

PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj
trailer<</Size 4/Root 1 0 R>>
%%EOF
"""


@pytest.fixture
def pdf(world):
    return lambda: a_file(world.place, by=world.bo, upload=SimpleUploadedFile("notes.pdf", PAGE))


@pytest.fixture
def draws(tmp_path, monkeypatch):
    """Let `script` be what draws."""

    def draws(script):
        drawer = tmp_path / "bin" / "pdftoppm"
        drawer.parent.mkdir()
        drawer.write_text(f"#!/bin/sh\n{script}\n")
        drawer.chmod(0o755)
        monkeypatch.setenv("PATH", f"{drawer.parent}{os.pathsep}{os.environ['PATH']}")

    return draws


@pytest.fixture
def page(tmp_path):
    Image.new("RGB", (720, 960), "white").save(tmp_path / "page.png")
    return tmp_path / "page.png"


def test_the_first_page_is_drawn_once_the_file_is_there(pdf, draws, page, client_of, world):
    draws(
        f'[ "$*" = "-f 1 -l 1 -singlefile -png -scale-to 960 file.pdf page" ] && [ -s file.pdf ] && cp {page} page.png'
    )
    file = pdf()
    assert preview_file(file.pk)
    assert not preview_file(file.pk)
    file = PlaceFile.objects.with_communities().get()
    assert (file.picture.width, file.picture.height) == (360, 480) == Image.open(file.preview.open()).size
    response = client_of(world.bo).get(file.picture.src)
    assert (response["Content-Type"], client_of(world.cy).get(file.picture.src).status_code) == ("image/webp", 404)


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "exit 0",
        "echo no picture > page.png",
        "head -c 20000000 /dev/zero > page.png",
        "cp /etc/passwd page.png",
    ],
)
def test_what_can_not_be_drawn_has_no_picture_and_is_not_tried_again(pdf, draws, script):
    draws(script)
    file = pdf()
    assert not preview_file(file.pk)
    file.refresh_from_db()
    assert (bool(file.preview), file.previewed_at is None) == (False, False)


def test_where_poppler_is_not_there_nothing_fails(pdf, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not preview_file(pdf().pk)


def test_what_hangs_is_ended_with_all_that_it_began(pdf, draws, monkeypatch, tmp_path):
    monkeypatch.setattr(drawing, "DRAWN_S", 2)
    draws(f"sleep 300 & echo $! > {tmp_path}/began\nsleep 300")
    assert not preview_file(pdf().pk)
    began = Path(f"/proc/{(tmp_path / 'began').read_text().strip()}/stat")
    for _ in range(1200):
        if not began.exists() or began.read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("still there")


@pytest.mark.once
def test_it_takes_no_more_memory_than_it_may(tmp_path):
    greedy = [shutil.which("python3"), "-c", f"bytearray({2 * drawing.MEMORY_BYTES})"]
    assert not drawing.run_bounded(greedy, str(tmp_path))
    assert drawing.run_bounded([greedy[0], "-c", "bytearray(1000)"], str(tmp_path))


def test_a_sweep_draws_what_nobody_rang_for(pdf, draws, page):
    draws(f"cp {page} page.png")
    file = pdf()
    tasks.sweep_previews()
    assert not PlaceFile.objects.get().preview
    PlaceFile.objects.update(stored_at=file.stored_at - 2 * tasks.PREVIEW_AFTER)
    tasks.sweep_previews()
    assert PlaceFile.objects.get().preview


def test_poppler_draws_it_where_it_is(pdf):
    is_here = shutil.which("pdftoppm") is not None
    assert bool(preview_file(pdf().pk)) == is_here
    file = PlaceFile.objects.get()
    assert (file.preview_height or 0, round(file.preview_width or 0, -1)) == ((480, 360) if is_here else (0, 0))
