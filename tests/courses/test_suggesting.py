"""A reader proposes an edit of a unit."""

import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hide_person
from community.models import Draft, Membership
from courses.actions import NEW_MEMBERS_SUGGESTIONS_AN_HOUR, edit_unit, withdraw_suggestion
from courses.models import Suggestion, UnitPlace
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_block, a_post, a_suggestion, a_thread


@pytest.fixture
def url(world):
    return reverse("suggest_edit", args=[world.community.slug, world.unit.slug])


def fields_of(unit, **changes):
    body = unit.source.replace("far more than they write", "much more than they write")
    return {"body": body, "title": "Plainer", "version": unit.version, "key": uuid.uuid4()} | changes


def told(event_verb):
    for event in Event.objects.filter(fanned_out_at=None):
        fan_out(event.pk)
    return sorted(Notification.objects.filter(event__verb=event_verb).values_list("person__handle", "reason"))


def open_count(world):
    return UnitPlace.objects.get(place=world.place).open_suggestions


def test_a_learner_suggests_and_the_guides_are_told(world, client_of, url):
    bo = client_of(world.bo)
    assert world.unit.source in unescape(bo.get(url).content.decode())
    response = bo.post(url, fields_of(world.unit))
    suggestion = Suggestion.objects.get()
    assert response.url == suggestion.get_absolute_url() == suggestion.path
    assert (suggestion.author, suggestion.base.number, suggestion.is_open) == (world.bo, 1, True)
    assert told("suggested") == [("alice", "review"), ("fay", "review")]
    assert open_count(world) == 1
    page = bo.get(suggestion.get_absolute_url()).content.decode()
    assert "read <del>far</del><ins>much</ins> more" in page
    page = bo.get(f"{suggestion.get_absolute_url()}?typed=on").content.decode()
    assert "</span>far</del>" in page
    assert "</span>much</ins>" in page


def test_the_unit_page_says_how_many_wait_and_where_to_suggest(world, client_of, url):
    assert url in client_of(world.bo).get(world.place.path).content.decode()
    suggestion = a_suggestion(world.unit, by=world.bo)
    assert "1 suggestion" in client_of(world.al).get(world.place.path).content.decode()
    assert "1 suggestion to review" in client_of(world.fay).get(f"/c/{world.community.slug}/").content.decode()
    listed = client_of(world.fay).get(reverse("course_suggestions", args=[world.course.slug])).content.decode()
    assert suggestion.get_absolute_url() in listed


def test_a_double_click_makes_one_suggestion(world, client_of, url):
    bo, fields = client_of(world.bo), fields_of(world.unit)
    first, second = bo.post(url, fields), bo.post(url, fields)
    assert first.url == second.url
    assert (Suggestion.objects.count(), open_count(world)) == (1, 1)


@pytest.mark.parametrize("changes", [{"title": ""}, {"body": ""}, {"body": "x" * 60_001}, {"title": "x" * 201}])
def test_a_refused_form_keeps_the_words(world, client_of, url, changes):
    fields = fields_of(world.unit) | changes
    response = client_of(world.bo).post(url, fields)
    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert fields["body"] in page
    assert f'value="{fields["title"]}"' in page or not fields["title"]
    assert not Suggestion.objects.exists()


def test_the_text_as_it_is_is_no_suggestion(world, client_of, url):
    response = client_of(world.bo).post(url, fields_of(world.unit, body=world.unit.source))
    assert response.status_code == 422
    assert "Change something first" in response.content.decode()


def test_somebody_paused_keeps_their_words(world, client_of, url):
    until = timezone.now() + timedelta(hours=1)
    Membership.objects.filter(user=world.bo).update(paused_until=until, paused_for="Calm.")
    bo = client_of(world.bo)
    assert url not in bo.get(world.place.path).content.decode()
    response = bo.post(url, fields_of(world.unit))
    assert response.status_code == 409
    assert "much more than they write" in response.content.decode()
    assert not Suggestion.objects.exists()


def test_who_was_removed_meanwhile_gets_the_words_back(world, client_of, url):
    response = client_of(world.ed).post(url, fields_of(world.unit))
    assert response.status_code == 404
    assert "much more than they write" in response.content.decode()


def test_new_members_suggest_a_few_an_hour(world, client_of, url):
    bo = client_of(world.bo)
    for _ in range(NEW_MEMBERS_SUGGESTIONS_AN_HOUR):
        assert bo.post(url, fields_of(world.unit)).status_code == 302
    response = bo.post(url, fields_of(world.unit))
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 3000
    assert "much more than they write" in response.content.decode()


def test_the_editor_begins_at_the_block_one_came_from(world, client_of, url):
    block_id, _words = a_block(world.unit, "Counting posts")
    page = client_of(world.bo).get(f"{url}?block={block_id}").content.decode()
    start = world.unit.source.index("Counting")
    end = world.unit.source.index("absent.") + len("absent.")
    assert f'from="{start}" to="{end}"' in page


def test_a_draft_is_kept_and_done_with(world, client_of, url):
    bo, slot = client_of(world.bo), f"suggestion:{world.place.pk}:1"
    assert f'name="{slot}"' in bo.get(url).content.decode()
    saved = bo.post(reverse("save_draft"), {"slot": slot, "title": "Plainer", "body": "y" * 50_000})
    assert saved.json()["saved_at"]
    edit_unit(unit=world.unit, author=world.fay, source="Anew.", version=1)
    drafts = bo.get(reverse("drafts")).content.decode()
    assert f"{url}?version=1" in drafts
    again = bo.get(f"{url}?version=1").content.decode()
    assert f'name="{slot}"' in again
    bo.post(url, fields_of(world.unit, version=1, slot=slot))
    assert not Draft.objects.exists()
    assert Suggestion.objects.get().base.number == 1


def test_a_preview_saves_nothing(world, client_of):
    preview = reverse("preview_suggestion", args=[world.community.slug, world.unit.slug])
    fields = {"body": "Quite **new**", "title": "", "version": 1}
    plain = client_of(world.bo).post(preview, fields).content.decode()
    in_place = client_of(world.bo).post(preview, fields, headers={"HX-Request": "true"}).content.decode()
    assert "Quite <strong>new</strong>" in plain
    assert "Quite **new**" in plain
    assert "Quite <strong>new</strong>" in in_place
    assert "<html" not in in_place


def test_its_author_words_it_anew_and_takes_it_back(world, client_of):
    suggestion, bo = a_suggestion(world.unit, by=world.bo), client_of(world.bo)
    edit = f"{suggestion.get_absolute_url()}edit/"
    assert suggestion.source in unescape(bo.get(edit).content.decode())
    body = suggestion.source.replace("much", "a lot")
    assert bo.post(edit, fields_of(world.unit, body=body, title="Still plainer")).status_code == 302
    stale = bo.post(edit, fields_of(world.unit, body=body + "More.", title="Third"))
    assert stale.status_code == 409
    assert "Third" in stale.content.decode()
    suggestion.refresh_from_db()
    assert (suggestion.source, suggestion.title, suggestion.version) == (body, "Still plainer", 2)
    assert suggestion.place.title == "Still plainer"
    for _ in range(2):
        bo.post(f"{suggestion.get_absolute_url()}withdraw/")
    suggestion.refresh_from_db()
    assert suggestion.state == "withdrawn"
    assert open_count(world) == 0
    late = bo.post(edit, fields_of(world.unit, body=body + "Late.", version=2))
    assert late.status_code == 409
    assert "Late." in late.content.decode()


def test_nobody_hears_of_one_that_was_taken_back_at_once(world):
    withdraw_suggestion(by=world.bo, suggestion=a_suggestion(world.unit, by=world.bo))
    assert told("suggested") == []


def test_it_is_talked_about_like_anything_else(world, client_of):
    suggestion = a_suggestion(world.unit, by=world.bo)
    post = a_thread(suggestion.place, author=world.al, body="I stumbled there, too.").posts.get()
    page = client_of(world.bo).get(f"{suggestion.get_absolute_url()}?post={post.pk}")
    assert "I stumbled there, too." in page.content.decode()
    assert client_of(world.bo).get(post.get_absolute_url()).status_code == 200
    assert client_of(world.cy).get(suggestion.get_absolute_url()).status_code == 404


def test_its_author_hears_when_somebody_begins_to_talk_about_it(world):
    suggestion = a_suggestion(world.unit, by=world.bo)
    thread = a_thread(suggestion.place, author=world.fay)
    a_thread(suggestion.place, author=world.bo)
    assert told("started") == [("bo", "yours")]
    a_post(thread, author=world.al)
    assert told("replied") == [("fay", "yours")]


def test_who_has_blocked_somebody_finds_no_suggestion_of_theirs_in_the_list(world, client_of):
    suggestion = a_suggestion(world.unit, by=world.bo)
    hide_person(person=world.al, hidden=world.bo)
    listed = reverse("suggestions", args=[world.community.slug, world.unit.slug])
    found = [suggestion.title in client_of(who).get(listed).content.decode() for who in (world.al, world.fay)]
    assert found == [False, True]


def test_the_lists_ask_the_same_queries_for_few_and_for_many(world, client_of):
    fay = client_of(world.fay)
    listed = [
        reverse("suggestions", args=[world.community.slug, world.unit.slug]),
        reverse("course_suggestions", args=[world.course.slug]),
    ]
    world.community.memberships.update(trusted_at=timezone.now())

    def asked():
        for url in listed:
            with CaptureQueriesContext(connection) as captured:
                assert fay.get(url).status_code == 200
            yield len(captured)

    a_suggestion(world.unit, by=world.bo)
    list(asked())  # the session's first page writes to it
    few = list(asked())
    for person in (world.bo, world.al, world.alice, world.bo, world.al):
        a_suggestion(world.unit, by=person)
    assert list(asked()) == few
