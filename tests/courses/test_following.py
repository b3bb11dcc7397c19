"""What an open page may ask for when something happened at its place: ids and states, then the pieces."""

import datetime
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.actions import accept_post, delete_post, edit_post, move_thread, react, restore_post, set_terms
from discussions.models import Post
from notifications.models import Event
from tests.courses.test_unit_page import queries_of
from tests.factories import a_block, a_post, a_prompt, a_thread, a_thread_on

HTMX = {"HTTP_HX_REQUEST": "true"}
CANARY = "Mortar, by feel"
LONG_AGO = datetime.timedelta(minutes=10)


@pytest.fixture
def talk(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice, body=CANARY)


@pytest.fixture
def changes(world, client_of):
    """What somebody's page is told after the event `after`; it shows `threads`."""

    def ask(person, after=0, *, place=None, **query):
        place = place or world.place
        url = reverse("changes", args=[place.community.slug, place.pk])
        answer = client_of(person).get(url, {"after": after, **query})
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode()
        return answer.json()

    return ask


@pytest.fixture
def pieces(world, client_of):
    def ask(person, **query):
        url = reverse("pieces", args=[world.community.slug, world.place.pk])
        answer = client_of(person).get(url, query, **HTMX)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def grow_old():
    Event.objects.update(created_at=timezone.now() - LONG_AGO)


def test_what_came_after_is_told_by_ids_and_once(world, talk, changes):
    first = talk.posts.get()
    told = changes(world.bo)
    assert [(post["id"], post["thread"], post["mine"], post["gone"]) for post in told["posts"]] == [
        (first.pk, talk.pk, False, False)
    ]
    assert told["threads"] == {str(talk.pk): {"block": talk.block_id, "posts": 1, "mixed": False}}
    assert (told["total"], told["blocks"]) == ("1 post", {talk.block_id: [1, "1 post"]})
    assert told["words"] == {
        "place": "1 new to you", "community": "1 new to you", "unit": "1 new",
        f"block-{talk.block_id}": "1 new", f"thread-{talk.pk}": "1 new",
    }  # fmt: skip
    grow_old()
    again = changes(world.bo, told["seq"])
    assert (again["seq"], again["posts"], again["threads"], again["cut"]) == (told["seq"], [], {}, False)
    mine = a_post(talk, author=world.bo)
    assert [(post["id"], post["mine"]) for post in changes(world.bo, told["seq"])["posts"]] == [(mine.pk, True)]


def test_an_event_that_appears_late_is_told(world, talk, changes):
    """On PostgreSQL the transaction that took the earlier id may end last."""
    late = a_post(talk, author=world.fay)
    newest = a_post(talk, author=world.fay)
    seen = {post["id"] for post in changes(world.bo, Event.objects.newest())["posts"]}
    assert seen >= {late.pk, newest.pk}


def each_act(world, talk, post):
    yield edit_post(author=post.author, post=post, body="Other words.", version=1)
    yield react(person=world.bo, post=post, word="helped")
    yield accept_post(by=world.alice, post=post)
    yield delete_post(by=world.fay, post=post)
    yield restore_post(by=world.fay, post=post)


def test_each_act_changes_the_state_of_its_post(world, changes):
    talk = a_thread(world.place, author=world.alice, kind="question")
    post = a_post(talk, author=world.fay)
    before = changes(world.bo)
    seq, states = before["seq"], [before["posts"][0]["state"]]
    for _ in each_act(world, talk, post):
        grow_old()
        Event.objects.filter(pk__gt=seq).update(created_at=timezone.now())
        told = changes(world.bo, seq)
        assert [one["id"] for one in told["posts"]] == [post.pk]
        states.append(told["posts"][0]["state"])
        seq = told["seq"]
    assert all(state != next_one for state, next_one in pairwise(states))


def test_what_leaves_is_said_with_the_way_on_for_who_may_see_it_there(world, talk, changes, client_of):
    seq = changes(world.bo)["seq"]
    move_thread(by=world.alice, thread=talk, place=world.commons)
    other = a_thread(world.commons, author=world.alice)
    told = changes(world.bo, seq, threads=f"{talk.pk},{other.pk + 999},x,")
    assert told["left"] == {str(talk.pk): talk.get_absolute_url(), str(other.pk + 999): ""}
    assert (told["posts"], told["threads"], told["total"]) == ([], {}, "0 posts")
    assert list(changes(world.bo, seq, place=world.commons)["threads"]) == [str(talk.pk), str(other.pk)]
    later = world.community.places.exclude(pk__in=[world.place.pk, world.commons.pk]).first()
    later.opens_at = timezone.now() + LONG_AGO
    later.save(update_fields=["opens_at"])
    move_thread(by=world.alice, thread=other, place=later)
    assert changes(world.bo, seq, place=world.commons, threads=other.pk)["left"] == {str(other.pk): ""}


def test_answers_that_one_is_asked_to_read_later_are_not_told_nor_given(world, changes, pieces):
    prompt = a_prompt(world.place, asker=world.fay, answer_first=True)
    answer = a_post(prompt, author=world.al, body=CANARY)
    ids = [post["id"] for post in changes(world.bo)["posts"]]
    assert ids == [prompt.posts.first().pk]
    assert CANARY not in pieces(world.bo, posts=answer.pk, threads=prompt.pk, whole=prompt.pk, rows=prompt.pk)
    assert "1 answer, shown when you have given yours." in pieces(world.bo, threads=prompt.pk)
    a_post(prompt, author=world.bo)
    assert answer.pk in [post["id"] for post in changes(world.bo)["posts"]]
    assert CANARY in pieces(world.bo, posts=answer.pk)


def test_pieces_are_those_of_the_page_and_of_its_place_only(world, talk, pieces, client_of):
    post, prompt = talk.posts.get(), world.place.threads.in_text().get()
    elsewhere = a_thread(world.commons, author=world.fay, body="Not from here.")
    page = client_of(world.bo).get(world.place.path).content.decode()
    given = pieces(world.bo, posts=f"{post.pk},{elsewhere.posts.get().pk}", threads=f"{talk.pk},{elsewhere.pk}")
    for piece in (f"post-{post.pk}", f"head-{talk.pk}", f"says-{talk.pk}", f"kind-{talk.pk}", f"foot-{talk.pk}"):
        assert f'id="{piece}"' in given
        assert f'id="{piece}"' in page
    assert CANARY in given
    assert "Not from here." not in given
    whole = pieces(world.bo, whole=f"{talk.pk},{prompt.pk}", rows=talk.pk)
    assert all(f'id="{piece}"' in whole for piece in (f"thread-{talk.pk}", f"thread-{prompt.pk}", f"row-{talk.pk}"))
    assert f'href="#b-{a_block(world.unit, "Counting posts")[0]}' in whole or "?post=" in whole


def test_a_conversation_that_closes_is_told_with_its_foot(world, changes, pieces):
    prompt = a_prompt(world.place, asker=world.fay)
    seq = changes(world.bo)["seq"]
    assert reverse("reply", args=[world.community.slug, prompt.pk]) in pieces(world.bo, threads=prompt.pk)
    set_terms(by=world.fay, thread=prompt, terms={"closes_at": timezone.now()})
    assert str(prompt.pk) in changes(world.bo, seq)["threads"]
    closed = pieces(world.bo, threads=prompt.pk)
    assert "Closed on" in closed
    assert reverse("reply", args=[world.community.slug, prompt.pk]) not in closed


def test_a_page_that_slept_long_is_asked_to_load_again(world, talk, changes, monkeypatch):
    from discussions.models import changes as module

    monkeypatch.setattr(module, "EVENTS_AT_MOST", 3)
    for _ in range(4):
        a_post(talk, author=world.fay)
    assert changes(world.bo)["cut"] is True


def test_both_ask_the_same_few_queries_for_much_and_for_little(world, talk, client_of):
    client = client_of(world.bo)
    url = reverse("changes", args=[world.community.slug, world.place.pk]) + f"?after=0&threads={talk.pk}"
    few = queries_of(client, url)
    for _ in range(8):
        a_post(a_thread(world.place, author=world.fay), author=world.al)
    assert queries_of(client, url) == few <= 11
    assert Post.objects.at(world.place).count() > 16
