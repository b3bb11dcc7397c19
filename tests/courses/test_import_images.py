"""Images of imported courses: recognised by content, cleaned, replaced, and missed."""

import io

import pytest
from django.utils import timezone
from PIL import Image

from courses.actions import ImportProblem, import_course
from courses.actions.importing import images
from courses.models import CourseFile, Unit
from tests import factories as make

from .conftest import PICTURE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
BOMB = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("<text>&b;</text>")


def photo(form, *, size=(4, 3), mode="RGB", **more):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x0112] = 6  # turned by a quarter
    buffer = io.BytesIO()
    Image.new(mode, size, "teal").save(buffer, form, exif=exif, **more)
    return buffer.getvalue()


def stored(course, path):
    file = course.files.get(path=path)
    return file.content_type, file.file.read()


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP")])
def test_a_picture_is_written_anew_without_what_the_camera_noted(folder, db, name, form):
    folder.write("a.md", f"![A picture]({name})\n")
    folder.write(name, photo(form, **({"comment": b"secret"} if form == "JPEG" else {})))
    kind, data = stored(import_course(folder.path).course, name)
    assert kind == f"image/{form.lower()}"
    assert b"A camera" not in data
    assert b"secret" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (3, 4)
        assert not image.getexif()


def test_moving_pictures_keep_moving(folder, db):
    folder.write("a.md", "![It moves](a.gif)\n")
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0, comment=b"secret")
    folder.write("a.gif", buffer.getvalue())
    kind, data = stored(import_course(folder.path).course, "a.gif")
    assert kind == "image/gif"
    assert b"secret" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert image.n_frames == 3


def test_the_content_says_what_an_image_is_and_not_its_name(folder, db):
    folder.write("a.md", "![A picture](a.jpg)\n")
    folder.write("a.jpg", photo("PNG"))
    course = import_course(folder.path).course
    assert stored(course, "a.jpg")[0] == "image/png"
    assert course.files.get().file.name.endswith(".png")


def test_a_drawing_loses_what_could_run_and_keeps_what_it_shows(folder, db):
    folder.write("a.md", "![A drawing](a.svg)\n")
    active = (
        '<script>alert(1)</script><g onclick="alert(2)"><a xlink:href="javascript:alert(3)"><circle r="1"/></a></g>'
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">four</p></foreignObject>'
        '<use href="#one"/><image href="data:text/html,five"/><style>.a { fill: red }</style>'
    )
    folder.write("a.svg", SVG.format(active))
    kind, data = stored(import_course(folder.path).course, "a.svg")
    assert kind == "image/svg+xml"
    for word in (b"alert", b"onclick", b"four", b"five"):
        assert word not in data
    for word in (b"<circle", b'href="#one"', b"fill: red"):
        assert word in data


def test_the_bare_doctype_of_drawing_programs_is_left_out(folder, db):
    folder.write("a.md", "![A drawing](a.svg)\n")
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    folder.write("a.svg", f'<?xml version="1.0"?>{doctype}{PICTURE}')
    assert b"DOCTYPE" not in stored(import_course(folder.path).course, "a.svg")[1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB, "declares entities in its DOCTYPE"),
        ("<svg><rect>", "is not well-formed XML"),
        ("<html/>", "its first element is not svg"),
        (SVG.format("<g>" * 300 + "</g>" * 300), "too many inside each other"),
        (photo("PNG", size=(7_000, 6_000), mode="1"), "has 42,000,000 pixels, at most 40,000,000 are allowed"),
        (photo("PNG")[:60], "or a broken one"),
        ("no picture", "is no PNG, JPEG, GIF, WebP or SVG image"),
        (b"\0" * (10 * 1024 * 1024 + 1), "is larger than 10,240 KB"),
    ],
)
def test_an_image_that_is_none_is_refused_with_the_reason(folder, db, data, said):
    folder.write("a.md", "Words.\n")
    folder.write("a.png", data)
    with pytest.raises(ImportProblem) as refused:
        import_course(folder.path)
    assert [problem.path for problem in refused.value.problems] == ["a.png"]
    assert said in str(refused.value)


def test_a_missing_image_is_named_with_its_line_and_described(folder, db):
    folder.unit("sub/a.md", "Words.\n\n![A lost picture](../img/gone.png)\n", title="One")
    report = import_course(folder.path)
    assert [str(warning) for warning in report.warnings] == [
        "sub/a.md:7: image ../img/gone.png is not in the folder; its description is shown instead"
    ]
    assert "A lost picture" in report.course.units.get().html


def test_an_image_that_comes_later_or_changes_shows_without_a_new_version(folder, db, uploads):
    folder.write("a.md", "![A dot](img/my%20dot.svg)\n")
    folder.write("b.md", "Words.\n")
    course = import_course(folder.path).course
    place = make.place_of(course.units.get(slug="a"), make.a_cohort(course).community)
    for colour in ("#456", "#789"):
        folder.write("img/my dot.svg", PICTURE.replace("#456", colour))
        report = import_course(folder.path)
        assert {unit.path: (unit.status, unit.changes) for unit in report.units} == {
            "a.md": ("updated", ("images or links",)),
            "b.md": ("unchanged", ()),
        }
        file = course.files.get()
        assert file.get_absolute_url() in Unit.objects.get(slug="a").html
        assert colour.encode() in file.file.read()
    assert Unit.objects.get(slug="a").version == 1
    assert place.opens_at < timezone.now()
    assert import_course(folder.path).is_unchanged


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_replaced_image_goes(folder, uploads):
    folder.write("a.md", "![A dot](dot.svg)\n")
    for colour in ("#456", "#789"):
        folder.write("dot.svg", PICTURE.replace("#456", colour))
        import_course(folder.path)
    assert len(uploads()) == 1


def test_an_image_that_is_no_longer_in_the_folder_stays(folder, db):
    folder.write("a.md", "![A dot](dot.svg)\n")
    folder.write("dot.svg", PICTURE)
    import_course(folder.path)
    folder.remove("dot.svg")
    report = import_course(folder.path)
    assert report.removed == ["dot.svg"]
    assert report.warnings[0].reason.endswith("the one imported before is shown")
    assert "<img" in Unit.objects.get().html
    assert CourseFile.objects.exists()


def test_a_format_that_pillow_knows_and_we_do_not_is_refused():
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "BMP")
    with pytest.raises(images.NotAnImage):
        images.clean(buffer.getvalue())
