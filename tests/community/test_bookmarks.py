"""What one keeps for oneself: nobody else sees it, and it is there for as long as one may see the thing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hide_person
from community.actions import join, keep_bookmark, note_bookmark, remove_bookmark, remove_member
from community.models import Bookmark, Place
from discussions.actions import Decision, decide
from tests.factories import a_post, a_prompt, a_resource, a_thread, a_wiki_page

pytestmark = pytest.mark.django_db
PAGE = "/bookmarks/"


@pytest.fixture
def things(world):
    """One of each kind that can be kept, by its kind."""
    thread = a_thread(world.place, author=world.alice, title="Who stays quiet?")
    return {
        "unit": world.place.unit_place,
        "thread": thread,
        "post": a_post(thread, author=world.fay, body="Whoever **listens**."),
        "resource": a_resource(world.place, sharer=world.fay, title="A field study"),
        "wiki": a_wiki_page(world.place, author=world.fay, title="Field guide"),
    }


def keep(client, kind, pk, **more):
    return client.post(reverse("bookmark", args=[kind, pk]), more)


def shown(client, query=""):
    return client.get(PAGE + query).content.decode()


def test_everything_is_kept_by_one_button_and_found_on_one_page(world, client_of, things):
    bo = client_of(world.bo)
    for kind, thing in things.items():
        assert keep(bo, kind, thing.pk).url == thing.get_absolute_url()
    page = shown(bo)
    titles = ["Lurkers are learning too", "Who stays quiet?", "A field study", "Field guide", "Whoever listens"]
    assert [title for title in titles if title not in page] == []
    assert all(f'href="{thing.get_absolute_url()}"' in page for thing in things.values())


def test_the_button_says_what_shall_be_and_twice_does_it_once(world, client_of, things):
    bo, unit = client_of(world.bo), things["unit"]
    for _ in range(2):
        keep(bo, "unit", unit.pk, keep="yes")
    assert Bookmark.objects.of(world.bo).count() == 1
    assert 'value="no" aria-pressed="true"' in bo.get(unit.get_absolute_url()).content.decode()
    for _ in range(2):
        keep(bo, "unit", unit.pk, keep="no")
    assert 'value="yes" aria-pressed="false"' in bo.get(unit.get_absolute_url()).content.decode()
    assert "Lurkers" not in shown(bo)


@pytest.mark.parametrize("kind", ["thread", "wiki", "resource"])
def test_other_pages_show_whether_one_keeps_them(world, client_of, things, kind):
    bo, thing = client_of(world.bo), things[kind]
    assert 'aria-pressed="false"' in bo.get(thing.get_absolute_url()).content.decode().partition('class="bookmark"')[2]
    keep(bo, kind, thing.pk)
    assert 'value="no" aria-pressed="true"' in bo.get(thing.get_absolute_url()).content.decode()


def test_in_place_the_button_comes_back_as_it_is_now(world, client_of, things):
    url = reverse("bookmark", args=["unit", things["unit"].pk])
    answer = client_of(world.bo).post(url, {"keep": "yes"}, headers={"HX-Request": "true"})
    assert 'value="no" aria-pressed="true" data-focus' in answer.content.decode()
    assert "Bookmarked" in answer["HX-Trigger"]


def test_nobody_else_sees_them_neither_guides_nor_admins(world, client_of, things):
    bookmark = keep_bookmark(person=world.bo, target=things["thread"])
    note_bookmark(bookmark, "canary-4f1c")
    for other in (world.fay, world.alice, world.al):
        client = client_of(other)
        assert "Who stays quiet?" not in shown(client)
        for name in ("bookmark_note", "remove_bookmark", "restore_bookmark"):
            assert client.post(reverse(name, args=[bookmark.pk]), {"note": "x"}).status_code == 404
        thread = client.get(things["thread"].get_absolute_url()).content.decode()
        assert "canary-4f1c" not in thread
        assert 'aria-pressed="true"' not in thread.partition('class="bookmark"')[2].partition("</form>")[0]
    bookmark.refresh_from_db()
    assert (bookmark.note, bookmark.removed_at) == ("canary-4f1c", None)


def test_what_one_may_no_longer_see_is_not_there_and_comes_back_with_the_rights(world, client_of, things):
    for thing in things.values():
        note_bookmark(keep_bookmark(person=world.bo, target=thing), "Mine")
    bo, everything = client_of(world.bo), Bookmark.objects.visible_to(world.bo)
    remove_member(world.community.membership_of(world.bo))
    assert everything.count() == 0
    page = shown(bo)
    assert "Who stays quiet?" not in page
    assert "No bookmarks yet" in page
    assert bo.get(reverse("bookmark_note", args=[Bookmark.objects.first().pk])).status_code == 404
    join(world.community, world.bo)
    assert everything.count() == len(things)


def test_what_moved_out_of_sight_is_gone_wherever_it_stood(world, client_of, things):
    keep_bookmark(person=world.bo, target=things["thread"])
    things["thread"].place = world.other.places.commons().get()
    things["thread"].save(update_fields=["place"])
    assert "Who stays quiet?" not in shown(client_of(world.bo))


def test_what_opens_later_can_not_be_kept_before(world, client_of, things):
    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(days=1))
    bo = client_of(world.bo)
    assert {keep(bo, kind, thing.pk).status_code for kind, thing in things.items()} == {404}
    assert keep(bo, "nothing", 1).status_code == 404
    assert Bookmark.objects.count() == 0


def test_words_that_a_page_would_not_show_are_not_shown_here(world, client_of, things):
    hidden = a_post(things["thread"], author=world.al, body="canary-hidden")
    blocked = a_post(things["thread"], author=world.al, body="canary-blocked")
    prompt = a_prompt(world.place, asker=world.fay, answer_first=True)
    covered = a_post(prompt, author=world.alice, body="canary-covered")
    for post in (hidden, blocked, covered):
        keep_bookmark(person=world.bo, target=post)
    page = shown(client_of(world.bo))
    assert "canary-hidden" in page
    assert "canary-covered" not in page
    decide(by=world.fay, post=hidden, decision=Decision("hide", "Not here."))
    hide_person(person=world.bo, hidden=world.al)
    page = shown(client_of(world.bo))
    assert "canary" not in page


def test_one_chooses_by_kind_and_by_community(world, client_of, things):
    join(world.other, world.bo)
    beyond = a_thread(world.other.places.commons().get(), author=world.cy, title="Beyond the cohort")
    for thing in [*things.values(), beyond]:
        keep_bookmark(person=world.bo, target=thing)
    bo = client_of(world.bo)
    threads = shown(bo, "?kind=thread")
    assert "Beyond the cohort" in threads
    assert "A field study" not in threads
    heron = shown(bo, f"?in={world.community.slug}")
    assert "A field study" in heron
    assert "Beyond the cohort" not in heron
    assert "None of these" in shown(bo, f"?in={world.other.slug}&kind=wiki")
    assert "Beyond the cohort" in shown(bo, "?kind=no&in=nowhere&page=x&removed=x")


def test_a_note_is_for_oneself_and_words_that_do_not_fit_stay_in_the_form(world, client_of, things):
    bo, bookmark = client_of(world.bo), keep_bookmark(person=world.bo, target=things["resource"])
    url = reverse("bookmark_note", args=[bookmark.pk])
    assert bo.post(url, {"note": "For the <b>workshop</b>"}).url == f"{PAGE}#bookmark-{bookmark.pk}"
    assert "For the &lt;b&gt;workshop&lt;/b&gt;" in shown(bo)
    refused = bo.post(url, {"note": "x" * 501})
    assert refused.status_code == 422
    assert "x" * 501 in refused.content.decode()


def test_removing_can_be_undone_with_its_note_and_is_forgotten_after_a_day(world, client_of, things):
    bo, bookmark = client_of(world.bo), keep_bookmark(person=world.bo, target=things["resource"])
    note_bookmark(bookmark, "For Friday")
    gone = bo.post(reverse("remove_bookmark", args=[bookmark.pk])).url
    page = bo.get(gone).content.decode()
    assert "A field study" not in page
    assert reverse("restore_bookmark", args=[bookmark.pk]) in page
    bo.post(reverse("restore_bookmark", args=[bookmark.pk]))
    assert "For Friday" in shown(bo)
    bo.post(reverse("remove_bookmark", args=[bookmark.pk]))
    Bookmark.objects.update(removed_at=timezone.now() - timedelta(days=2))
    remove_bookmark(Bookmark.objects.none(), person=world.bo)
    assert Bookmark.objects.count() == 0


def test_a_row_is_removed_and_brought_back_in_place(world, client_of, things):
    bo, bookmark = client_of(world.bo), keep_bookmark(person=world.bo, target=things["unit"])
    for name, words in (("remove_bookmark", "Undo"), ("restore_bookmark", "Lurkers are learning too")):
        answer = bo.post(reverse(name, args=[bookmark.pk]), headers={"HX-Request": "true"}).content.decode()
        assert words in answer
        assert "data-focus" in answer


def test_as_many_queries_for_many_as_for_few(world, client_of, things, django_assert_num_queries):
    bo = client_of(world.bo)
    for thing in things.values():
        keep_bookmark(person=world.bo, target=thing)
    shown(bo)
    with django_assert_num_queries(11):
        shown(bo)
    for _ in range(6):
        for thing in (a_thread(world.place, author=world.fay), a_wiki_page(world.place, author=world.fay)):
            keep_bookmark(person=world.bo, target=thing)
    with django_assert_num_queries(11):
        shown(bo)
