"""Posting from a page that was opened before something happened: a clear answer, and never a lost word."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import join, remove_member
from community.models import Membership, Place
from courses.actions import edit_unit
from discussions.actions import Decision, ThreadClosed, decide, delete_post, merge_threads, move_thread, reply
from discussions.forms import Anchor, signed
from discussions.models import Post, Thread
from tests.factories import a_block, a_cohort, a_post, a_thread, commons_of, split_off

HTMX = {"HX-Request": "true", "HX-Target": "thread-1"}
WORDS = "Not lost <b>, ever."
KEPT = "Not lost &lt;b&gt;, ever."


@pytest.fixture
def thread(world):
    return a_thread(world.place, author=world.fay, title="Who counts?")


@pytest.fixture
def post(world, thread):
    return a_post(thread, author=world.al)


@pytest.fixture
def egret(world):
    """A community that Fay guides too, and Bo is not in."""
    cohort = a_cohort(world.course, host=world.alice, title="Egret cohort", slug="egret")
    join(cohort.community, world.fay, role=Membership.Role.FACILITATOR)
    return cohort.community


def send(client, thread, *, answers_to=None, headers=None):
    url = reverse("reply", args=["heron", thread.pk])
    words = {"body": WORDS, "key": uuid.uuid4(), "slot": f"reply:{thread.pk}"}
    return client.post(url, words | ({"answers_to": answers_to.pk} if answers_to else {}), headers=headers or {})


def close(world, thread):
    decide(by=world.alice, post=thread.posts.openings().get(), decision=Decision("close", "Enough said."))


def hide_place(world, thread):
    Place.objects.filter(pk=thread.place_id).update(opens_at=timezone.now() + timezone.timedelta(days=1))


def move_away(world, thread):
    egret = a_cohort(world.course, host=world.alice, title="Egret cohort", slug="egret").community
    join(egret, world.fay, role=Membership.Role.FACILITATOR)
    move_thread(by=world.fay, thread=thread, place=commons_of(egret))


def remove_bo(world, thread):
    remove_member(world.community.memberships.current().get(user=world.bo))


@pytest.mark.parametrize(("happens", "status"), [(close, 409), (hide_place, 404), (move_away, 404), (remove_bo, 404)])
def test_words_that_find_no_place_any_more_are_given_back(world, client_of, thread, post, happens, status):
    happens(world, thread)
    answer = send(client_of(world.bo), thread, answers_to=post)
    assert answer.status_code == status
    assert KEPT in answer.content.decode()
    assert not Post.objects.filter(source=WORDS).exists()
    in_place = send(client_of(world.bo), thread, answers_to=post, headers=HTMX)
    assert in_place.status_code == status  # the form stays in the page as it is, or comes back with the words
    assert (KEPT in in_place.content.decode()) is (status == 409)


def test_a_reply_to_what_was_merged_stands_where_that_lives_now(world, client_of, thread, post):
    merge_threads(by=world.fay, thread=thread, into=(into := a_thread(world.commons)), key=uuid.uuid4())
    send(client_of(world.bo), thread, answers_to=post)
    written = Post.objects.get(source=WORDS)
    assert (written.thread, written.answers_to) == (into, post)
    in_place = send(client_of(world.al), thread, answers_to=post, headers={**HTMX, "HX-Target": f"thread-{thread.pk}"})
    assert in_place.headers["HX-Redirect"].startswith(f"{world.commons.path}?post=")


def test_a_reply_to_what_was_split_off_stands_there_and_one_to_the_rest_stays(world, client_of, thread, post):
    made = split_off(thread, post, by=world.fay)
    send(client_of(world.bo), thread, answers_to=post)
    assert Post.objects.get(source=WORDS).thread == made
    send(client_of(world.al), thread, answers_to=thread.posts.openings().get())
    assert thread.posts.get(source=WORDS).author == world.al


def test_a_reply_to_what_went_out_of_sight_is_refused_and_can_be_sent_without_it(world, client_of, thread, post, egret):
    split_off(thread, post, by=world.fay, place=commons_of(egret))
    bo = client_of(world.bo)
    answer = send(bo, thread, answers_to=post)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What you answer was taken elsewhere meanwhile." in page
    assert KEPT in page
    assert f'value="{post.pk}"' not in page  # sent again, the words stand in this conversation
    assert send(bo, thread).status_code == 302
    assert thread.posts.filter(source=WORDS).count() == 1


def test_a_reply_to_a_merged_conversation_that_is_closed_is_refused(world, client_of, thread, post):
    into = a_thread(world.commons, author=world.bo)
    close(world, into)
    merge_threads(by=world.fay, thread=thread, into=into, key=uuid.uuid4())
    answer = send(client_of(world.bo), thread)
    assert answer.status_code == 409
    assert "closed meanwhile" in answer.content.decode()
    assert KEPT in answer.content.decode()


def test_what_is_sent_in_the_very_moment_is_refused_with_its_words(world, client_of, thread, post, monkeypatch):
    def just_before(**words):
        close(world, thread)
        return reply(**words)

    monkeypatch.setattr("discussions.actions.reply", just_before)
    answer = send(client_of(world.bo), thread)
    assert answer.status_code == 409
    assert KEPT in answer.content.decode()


def test_a_reply_to_a_post_removed_a_second_ago_stands_and_says_so(world, client_of, thread, post):
    delete_post(by=world.al, post=post)
    assert send(client_of(world.bo), thread, answers_to=post).status_code == 302
    assert "in answer to a removed post" in client_of(world.bo).get(thread.get_absolute_url()).content.decode()


def test_where_everything_was_removed_one_can_still_answer(world, client_of, thread, post):
    for gone in thread.posts.all():
        delete_post(by=world.fay, post=gone)
    assert send(client_of(world.bo), thread, answers_to=post).status_code == 302
    assert thread.posts.standing().get().source == WORDS


@pytest.mark.parametrize("name", ["new_thread", "reply", "edit_post"])
def test_a_member_removed_a_second_ago_gets_their_words_back_from_every_form(world, client_of, thread, name):
    mine = a_post(thread, author=world.bo)
    bo = client_of(world.bo)
    remove_bo(world, thread)
    args = {"new_thread": [world.place.pk], "reply": [thread.pk], "edit_post": [thread.pk, mine.pk]}[name]
    words = {"body": WORDS, "title": "Mine", "key": uuid.uuid4(), "version": 1}
    answer = bo.post(reverse(name, args=["heron", *args]), words)
    assert answer.status_code == 404
    assert KEPT in answer.content.decode()
    assert "Who counts?" not in answer.content.decode()
    with pytest.raises(ThreadClosed):
        reply(author=world.bo, thread=thread, body=WORDS, key=uuid.uuid4())


@pytest.mark.parametrize("source", ["", "Something else altogether.\n", "Counting posts makes readers look away.\n"])
def test_a_conversation_about_a_block_that_was_rewritten_meanwhile_begins_with_the_old_words(world, client_of, source):
    block_id, text = a_block(world.unit, "Counting posts")
    anchor = signed(Anchor.on(block_id, text), world.place)  # what the form on the open page carries
    edited = edit_unit(unit=world.unit, author=world.alice, source=source, version=1)
    words = {"title": "Is it so?", "body": WORDS, "key": uuid.uuid4(), "anchor": anchor}
    bo = client_of(world.bo)
    assert bo.post(reverse("new_thread", args=["heron", world.place.pk]), words).status_code == 302
    begun = Thread.objects.get(title="Is it so?")
    assert begun.quote == text
    page = bo.get(begun.posts.get().get_absolute_url()).content.decode()
    assert KEPT in page
    assert ("on an earlier wording" in page) is (block_id not in edited.block_texts())


def test_an_open_page_of_what_was_merged_is_told_where_that_lives_now(world, client_of, thread, egret):
    merge_threads(by=world.fay, thread=thread, into=(into := a_thread(world.commons)), key=uuid.uuid4())
    url = reverse("changes", args=["heron", world.place.pk])
    left = client_of(world.bo).get(url, {"after": 0, "threads": thread.pk}).json()["left"]
    assert left == {str(thread.pk): into.get_absolute_url()}
    move_thread(by=world.fay, thread=into, place=commons_of(egret))
    assert client_of(world.bo).get(url, {"after": 0, "threads": thread.pk}).json()["left"] == {str(thread.pk): ""}
