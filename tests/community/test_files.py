"""Files at a place: what comes in, what is kept, and how much of it."""

import io
import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.actions import FileRefused, FileTooLarge, KindNotTaken, PictureBroken, QuotaFull, TooFast, add_file
from community.actions.reading_files import clean_name
from community.models import PlaceFile
from tests.accounts.test_picture import a_bomb, a_zip
from tests.factories import an_upload

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(data=PDF, name="Field notes.pdf"):
    return SimpleUploadedFile(name, data, "application/whatever")


@pytest.fixture
def add(world):
    def add(given=None, *, key=None, by=None):
        return add_file(by=by or world.bo, place=world.place, upload=given or upload(), key=key or uuid.uuid4())

    return add


@pytest.fixture
def stored(settings):
    return lambda: [path for path in Path(settings.MEDIA_ROOT).glob("places/**/*") if path.is_file()]


def test_a_file_is_kept_as_it_is_under_a_name_of_ours(add, stored, world):
    file = add()
    assert (file.name, file.mime, str(file.kind), file.size_bytes) == ("Field notes.pdf", "application/pdf", "PDF", 35)
    assert file.file.read() == PDF
    assert len(file.sha256) == 64
    assert (file.place, file.uploaded_by, file.used_at) == (world.place, world.bo, None)
    assert file.get_absolute_url() == f"/c/heron/files/{file.pk}/Field-notes.pdf"
    assert ["notes" in str(path).lower() for path in stored()] == [False]


def test_a_picture_is_written_anew_and_gets_a_small_one(add):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    file = add(an_upload("Nest.jpeg", "JPEG", (900, 600), exif=exif))
    assert (file.name, file.mime, file.is_picture) == ("Nest.webp", "image/webp", True)
    data = file.file.read()
    assert (b"A camera" in data, len(data)) == (False, file.size_bytes)
    assert dict(Image.open(file.file.open()).getexif()) == {}
    assert Image.open(file.preview.open()).size == (480, 320) == (file.preview_width, file.preview_height)
    assert (file.picture.src, file.picture.width) == (f"/c/heron/files/{file.pk}/preview/", 480)


def a_film(frames=300):
    first, *more = [Image.new("P", (40, 30), n % 200) for n in range(frames)]
    return an_upload("film.gif", "GIF", save_all=True, append_images=[first, *more])


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"MZ" + bytes(300), "notes.txt", KindNotTaken),
        (b"some words " * 20 + bytes(range(256)), "notes.txt", KindNotTaken),
        (b"II*\x00\x08\x00\x00\x00" + bytes(40), "photo.jpg", KindNotTaken),
        (b"\x00\x00\x00\x18ftypavif" + bytes(40), "photo.webp", KindNotTaken),
        (a_bomb(), "sky.png", PictureBroken),
        (b"GIF89a/*<script>alert(1)</script>*/", "both.gif", PictureBroken),
        (b"x" * 2001, "long.txt", FileTooLarge),
    ],
    ids=["program", "binary as text", "tiff", "avif", "50,000 x 50,000", "polyglot", "large"],
)
def test_what_is_not_taken_leaves_nothing_behind(add, stored, settings, data, name, error):
    if error is FileTooLarge:
        settings.FILE_BYTES_MAX = 2000
    with pytest.raises(error):
        add(upload(data, name))
    assert (PlaceFile.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (SVG, "drawing.svg", "image/svg+xml"),
        (HTML, "page.txt", "text/html"),
        (HTML, "page.jpg", "text/html"),
        (a_zip(), "me.zip", "application/zip"),
        ("häßlich".encode(), "notes.exe", "text/plain"),
    ],
    ids=["svg", "html as txt", "html as jpg", "zip", "text"],
)
def test_the_content_says_what_it_is_and_nothing_is_unpacked(add, data, name, mime):
    file = add(upload(data, name))
    assert (file.mime, file.name, file.file.read()) == (mime, name, data)
    assert not file.is_picture
    assert not file.preview
    assert file.served_as in ("application/octet-stream", "text/plain")


def test_of_a_film_the_first_picture_is_kept(add):
    file = add(a_film())
    assert getattr(Image.open(file.file.open()), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\bo\\notes.txt", "notes.txt"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie: x.txt"),
        ("cod\u202etxt.exe", "codtxt.exe"),
        ("\u2066a\u200b.pdf\x00", "a.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        (" . \u200d", "file.pdf"),
        (".htaccess", "htaccess"),
        ("e\u0301te\u0301.pdf", "\u00e9t\u00e9.pdf"),
        ("\u0645\u06cc\u200c\u062e.pdf", "\u0645\u06cc\u200c\u062e.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x." + "y" * 300, "x." + "y" * 118),
        ("\U0001f9a2" * 300, "\U0001f9a2" * 120),
    ],
)
@pytest.mark.once
def test_a_name_has_no_folder_no_control_and_an_end(given, name):
    assert clean_name(given, "application/pdf") == name


def test_a_second_call_with_the_same_key_gives_the_same_file(add, stored):
    key = uuid.uuid4()
    assert add(key=key) == add(key=key)
    assert (PlaceFile.objects.count(), len(stored())) == (1, 1)


def test_nobody_keeps_more_than_their_quota(add, stored, world, settings):
    settings.FILE_QUOTA_BYTES = 2 * len(PDF)
    add(), add(), add(by=world.fay)
    with pytest.raises(QuotaFull):
        add()
    assert (PlaceFile.objects.count(), len(stored())) == (3, 3)


def test_many_files_at_once_have_to_wait(add, monkeypatch):
    monkeypatch.setattr("community.actions.files.FILES_A_MINUTE", 2)
    add(), add()
    with pytest.raises(TooFast):
        add()


def test_a_storage_that_fails_leaves_no_row(add, monkeypatch, settings):
    def fails(self, name, content, max_length=None):
        raise OSError("disk full")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", fails)
    with pytest.raises(OSError, match="disk full"):
        add()
    assert PlaceFile.objects.count() == 0


def test_who_comes_second_with_the_same_key_drops_what_they_stored(add, stored, world):
    """As when both were past the first look, and the first one was quicker."""
    from community.actions import files

    key = uuid.uuid4()
    content = files.read_upload(upload())
    waiting = files.reserve(by=world.bo, place=world.place, content=content, key=key)
    first = add(key=key)
    assert first == waiting
    assert files.store(waiting, content).file.name == first.file.name
    assert len(stored()) == 1


class Elsewhere(Storage):
    """As object storage: nothing has a path."""

    def __init__(self):
        self.kept = {}

    def _save(self, name, content):
        self.kept[name] = b"".join(content.chunks())
        return name

    def _open(self, name, mode="rb"):
        return File(io.BytesIO(self.kept[name]), name)

    def exists(self, name):
        return name in self.kept

    def size(self, name):
        return len(self.kept[name])

    def delete(self, name):
        self.kept.pop(name, None)


def test_a_storage_without_paths_will_do(add, client_of, world, monkeypatch):
    elsewhere = Elsewhere()
    for name in ("file", "preview"):
        monkeypatch.setattr(PlaceFile._meta.get_field(name), "storage", elsewhere)
    file, picture = add(), add(an_upload())
    assert elsewhere.exists(file.file.name)
    bo = client_of(world.bo)
    assert b"".join(bo.get(file.get_absolute_url(), headers={"Range": "bytes=1-3"}).streaming_content) == b"PDF"
    assert bo.get(picture.picture.src).status_code == 200


def test_every_refusal_is_one_kind_of_error():
    assert all(issubclass(error, FileRefused) for error in (FileTooLarge, KindNotTaken, PictureBroken, QuotaFull))


def test_a_file_of_no_bytes_has_a_kind_that_is_not_taken(add):
    with pytest.raises(KindNotTaken):
        add(ContentFile(b"", name="empty.txt"))
