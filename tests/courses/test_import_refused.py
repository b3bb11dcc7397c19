"""Folders that can't be imported: everything wrong is named at once, and nothing of them stays."""

import contextlib
import os
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.actions import ImportProblem, import_course
from courses.actions.importing import folder as bounds
from courses.actions.importing import units
from courses.models import Course, CourseFile, Unit
from tests import factories as make

from .conftest import PICTURE


def problems(folder):
    with pytest.raises(ImportProblem) as refused:
        import_course(folder.path)
    assert not Course.objects.exists()
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"One\ntwo \xff three\n", "a.md:2: is not UTF-8: byte 0xff stands here"),
        (b"One\ntwo\nthree \x00\n", "a.md:3: is not a text: it holds binary data"),
        (b"---\ntitle: One\norder: first\n---\nWords.\n", "a.md:3: `order` should be a number"),
        (b"---\ntitle: One\n  summary: [\n---\nWords.\n", "a.md:3: is not YAML: mapping values are not allowed here"),
        (b"---\njust words\n---\n", "a.md:2: should hold lines like `title: The first week`"),
        (b"---\ntitle: [a, b]\n---\n", "a.md:2: `title` should be a text"),
        (b"---\ntitle: " + b"x" * 161 + b"\n---\n", "a.md:2: `title` has 161 characters, at most 160 are allowed"),
        (b"---\nsummary: " + b"x" * 201 + b"\n---\n", "a.md:2: `summary` has 201 characters, at most 200 are allowed"),
        (b"---\nslug: a/b\n---\n", "a.md:2: `slug` may hold letters from a to z"),
        (b"Word.\n" * 10_001, "a.md:10001: has 60,005 characters, at most 60,000 are allowed"),
        (b"x" * 300_000, "a.md: is larger than"),
        (b"---\n" + b"- [" * 4_000 + b"\n---\n", "a.md:"),
    ],
)
def test_a_text_that_cannot_be_read_is_named_with_line_and_reason(folder, db, text, said):
    folder.write("a.md", text)
    (found,) = problems(folder)
    assert found.startswith(said)


HOSTILE = ["# a" + " " * 50_000 + "b", "# " + "[" * 50_000, "---\n" + "- " * 25_000, "# {#" * 12_000, "```\n" * 15_000]


@pytest.mark.parametrize("text", [*HOSTILE, "::: questions\n" * 4_000, "---\na: " + "[" * 50_000 + "\n---\n"])
def test_no_text_keeps_the_importer_busy(folder, db, text):
    folder.write("config.yaml", "title: One\n")
    folder.write("episodes/a.md", text)
    began = time.process_time()
    with contextlib.suppress(ImportProblem):
        import_course(folder.path)
    assert time.process_time() - began < 6


def test_all_problems_of_a_folder_are_named_at_once(folder, db):
    folder.write("course.yaml", "title: One\nsections: Two\n")
    folder.write("a.md", b"\xff")
    folder.unit("b.md", order="x", slug="ä")
    folder.write("c.png", "no picture")
    folder.write("d.md", "Words.\n")
    with pytest.raises(CommandError) as refused:
        call_command("import_course", str(folder.path))
    said = str(refused.value).splitlines()
    assert said[0].startswith("Nothing was imported")
    assert [line.split(": ")[0] for line in said[1:]] == ["a.md:1", "b.md:2", "b.md:3", "c.png", "course.yaml:2"]
    assert not Course.objects.exists()


def test_an_empty_or_missing_folder_is_refused(folder, db):
    assert problems(folder) == ["a-course: holds no Markdown files"]
    with pytest.raises(ImportProblem, match="there is no such folder"):
        import_course(folder.path / "nowhere")


def test_two_units_cannot_have_one_address(folder, db):
    folder.unit("a.md", slug="same")
    folder.unit("b.md", slug="same")
    assert problems(folder) == ["b.md: asks for the address same, which a.md has"]


def test_a_lesson_that_lists_what_is_not_there_is_refused(folder, db):
    folder.write("config.yaml", "title: One\nepisodes:\n- a.md\n- gone.md\n")
    folder.write("episodes/a.md", "Words.\n")
    assert problems(folder) == ["config.yaml:4: lists gone.md, which episodes/ doesn't hold"]


def test_nothing_outside_of_the_folder_is_read(folder, db, tmp_path):
    (tmp_path / "secret.md").write_text("A secret.\n")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "more.md").write_text("A secret.\n")
    (tmp_path / "secret.svg").write_text(PICTURE)
    (folder.path / "link.md").symlink_to(tmp_path / "secret.md")
    (folder.path / "linked").symlink_to(tmp_path / "secrets")
    (folder.path / "picture.svg").symlink_to(tmp_path / "secret.svg")
    folder.write("a.md", "![One](picture.svg) ![Two](../secret.svg) ![Three](/etc/passwd) [more](../secret.md)\n")
    folder.write("a.svg", PICTURE)
    report = import_course(folder.path)
    assert [unit.path for unit in report.units] == ["a.md"]
    assert [path for path, _status in report.images] == ["a.svg"]
    assert "<img" not in report.course.units.get().html
    assert {warning.path for warning in report.warnings} == {"a.md", "link.md", "linked", "picture.svg"}


def test_a_pipe_in_the_folder_is_not_waited_for(folder, db):
    folder.write("a.md", "Words.\n")
    os.mkfifo(folder.path / "pipe.md")
    assert [unit.path for unit in import_course(folder.path).units] == ["a.md"]


def test_too_many_files_are_refused(folder, db, monkeypatch):
    monkeypatch.setattr(bounds, "FILES_MAX", 2)
    for name in "abc":
        folder.write(f"{name}.md", "Words.\n")
    assert problems(folder)[0].endswith("has 3 texts and images, at most 2 go")


def test_a_file_name_that_no_database_takes_is_named(folder, db):
    folder.write("a.md", "Words.\n")
    Path(os.fsdecode(os.fsencode(folder.path) + b"/\xff.md")).write_text("Words.\n")
    assert problems(folder) == ["\N{REPLACEMENT CHARACTER}.md: has a name that is too long or not UTF-8"]


def test_characters_that_no_database_takes_are_left_out_of_titles(folder, db):
    folder.unit("a.md", title='"One\\0two \\uD800"')
    assert import_course(folder.path).course.units.get().title == "One two"


def test_a_failure_halfway_leaves_no_rows_and_no_files(folder, db, uploads, monkeypatch):
    folder.write("a.md", "![A dot](dot.svg)\n")
    folder.write("dot.svg", PICTURE)

    def fails(*_args, **_more):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(units, "write", fails)
    with pytest.raises(RuntimeError):
        import_course(folder.path)
    assert not Course.objects.exists()
    assert uploads() == []


def test_a_second_run_that_fails_leaves_the_course_as_it_was(folder, db, uploads):
    folder.write("a.md", "![A dot](dot.svg)\n")
    folder.write("dot.svg", PICTURE)
    import_course(folder.path)
    html, stored = Unit.objects.get().html, uploads()
    folder.write("a.md", "Other words.\n")
    folder.write("dot.svg", PICTURE.replace("#456", "#789"))
    folder.write("z.png", "no picture")
    with pytest.raises(ImportProblem):
        import_course(folder.path)
    assert (Unit.objects.get().html, uploads()) == (html, stored)
    assert CourseFile.objects.count() == 1


def test_a_course_written_on_the_site_is_not_taken_over_by_accident(folder, db):
    folder.write("course.yaml", "title: Ours\n")
    folder.unit("a.md", title="One")
    make.a_unit(make.a_section(make.a_course("Ours")))
    with pytest.raises(ImportProblem, match="was written here"):
        import_course(folder.path)
    assert Unit.objects.count() == 1
    assert import_course(folder.path, slug="ours").course.units.count() == 2


def test_an_address_that_is_asked_for_goes_before_one_made_from_a_name(folder, db):
    folder.unit("first.md", title="One")
    folder.unit("second.md", title="Two", slug="first")
    course = import_course(folder.path).course
    assert dict(course.units.values_list("title", "slug")) == {"One": "first-2", "Two": "first"}


def test_a_unit_written_on_the_site_keeps_its_address(folder, db):
    folder.unit("a.md", title="One")
    course = import_course(folder.path).course
    make.a_unit(course.sections.get(), "Ours", slug="ours")
    folder.unit("b.md", title="Two", slug="ours")
    with pytest.raises(ImportProblem, match="another unit of the course has"):
        import_course(folder.path)
    assert course.units.count() == 2
