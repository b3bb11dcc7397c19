"""Writing courses."""

from html import unescape

import pytest
from django.urls import reverse

from courses.actions import create_unit, move
from courses.models import Course, Unit, UnitRevision
from discussions.models import Thread
from markup import LIMITS, Profile
from tests.factories import a_course, a_section, a_unit


def form_of(unit, **changes):
    fields = {"title": unit.title, "summary": unit.summary, "source": unit.source, "version": unit.version}
    return fields | changes


def url_of(name, unit):
    return reverse(name, args=[unit.course.slug, unit.slug])


def test_an_admin_makes_a_course_from_nothing(world, client_of):
    alice = client_of(world.alice)
    alice.post(reverse("new_course"), {"title": "Care at night", "summary": "How."})
    course = Course.objects.get(title="Care at night")
    alice.post(reverse("new_section", args=[course.slug]), {"title": "Before"})
    section = course.sections.get()
    response = alice.post(reverse("new_unit", args=[course.slug]), {"title": "Handover", "section": section.pk})
    unit = course.units.get()
    assert response.url == url_of("edit_unit", unit)
    alice.post(response.url, form_of(unit, source="# Why\n\nBecause.\n\n::: prompt\nWhen?\n:::\n"))
    unit.refresh_from_db()
    assert (unit.version, [block["kind"] for block in unit.blocks]) == (2, ["heading", "paragraph", "prompt"])


def test_a_new_unit_has_a_place_in_every_community_that_takes_the_course(world, client_of):
    create_unit(
        section=world.units[0].section, title="Late addition", author=world.fay, source="::: prompt\nSo?\n:::\n"
    )
    path = f"/c/{world.community.slug}/u/late-addition/"
    assert client_of(world.bo).get(path).status_code == 200
    assert Thread.objects.filter(place__path=path, kind="prompt").count() == 1


def test_a_preview_shows_the_text_and_saves_nothing(world, client_of):
    client, url = client_of(world.fay), url_of("preview_unit", world.unit)
    changed = form_of(world.unit, source="Quite **new** words")
    plain = client.post(url, changed).content.decode()
    in_place = client.post(url, changed, headers={"HX-Request": "true"}).content.decode()
    assert "Quite <strong>new</strong> words" in plain
    assert "Quite **new** words" in plain
    assert "Quite <strong>new</strong> words" in in_place
    assert "<html" not in in_place
    assert Unit.objects.get(pk=world.unit.pk).source == world.unit.source


def test_a_preview_does_not_say_whose_wiki_pages_its_titles_mean(world, client_of):
    answer = client_of(world.fay).post(
        url_of("preview_unit", world.unit), form_of(world.unit, source="See [[Our words]].")
    )
    assert "<span>Our words</span>" in answer.content.decode()
    assert "wiki/to/" not in answer.content.decode()


def test_a_stale_save_is_a_conflict_with_both_texts(world, client_of):
    fay, alice, url = client_of(world.fay), client_of(world.alice), url_of("edit_unit", world.unit)
    assert fay.post(url, form_of(world.unit, source="Fay was first.")).status_code == 302
    response = alice.post(url, form_of(world.unit, source="Alice was second."))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Fay was first." in page
    assert "Alice was second." in page
    assert Unit.objects.get(pk=world.unit.pk).source == "Fay was first."


def test_saving_the_same_text_twice_makes_one_revision(world, client_of):
    fay, url = client_of(world.fay), url_of("edit_unit", world.unit)
    for _ in range(2):
        fay.post(url, form_of(world.unit, source="Once."))
    assert list(UnitRevision.objects.filter(unit=world.unit).values_list("number", flat=True)) == [1, 2]


def test_too_long_a_unit_is_refused_with_both_numbers_and_kept(world, client_of):
    text = "word & " * 9000
    response = client_of(world.fay).post(url_of("edit_unit", world.unit), form_of(world.unit, source=text))
    page = response.content.decode()
    assert response.status_code == 422
    assert f"That is {len(text)} characters; {LIMITS[Profile.UNIT]} fit." in page
    assert text in unescape(page)


def test_units_and_sections_move_and_keep_their_order(world, client_of):
    course = a_course()
    first, second = a_section(course, "First"), a_section(course, "Second")
    a, b, c = a_unit(first, "A"), a_unit(first, "B"), a_unit(second, "C")

    def order():
        return [(unit.section.title, unit.title) for unit in course.units.in_course_order()]

    move(b, step=-1)
    assert order() == [("First", "B"), ("First", "A"), ("Second", "C")]
    move(a, step=1)
    assert order() == [("First", "B"), ("Second", "A"), ("Second", "C")]
    move(c, step=1)
    assert order() == [("First", "B"), ("Second", "A"), ("Second", "C")]
    move(a, step=-1)
    assert order() == [("First", "B"), ("First", "A"), ("Second", "C")]
    move(second, step=-1)
    assert order() == [("Second", "C"), ("First", "B"), ("First", "A")]


def test_a_facilitator_moves_a_unit_by_a_button(world, client_of):
    client_of(world.fay).post(url_of("move_unit", world.units[1]), {"step": "-1"})
    titles = [unit.title for unit in world.course.units.in_course_order()]
    assert titles[:2] == ["Asking good questions", "Lurkers are learning too"]


def test_a_unit_goes_into_a_section_of_its_own_course_only(world, client_of):
    elsewhere = a_section()
    response = client_of(world.fay).post(
        reverse("new_unit", args=[world.course.slug]), {"title": "Astray", "section": elsewhere.pk}
    )
    assert response.status_code == 422
    assert not Unit.objects.filter(title="Astray").exists()


@pytest.mark.parametrize("title", ["Ünïts & more!", "日本語", "x" * 160, "new"])
def test_any_title_has_an_address(world, client_of, title):
    unit = a_unit(world.units[0].section, title)
    again = a_unit(world.units[0].section, title)
    assert unit.slug != again.slug
    assert unit.title in unescape(client_of(world.fay).get(url_of("edit_unit", unit)).content.decode())
    assert client_of(world.bo).get(f"/c/{world.community.slug}/u/{unit.slug}/").status_code == 200


def test_hostile_markup_in_a_unit_is_words(world, client_of):
    source = '<script>alert(1)</script>\n\n<a href="javascript:alert(1)" hx-get="/">x</a>\n\n[y](javascript:alert(1))\n'
    client_of(world.fay).post(url_of("edit_unit", world.unit), form_of(world.unit, source=source))
    page = client_of(world.bo).get(world.place.path).content.decode()
    assert "<script>alert" not in page
    assert '<a href="javascript' not in page
