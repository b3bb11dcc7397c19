"""Importing a course: what comes of a folder, and what a second run changes."""

from io import StringIO

from django.core.management import call_command

from courses.actions import edit_unit, import_course
from courses.models import Course, CourseFile, Unit, UnitRevision
from discussions.models import Thread
from tests import factories as make

from .conftest import PICTURE

CONFIG = """\
carpentry: 'swc'
title: 'Version Control'
license: 'CC-BY 4.0'
lang: en
episodes:
- b.md
- a.md
"""
EPISODE = """\
---
title: Exploring
teaching: 25
exercises: 0
---

::::::::::::::::::::::::::::: questions

- How can I see
  what I `changed`?

:::::::::::::::::::::::::::::

![](fig/dot.svg){alt='A dot that "says" nothing' width="40%"}

See the [later episode](a.md) and ![](fig/gone.png){alt='A lost one'}.

:::: challenge

## Try it

::: solution

Like this.

:::

::::
"""


def called(folder, *arguments):
    out = StringIO()
    call_command("import_course", str(folder.path), *arguments, stdout=out)
    return out.getvalue()


def statuses(report):
    return {unit.path: unit.status for unit in report.units}


def test_front_matter_says_what_a_unit_is(folder, db):
    folder.write(
        "course.yaml", "title: Baking\nslug: bake\nsummary: Bread.\nlang: en\nlicense: CC0\nsections: [B, A]\n"
    )
    folder.unit("x.md", "Mix *well*.\n", title="Dough", order=2, section="A", summary="What to mix", slug="the-dough")
    folder.unit("y.md", title="Oven", order=3, section="B")
    folder.unit("z.md", title="Flour", order=1, section="A")
    course = import_course(folder.path).course
    assert (course.slug, course.title, course.summary, course.licence) == ("bake", "Baking", "Bread.", "CC0")
    units = Unit.objects.of(course).in_course_order()
    assert [(unit.section.title, unit.title) for unit in units] == [("B", "Oven"), ("A", "Flour"), ("A", "Dough")]
    dough = units.get(slug="the-dough")
    assert (dough.summary, dough.source, dough.source_path) == ("What to mix", "Mix *well*.", "x.md")
    assert "<em>well</em>" in dough.html


def test_without_front_matter_heading_name_and_number_say_it(folder, db):
    folder.write("10-last.md", "Only words.\n")
    folder.write("2-first_steps.md", "# First *steps* [here](b.md) {#one} ##\n\nWords.\n\n## More\n")
    folder.write("3-more.md", "Words.\n\n```\n# no heading\n```\n\n## Later on\n")
    folder.write("README.md", "About the folder.\n")
    report = import_course(folder.path)
    assert report.course.title == "A course"
    units = Unit.objects.of(report.course).in_course_order()
    assert [(unit.slug, unit.title) for unit in units] == [
        ("first-steps", "First steps here"),
        ("more", "Later on"),
        ("last", "Last"),
    ]
    assert units[0].source == "Words.\n\n## More"
    assert [str(warning) for warning in report.warnings] == ["README.md: is about the folder, so it was left out"]


def test_folders_are_sections(folder, db):
    folder.write("02-after/01-b.md", "Words.\n")
    folder.write("01-before/02-b.md", "Words.\n")
    folder.write("01-before/01-a.md", "Words.\n")
    units = Unit.objects.of(import_course(folder.path).course).in_course_order()
    assert [(unit.section.title, unit.slug) for unit in units] == [("Before", "a"), ("Before", "b"), ("After", "b-2")]


def test_values_are_taken_as_they_are_written(folder, db):
    folder.unit("a.md", title="No", order="01", summary="'2026-01-01: begin'")
    unit = import_course(folder.path).course.units.get()
    assert (unit.title, unit.summary) == ("No", "2026-01-01: begin")


def test_units_link_to_each_other_whichever_comes_first(folder, db):
    folder.unit("1.md", "See [the second](sub/2.md#there) and [nothing](3.md).\n", title="One")
    folder.unit("sub/2.md", "Back to [the first](../1.md).\n", title="Two")
    report = import_course(folder.path)
    assert 'href="../two/"' in report.course.units.get(title="One").html
    assert 'href="../one/"' in report.course.units.get(title="Two").html
    assert [str(warning) for warning in report.warnings] == [
        "1.md:5: link to 3.md leads to no unit; its words stay",
    ]


def test_a_second_run_changes_nothing(folder, db):
    folder.unit("1.md", "![A dot](dot.svg)\n\n::: prompt\nWhy?\n:::\n", title="One")
    folder.write("dot.svg", PICTURE)
    assert "is new" in called(folder)
    before = list(Unit.objects.values())
    said = called(folder)
    assert "is unchanged" in said
    assert "unchanged  1.md" in said
    assert list(Unit.objects.values()) == before
    assert UnitRevision.objects.count() == 1
    assert CourseFile.objects.count() == 1


def test_an_edit_updates_its_unit_only_and_keeps_the_conversations(folder, db):
    folder.unit("1.md", "The first words.\n\nThe second ones are longer.\n\nThird.\n", title="One")
    folder.unit("2.md", title="Two")
    course = import_course(folder.path).course
    cohort = make.a_cohort(course)
    one, two = course.units.get(slug="one"), course.units.get(slug="two")
    thread = make.a_thread_on(one, "second", community=cohort.community)
    make.a_thread_on(one, "first", community=cohort.community)
    blocks = one.block_texts()
    folder.unit("1.md", "New on top.\n\nThe second ones are much longer.\n\nThird.\n", title="One and more")
    report = import_course(folder.path)
    assert statuses(report) == {"1.md": "updated", "2.md": "unchanged"}
    assert (report.units[0].blocks, report.units[0].blocks_kept, report.units[0].talks_left) == (3, 2, 1)
    one.refresh_from_db()
    assert one.block_texts()[thread.block_id] == "The second ones are much longer."
    assert set(blocks) & set(one.block_texts()) >= {thread.block_id}
    assert make.place_of(one, cohort.community).title == "One and more"
    assert two.revisions.count() == 1
    assert "2 of 3 blocks kept" not in called(folder)


def test_a_new_unit_in_between_gets_its_place_in_running_cohorts(folder, db):
    folder.unit("1.md", title="One")
    folder.unit("3.md", title="Three")
    course = import_course(folder.path).course
    cohort = make.a_cohort(course)
    folder.unit("2.md", "::: prompt\nWhy?\n:::\n", title="Two")
    report = import_course(folder.path)
    assert statuses(report) == {"1.md": "unchanged", "2.md": "new", "3.md": "unchanged"}
    units = Unit.objects.of(course).in_course_order()
    assert [unit.title for unit in units] == ["One", "Two", "Three"]
    prompt = make.place_of(units[1], cohort.community).threads.get()
    assert prompt.kind == Thread.Kind.PROMPT


def test_a_removed_file_is_reported_and_its_unit_stays(folder, db):
    folder.unit("1.md", title="One")
    folder.unit("2.md", title="Two")
    import_course(folder.path)
    folder.remove("2.md")
    said = called(folder)
    assert "2.md is no longer in the folder; what was made of it stays" in said
    assert Unit.objects.filter(slug="two").exists()


def test_a_renamed_file_stays_the_same_unit(folder, db):
    folder.unit("02-dough.md", "Words.\n")
    unit = import_course(folder.path).course.units.get()
    folder.remove("02-dough.md")
    folder.unit("03-dough.md", "Words.\n")
    report = import_course(folder.path)
    assert statuses(report) == {"03-dough.md": "updated"}
    assert report.removed == []
    assert Unit.objects.get().pk == unit.pk


def test_two_files_of_one_name_do_not_become_the_unit_of_a_third(folder, db):
    folder.write("dough.md", "Words.\n")
    import_course(folder.path)
    folder.remove("dough.md")
    folder.write("1/dough.md", "Words.\n")
    folder.write("2/dough.md", "Words.\n")
    report = import_course(folder.path)
    assert statuses(report) == {"1/dough.md": "updated", "2/dough.md": "new"}
    assert set(Unit.objects.values_list("slug", flat=True)) == {"dough", "dough-2"}


def test_addresses_can_be_swapped_and_sections_renamed(folder, db):
    folder.unit("1.md", "See [two](2.md).\n", title="One", slug="a", section="Old")
    folder.unit("2.md", title="Two", slug="b", section="Old")
    course = import_course(folder.path).course
    cohort = make.a_cohort(course)
    folder.unit("1.md", "See [two](2.md).\n", title="One", slug="b", section="New")
    folder.unit("2.md", title="Two", slug="a", section="New")
    import_course(folder.path)
    one = course.units.get(title="One")
    assert (one.slug, course.units.get(title="Two").slug) == ("b", "a")
    assert 'href="../a/"' in one.html
    assert make.place_of(one, cohort.community).path == f"/c/{cohort.community.slug}/u/b/"
    assert list(course.sections.values_list("title", flat=True)) == ["New"]


def test_what_was_written_on_the_site_since_is_left_as_it_is(folder, db):
    folder.unit("1.md", "From the file.\n", title="One")
    unit = import_course(folder.path).course.units.get()
    fay = make.a_person("Fay")
    edit_unit(unit=unit, author=fay, source="From Fay.", version=unit.version)
    assert "left as it is" in called(folder)
    unit.refresh_from_db()
    assert unit.source == "From Fay."
    folder.unit("1.md", "The file went on too.\n", title="One")
    said = called(folder)
    assert "replaces what Fay wrote here (version 2, still in the history)" in said
    unit.refresh_from_db()
    assert unit.source == "The file went on too."


def test_units_written_on_the_site_stay_behind_those_of_the_folder(folder, db):
    folder.unit("1.md", title="One", section="First")
    course = import_course(folder.path).course
    make.a_unit(course.sections.get(), "Ours", slug="two")
    folder.unit("2.md", title="Two", section="First")
    report = import_course(folder.path)
    units = Unit.objects.of(course).in_course_order()
    assert [(unit.title, unit.slug) for unit in units] == [("One", "one"), ("Two", "two-2"), ("Ours", "two")]
    assert report.removed == []


def test_a_dry_run_says_what_it_would_do_and_does_nothing(folder, db, uploads):
    folder.unit("1.md", "![A dot](dot.svg)\n", title="One")
    folder.write("dot.svg", PICTURE)
    said = called(folder, "--dry-run")
    assert "new        1.md" in said
    assert "Nothing was changed" in said
    assert not Course.objects.exists()
    assert uploads() == []


def test_the_address_of_a_course_can_be_named(folder, db):
    folder.unit("1.md", title="One")
    called(folder, "--slug", "mine")
    called(folder, "--slug", "yours")
    assert set(Course.objects.values_list("slug", flat=True)) == {"mine", "yours"}


def test_a_lesson_of_the_carpentries_comes_as_it_is(folder, db):
    folder.write("config.yaml", CONFIG)
    folder.write("index.md", "The site's front page.\n")
    folder.write("learners/setup.md", "How to set up.\n")
    folder.write("episodes/a.md", "---\ntitle: 'Later: on'\n---\nWords.\n")
    folder.write("episodes/b.md", EPISODE)
    folder.write("episodes/draft.md", "Not yet.\n")
    folder.write("episodes/fig/dot.svg", PICTURE)
    report = import_course(folder.path)
    course = report.course
    assert (course.title, course.slug, course.licence) == ("Version Control", "version-control", "CC-BY 4.0")
    first, second = Unit.objects.of(course).in_course_order()
    assert (first.title, first.slug, first.summary) == ("Exploring", "b", "How can I see what I changed?")
    assert (second.title, second.section.title) == ("Later: on", "Episodes")
    assert 'alt="A dot that &quot;says&quot; nothing"' in first.html
    assert "A lost one" in first.html
    assert 'href="../a/"' in first.html
    assert "box-challenge" in first.html
    assert [str(warning) for warning in report.warnings] == [
        "episodes/b.md:16: image fig/gone.png is not in the folder; its description is shown instead",
        "episodes/draft.md: is not in the list of config.yaml, so it was left out",
    ]
