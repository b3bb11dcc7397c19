"""The versions of a unit: who wrote them, what changed, and letting one stand again."""

import pytest
from django.urls import reverse

from courses.actions import EditConflict, accept_suggestion, edit_unit
from courses.models import Unit
from tests.factories import a_block, a_cohort, a_member, a_suggestion, a_thread_on, an_admin


def url_of(name, unit, *more):
    return reverse(name, args=[unit.course.slug, unit.slug, *more])


def edited(unit, author, old, new, **more):
    unit.refresh_from_db()
    fields = {"version": unit.version} | more
    return edit_unit(unit=unit, author=author, source=unit.source.replace(old, new), **fields)


def form_of(unit, **changes):
    fields = {"title": unit.title, "summary": unit.summary, "source": unit.source, "version": unit.version}
    return fields | changes


def test_the_history_names_who_wrote_and_who_suggested(world, client_of):
    edited(world.unit, world.fay, "absent", "silent", note="A better word")
    suggestion = a_suggestion(world.unit, by=world.bo, title="Plainer", version=1)
    accept_suggestion(by=world.alice, suggestion=suggestion, version=1)
    bo = client_of(world.bo)
    page = bo.get(url_of("unit_history", world.unit)).content.decode()
    assert "Suggested by Bo Lindqvist, accepted by Alice Moreau" in page
    assert "Written by Fay Okafor" in page
    assert "A better word" in page
    page = bo.get(url_of("unit_revision", world.unit, 3)).content.decode()
    assert "<del>far</del><ins>much</ins>" in page
    assert "<ins>silent</ins>" not in page
    assert suggestion.get_absolute_url() in page
    assert url_of("unit_history", world.unit) in bo.get(world.place.path).content.decode()


def test_any_two_versions_are_compared(world, client_of):
    edited(world.unit, world.fay, "absent", "silent")
    edited(world.unit, world.fay, "silent", "quiet", title="Readers are learning too")
    compare, bo = url_of("compare_unit", world.unit), client_of(world.bo)
    page = bo.get(compare, {"older": 3, "newer": 1}).content.decode()
    assert "<del>absent</del><ins>quiet</ins>" in page
    assert "<del>Lurkers are learning too</del> <ins>Readers are learning too</ins>" in page
    typed = bo.get(compare, {"older": 1, "newer": 3, "typed": "on"}).content.decode()
    assert "</span>quiet</ins>" in typed
    assert bo.get(compare, {"older": 1, "newer": 9}).status_code == 404
    assert bo.get(compare, {"older": "x"}).status_code == 302


def test_an_earlier_version_stands_again_and_talk_stays(world, client_of):
    block_id, _words = a_block(world.unit, "Counting posts")
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al)
    first = world.unit.source
    edited(world.unit, world.fay, "Counting posts makes those readers look absent.\n\n", "")
    thread.refresh_from_db()
    assert block_id not in Unit.objects.get(pk=world.unit.pk).block_texts()
    fay, url = client_of(world.fay), url_of("restore_unit", world.unit)
    assert "Let this stand again" in fay.get(url_of("unit_revision", world.unit, 1)).content.decode()
    for _ in range(2):
        fay.post(url, {"number": 1, "version": 2})
    world.unit.refresh_from_db()
    assert (world.unit.source, world.unit.version) == (first, 3)
    assert world.unit.revisions.get(number=3).note == "Version 1 again"
    thread.refresh_from_db()
    assert thread.block_id == block_id
    assert block_id in world.unit.block_texts()


def test_restoring_overwrites_nothing_that_was_saved_meanwhile(world, client_of):
    edited(world.unit, world.fay, "absent", "silent")
    edited(world.unit, world.fay, "silent", "quiet")
    page = client_of(world.alice).post(url_of("restore_unit", world.unit), {"number": 1, "version": 2}, follow=True)
    assert "Somebody saved meanwhile" in page.content.decode()
    world.unit.refresh_from_db()
    assert "quiet" in world.unit.source
    assert (
        client_of(world.alice).post(url_of("restore_unit", world.unit), {"number": 9, "version": 3}).status_code == 404
    )


def test_who_reads_the_unit_reads_its_history_and_nobody_else(world, client_of):
    later = a_cohort(world.course, days_ago=-3).community
    waiting, guide = a_member(later), a_member(later, role="facilitator")
    expected = {world.bo: 200, world.al: 200, guide: 200, an_admin(): 200, waiting: 404, world.cy: 404, world.ed: 404}
    for person, status in expected.items():
        assert client_of(person).get(url_of("unit_history", world.unit)).status_code == status


def test_two_authors_at_different_places_are_both_kept(world, client_of):
    form = form_of(world.unit)
    edited(world.unit, world.fay, "The quiet ones", "The quieter ones", title="Readers are learning too")
    mine = form | {"source": form["source"].replace("absent", "silent"), "summary": "What they do."}
    page = client_of(world.alice).post(url_of("edit_unit", world.unit), mine, follow=True).content.decode()
    assert "what others saved meanwhile" in page
    world.unit.refresh_from_db()
    assert "The quieter ones" in world.unit.source
    assert "look silent" in world.unit.source
    assert (world.unit.title, world.unit.summary) == ("Readers are learning too", "What they do.")


def test_two_authors_at_one_place_see_both_and_one_chooses(world, client_of):
    form = form_of(world.unit)
    edited(world.unit, world.fay, "look absent", "look silent")
    edited(world.unit, world.fay, "The quiet ones", "The quieter ones")
    mine = form | {"source": form["source"].replace("look absent", "look lost")}
    response = client_of(world.alice).post(url_of("edit_unit", world.unit), mine)
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("look silent", "look lost", "The quieter ones", 'name="version" value="3"'):
        assert words in page
    form = response.context["form"]
    assert "look lost" in form.initial["source"]
    assert "The quieter ones" in form.initial["source"]


@pytest.mark.parametrize("field", ["title", "summary"])
def test_two_authors_of_one_title_see_a_conflict(world, field):
    edited(world.unit, world.fay, "", "", **{field: "Hers"})
    with pytest.raises(EditConflict):
        edited(world.unit, world.alice, "", "", version=1, **{field: "Mine"})
