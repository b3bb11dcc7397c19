"""What authors do with a suggestion, and what becomes of the unit."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.models import Place
from courses.actions import accept_suggestion, edit_unit, revise_suggestion, withdraw_suggestion
from courses.models import UnitPlace
from discussions.actions import NotTheirs
from discussions.forms import Anchor
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_block, a_cohort, a_member, a_suggestion, a_thread, a_thread_on, an_admin


@pytest.fixture
def suggestion(world):
    return a_suggestion(world.unit, by=world.bo, title="Plainer")


def url_of(suggestion, verb=""):
    return suggestion.get_absolute_url() + (f"{verb}/" if verb else "")


def told():
    for event in Event.objects.filter(fanned_out_at=None).order_by("pk"):
        fan_out(event.pk)
    return sorted(Notification.objects.values_list("person__handle", "event__verb", "reason"))


def open_count(world):
    return UnitPlace.objects.get(place=world.place).open_suggestions


def test_accepted_it_stands_in_the_unit_with_credit(world, client_of, suggestion):
    assert told() == [("alice", "suggested", "review"), ("fay", "suggested", "review")]
    fay = client_of(world.fay)
    assert "Accept it" in fay.get(url_of(suggestion)).content.decode()
    for _ in range(2):
        assert fay.post(url_of(suggestion, "accept"), {"version": 1}).status_code == 302
    suggestion.refresh_from_db()
    world.unit.refresh_from_db()
    assert world.unit.source == suggestion.source
    newest = world.unit.revisions.newest_first()[0]
    assert (newest.number, newest.author, newest.suggested_by, newest.note) == (2, world.fay, world.bo, "Plainer")
    assert (suggestion.accepted_by, suggestion.revision, open_count(world)) == (world.fay, newest, 0)
    assert ("bo", "taken", "yours") in told()
    assert "since version 2" in client_of(world.bo).get(url_of(suggestion)).content.decode()


def test_changed_and_accepted_both_are_named(world, client_of, suggestion):
    fay, url = client_of(world.fay), url_of(suggestion, "change")
    assert suggestion.source.splitlines()[0] in fay.get(url).content.decode()
    body = suggestion.source.replace("much more", "a great deal more")
    fay.post(url, {"body": body, "version": 1, "unit_version": 1})
    world.unit.refresh_from_db()
    suggestion.refresh_from_db()
    assert (world.unit.source, suggestion.state) == (body, "accepted")
    newest = world.unit.revisions.newest_first()[0]
    assert (newest.author, newest.suggested_by) == (world.fay, world.bo)
    assert fay.get(url).status_code == 302


def test_declined_its_author_reads_why(world, client_of, suggestion):
    fay = client_of(world.fay)
    assert fay.post(url_of(suggestion, "decline"), {"version": 1, "reason": ""}).status_code == 422
    for _ in range(2):
        fay.post(url_of(suggestion, "decline"), {"version": 1, "reason": "The study says far."})
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.declined_by, open_count(world)) == ("declined", world.fay, 0)
    assert ("bo", "declined", "yours") in told()
    page = client_of(world.bo).get(url_of(suggestion)).content.decode()
    assert "The study says far." in page
    late = fay.post(url_of(suggestion, "accept"), {"version": 1})
    assert late.status_code == 409
    world.unit.refresh_from_db()
    assert world.unit.version == 1


@pytest.mark.parametrize("verb", ["accept", "decline", "change"])
def test_one_that_its_author_changed_meanwhile_is_looked_at_again(world, client_of, suggestion, verb):
    newer = suggestion.source.replace("much", "ever so much")
    revise_suggestion(by=world.bo, suggestion=suggestion, title="Plainer still", body=newer, version=1)
    fields = {"version": 1, "unit_version": 1, "body": "Fay's own words.", "reason": "Fay's own words."}
    response = client_of(world.fay).post(url_of(suggestion, verb), fields)
    page = response.content.decode()
    assert response.status_code == 409
    assert "ever so" in page
    assert "own words." in page or verb == "accept"
    assert 'name="version" value="2"' in page
    world.unit.refresh_from_db()
    suggestion.refresh_from_db()
    assert (world.unit.version, suggestion.is_open) == (1, True)


def test_where_the_unit_changed_at_the_same_place_an_author_chooses(world, client_of, suggestion):
    edit_unit(
        unit=world.unit, author=world.alice, version=1, source=world.unit.source.replace("far more", "rather more")
    )
    fay = client_of(world.fay)
    assert "an author chooses" in fay.get(url_of(suggestion)).content.decode()
    response = fay.post(url_of(suggestion, "accept"), {"version": 1}, follow=True)
    page = response.content.decode()
    assert "rather more" in page
    assert "much more" in page
    stale = fay.post(url_of(suggestion, "change"), {"version": 1, "unit_version": 1, "body": "What Fay chose."})
    page = stale.content.decode()
    assert stale.status_code == 409
    for text in ("What Fay chose.", "rather more", "much more", 'name="unit_version" value="2"'):
        assert text in page
    fay.post(url_of(suggestion, "change"), {"version": 1, "unit_version": 2, "body": "What Fay chose."})
    world.unit.refresh_from_db()
    assert world.unit.source == "What Fay chose."


def test_what_stands_already_is_accepted_without_a_revision(world, suggestion):
    edit_unit(unit=world.unit, author=world.alice, version=1, source=suggestion.source)
    accept_suggestion(by=world.fay, suggestion=suggestion, version=1)
    suggestion.refresh_from_db()
    assert (suggestion.revision.number, world.unit.revisions.count()) == (2, 2)


def test_one_that_was_taken_back_is_not_accepted(world, client_of, suggestion):
    withdraw_suggestion(by=world.bo, suggestion=suggestion)
    assert client_of(world.fay).post(url_of(suggestion, "accept"), {"version": 1}).status_code == 409
    assert client_of(world.fay).get(url_of(suggestion, "change")).status_code == 302
    world.unit.refresh_from_db()
    assert world.unit.version == 1


def test_conversations_stay_at_the_blocks_that_it_edits(world, suggestion):
    block_id, words = a_block(world.unit, "Most members")
    whole = a_thread_on(world.unit, "Most members", community=world.community, author=world.al)
    chosen = a_thread(world.place, author=world.al, **Anchor.on(block_id, words, "read far more").as_fields())
    kept = a_thread(world.place, author=world.al, **Anchor.on(block_id, words, "members of a community").as_fields())
    accept_suggestion(by=world.fay, suggestion=suggestion, version=1)
    world.unit.refresh_from_db()
    for thread in (whole, chosen, kept):
        thread.refresh_from_db()
        thread.note_place(world.place, world.unit.standing_blocks())
        assert (thread.block_id, thread.stands) == (block_id, True)
    assert "much more" in world.unit.block_texts()[block_id]
    assert [thread.is_on_earlier_wording for thread in (chosen, kept)] == [True, False]


def test_who_changes_the_text_from_outside_reads_it_without_the_talk(world, client_of, suggestion):
    a_thread(suggestion.place, author=world.bo, body="Among ourselves.")
    elsewhere = a_cohort(world.course).community
    guide, member = a_member(elsewhere, role="facilitator"), a_member(elsewhere)
    for person in (guide, an_admin()):
        page = client_of(person).get(url_of(suggestion)).content.decode()
        assert "Accept it" in page
        assert "Among ourselves." not in page
        links = set(re.findall(r'href="(/[^"?#]+)"', page[page.index("<main") : page.index("</main>")]))
        assert {client_of(person).get(link).status_code for link in links} == {200}
    assert client_of(member).get(url_of(suggestion)).status_code == 404
    assert client_of(guide).post(url_of(suggestion, "accept"), {"version": 1}).status_code == 302


def test_who_guides_no_more_decides_no_more(world, client_of, suggestion):
    world.community.memberships.filter(user=world.fay).update(role="member")
    with pytest.raises(NotTheirs):
        accept_suggestion(by=world.fay, suggestion=suggestion, version=1)
    assert client_of(world.fay).post(url_of(suggestion, "accept"), {"version": 1}).status_code == 403
    assert "Accept it" not in client_of(world.fay).get(url_of(suggestion)).content.decode()
    assert client_of(world.fay).get(reverse("course_suggestions", args=[world.course.slug])).status_code == 403


def test_what_changed_elsewhere_in_the_unit_stays(world, client_of, suggestion):
    meanwhile = world.unit.source.replace("The quiet ones", "The quieter ones")
    edit_unit(unit=world.unit, author=world.alice, version=1, source=meanwhile)
    fay = client_of(world.fay)
    page = fay.get(url_of(suggestion)).content.decode()
    assert "those changes stay" in page
    assert "<ins>quieter</ins>" not in page
    assert fay.post(url_of(suggestion, "accept"), {"version": 1}).status_code == 302
    world.unit.refresh_from_db()
    assert world.unit.source == meanwhile.replace("far more", "much more")


def test_nobody_hears_that_they_suggested_what_is_decided_already(world, suggestion):
    accept_suggestion(by=world.fay, suggestion=suggestion, version=1)
    assert told() == [("bo", "taken", "yours")]


def test_a_suggestion_is_open_to_readers_while_its_unit_is(world, client_of, suggestion):
    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(days=1))
    seen = [client_of(person).get(url_of(suggestion)).status_code for person in (world.bo, world.al, world.fay)]
    assert seen == [404, 404, 200]
