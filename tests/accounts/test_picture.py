"""The picture of a person: what comes in is never what goes out."""

import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from tests.factories import a_community, a_member, a_person

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def bo(db):
    return a_person("Bo Lindqvist", handle="bo")


@pytest.fixture
def upload(client, bo):
    client.force_login(bo)

    def send(data, name="me.jpg", content_type="image/jpeg", **more):
        fields = {"name": bo.name, "handle": bo.handle, "time_zone": "UTC"}
        file = SimpleUploadedFile(name, data, content_type)
        response = client.post("/settings/profile/", fields | {"picture": file} | more)
        bo.refresh_from_db()
        return response

    return send


@pytest.fixture
def files(settings):
    """The names of all files that were kept."""
    return lambda: sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def a_picture(kind="JPEG", size=(600, 400), colour="#456", mode="RGB", **more):
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **more)
    return buffer.getvalue()


def shown(client, person):
    return Image.open(io.BytesIO(b"".join(client.get(person.avatar_url))))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_bomb(width=50_000, height=50_000):
    """A black PNG of many pixels in few bytes; beyond 9,000 rows it only says so."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = bytes((1 + (width + 7) // 8) * min(height, 9_000 if width > 1 else height))
    packed = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + packed + chunk(b"IEND", b"")


def a_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("me.jpg", a_picture())
    return buffer.getvalue()


def test_a_photo_becomes_a_square_without_a_word_about_where_it_was_taken(upload, client, bo):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Bo"
    exif[0x8825] = {1: "N", 2: (45.0, 48.0, 0.0), 3: "E", 4: (15.0, 58.0, 0.0)}
    photo = a_picture(exif=exif, comment=b"at home", icc_profile=b"a profile of Bo", xmp=b"<x>Zagreb</x>")
    assert b"Camera of Bo" in photo
    assert upload(photo).status_code == 302
    image, data = shown(client, bo), b"".join(client.get(bo.avatar_url))
    assert (image.format, image.size) == ("WEBP", (256, 256))
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
    assert not [word for word in (b"Camera", b"Bo", b"Zagreb", b"home", b"EXIF", b"XMP ") if word in data]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_each_format_that_the_form_names_is_taken(upload, client, bo, kind):
    assert upload(a_picture(kind)).status_code == 302
    assert shown(client, bo).format == "WEBP"


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK"])
def test_each_way_of_saying_colours_is_taken(upload, client, bo, mode):
    colour = 1 if mode in ("1", "P", "L", "I;16") else None
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert upload(a_picture(kind, mode=mode, colour=colour or tuple(9 for _band in mode))).status_code == 302
    assert shown(client, bo).size == (256, 256)


def test_a_photo_held_sideways_stands_upright(upload, client, bo):
    picture = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(picture).rectangle((50, 0, 350, 60), fill="red")  # the top of what the camera saw
    exif, buffer = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6  # to be turned clockwise, so that its top is on the right
    picture.save(buffer, "JPEG", exif=exif)
    upload(buffer.getvalue())
    seen = shown(client, bo).convert("RGB")
    assert seen.getpixel((245, 128))[1] < 90
    assert seen.getpixel((10, 128))[1] > 200


HOSTILE = {
    "svg": (SVG, "me.svg", "image/svg+xml"),
    "svg named jpg": (SVG, "me.jpg", "image/jpeg"),
    "html": (HTML, "me.jpg", "image/jpeg"),
    "text": (b"just words", "me.jpg", "image/jpeg"),
    "zip": (a_zip(), "me.png", "image/png"),
    "gif in name only": (b"GIF89a" + HTML, "me.gif", "image/gif"),
    "half a photo": (a_picture()[:300], "me.jpg", "image/jpeg"),
    "half a png": (a_picture("PNG", size=(500, 500))[:200], "me.png", "image/png"),
    "tiff": (a_picture("TIFF"), "me.jpg", "image/jpeg"),
    "bmp": (a_picture("BMP"), "me.bmp", "image/bmp"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "me.jpg", "image/jpeg"),
    "no size": (a_bomb(0, 0), "me.png", "image/png"),
    "bomb": (a_bomb(), "me.png", "image/png"),
    "bomb below pillow's limit": (a_bomb(9_000, 9_000), "me.png", "image/png"),
    "more than fits when unpacked": (a_bomb(5_000, 3_000), "me.png", "image/png"),
    "one column": (a_bomb(1, 20_000), "me.png", "image/png"),
    "too many bytes": (a_picture() + bytes(5 * 1024 * 1024), "me.jpg", "image/jpeg"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_what_is_no_picture_is_refused_with_a_reason_and_at_once(upload, bo, files, which):
    began = time.process_time()
    response = upload(*HOSTILE[which])
    assert time.process_time() - began < 2
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["picture"]
    assert "That file can&#x27;t be used as a picture." in response.content.decode()
    assert (bo.avatar.name, files()) == ("", [])


def test_the_photo_of_a_large_camera_is_taken(upload, client, bo):
    assert upload(a_picture(size=(6_000, 5_000), mode="L", colour=99)).status_code == 302
    assert shown(client, bo).size == (256, 256)


def test_an_empty_file_is_refused(upload, files):
    assert upload(b"").status_code == 422
    assert files() == []


def test_a_picture_that_is_a_page_too_comes_out_as_a_picture_only(upload, client, bo):
    both = a_picture(comment=HTML) + HTML + a_zip()
    assert upload(both, "me.html", "text/html").status_code == 302
    response = client.get(bo.avatar_url)
    assert response["Content-Type"] == "image/webp"
    assert b"script" not in b"".join(response)
    assert bo.avatar.name.endswith(".webp")


def test_of_a_film_of_ten_thousand_pictures_only_the_first_is_read(upload, client, bo):
    head = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0xF0, 0, 0) + bytes(3) + b"\xff\x40\x40"
    frame = (
        b"\x2c"
        + struct.pack("<HHHHB", 0, 0, 8, 8, 0)
        + b"\x02\x16"
        + bytes.fromhex("8c2d99872a1cdc33a00275ec95faa8de608c" + "04" * 4)
        + b"\x00"
    )
    began = time.process_time()
    assert upload(head + frame * 10_000 + b"\x3b", "me.gif", "image/gif").status_code == 302
    assert time.process_time() - began < 2
    assert getattr(shown(client, bo), "n_frames", 1) == 1


@pytest.mark.parametrize("name", ["../../../settings.py", "a\r\nX-Evil: 1.jpg", "é" * 300 + ".jpg", "con.php"])
def test_the_name_of_the_file_says_nothing_about_where_it_is_kept(upload, bo, files, name):
    upload(a_picture(), name)
    assert files() == [bo.avatar.name.removeprefix("avatars/")]
    assert bo.avatar.name.startswith(f"avatars/{bo.pk}-")


def test_the_old_file_goes_when_a_new_one_comes_or_initials_do(upload, bo, files, django_capture_on_commit_callbacks):
    for colour in ("red", "blue", "blue"):
        with django_capture_on_commit_callbacks(execute=True):
            upload(a_picture(colour=colour))
        assert files() == [bo.avatar.name.removeprefix("avatars/")]
    with django_capture_on_commit_callbacks(execute=True):
        upload(b"", picture="", remove_picture="on")
    assert (bo.avatar.name, files()) == ("", [])


def test_a_picture_is_for_people_of_the_same_communities_and_kept_by_their_browsers_only(upload, client_of, bo):
    community = a_community(members=(bo,))
    peer, stranger = a_member(community), a_member(a_community())
    upload(a_picture())
    response = client_of(peer).get(bo.avatar_url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")
    missing = client_of(stranger).get("/people/nobody/picture/x.webp")
    hidden = client_of(stranger).get(bo.avatar_url)
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert client_of(None).get(bo.avatar_url).status_code == 302


def test_no_other_file_comes_out_of_the_address_of_a_picture(upload, client, bo, files):
    upload(a_picture())
    for name in ("x.webp", "..", "..%2f..%2fweft.sqlite3", "%00", bo.avatar_url.rpartition("/")[2] + ".bak"):
        assert client.get(f"/people/bo/picture/{name}").status_code == 404
