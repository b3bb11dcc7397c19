"""Removing posts: the words are nowhere, the conversation holds, and it can be undone."""

import uuid

import pytest
from django.urls import reverse

from community.actions import remove_member
from community.models import Place
from discussions.actions import delete_post, edit_post, reply, restore_post
from discussions.models import Post, Thread
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.discussions.test_at_once import at_once
from tests.factories import a_post, a_thread, a_thread_on

HTMX = {"HX-Request": "true"}
SECRET = "Xylophone secrets"


@pytest.fixture
def thread(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)


@pytest.fixture
def post(world, thread):
    return a_post(thread, author=world.bo, body=f"{SECRET}, @fay.")


def act(client, post, name="delete_post", **more):
    return client.post(reverse(name, args=[post.thread.place.community.slug, post.thread_id, post.pk]), **more)


def everything(client, world, thread):
    """All that somebody can read of a conversation, in one string."""
    post = thread.posts.in_order().last()
    slug = world.community.slug
    fragment = reverse("post", args=[slug, thread.pk, post.pk])
    answers = [
        client.get("/"), client.get("/notifications/"), client.get(f"/c/{slug}/"), client.get(world.place.path),
        client.get(thread.get_absolute_url()), client.get(reverse("threads", args=[slug, world.place.pk])),
        client.get(f"{world.place.path}talk/{thread.block_id or 'x'}/", headers=HTMX),
        client.get(fragment, headers=HTMX), client.get(f"{fragment}history/"), client.get(f"{fragment}delete/"),
        client.get(f"{fragment}edit/"), client.get(f"{fragment}edit/here/", headers=HTMX),
        client.get(f"{world.place.path}?post={post.pk}"),
    ]  # fmt: skip
    return "".join(answer.content.decode() for answer in answers)


def test_a_removed_post_keeps_its_place_without_its_words(world, client_of, thread, post):
    edit_post(author=world.bo, post=post, body=f"{SECRET}, twice.", version=1)
    assert SECRET in everything(client_of(world.al), world, thread)
    response = act(client_of(world.bo), post)
    page = client_of(world.bo).get(response.url).content.decode()
    assert "Undo" in page
    for person in (world.alice, world.fay, world.al):
        assert SECRET not in everything(client_of(person), world, thread)
    assert "removed by its author" in client_of(world.al).get(world.place.path).content.decode()
    history = reverse("post_history", args=[world.community.slug, thread.pk, post.pk])
    assert [client_of(person).get(history).status_code for person in (world.al, world.fay, world.bo)] == [404, 404, 200]


def test_counters_follow_and_come_back(world, client_of, thread, post):
    before = thread.last_post_at
    for name, posts in (("delete_post", 1), ("delete_post", 1), ("restore_post", 2), ("restore_post", 2)):
        assert act(client_of(world.bo), post, name).status_code == 302
        thread.refresh_from_db()
        assert (thread.post_count, Place.objects.get(pk=world.place.pk).post_count) == (posts, posts)
        assert (thread.last_post_at == before) is (posts == 1)
    assert SECRET in client_of(world.al).get(world.place.path).content.decode()


def test_a_thread_without_posts_leaves_the_lists_and_answers_its_address(world, client_of):
    thread = a_thread(world.place, author=world.bo, title=SECRET, body=SECRET)
    delete_post(by=world.bo, post=thread.posts.get())
    assert SECRET not in everything(client_of(world.al), world, thread)
    lists = ["/", f"/c/{world.community.slug}/", reverse("threads", args=[world.community.slug, world.place.pk])]
    for url in [*lists, world.place.path]:
        assert thread.get_absolute_url() not in client_of(world.al).get(url).content.decode()
    assert client_of(world.al).get(thread.get_absolute_url()).status_code == 200
    assert Place.objects.get(pk=world.place.pk).thread_count == 0
    answer = a_post(thread, author=world.al, body="What was it about?")
    assert Place.objects.get(pk=world.place.pk).thread_count == 1
    thread.refresh_from_db()
    assert (thread.post_count, thread.reply_count) == (1, 1)
    restore_post(by=world.bo, post=thread.posts.in_order()[0])
    thread.refresh_from_db()
    assert (thread.title, thread.post_count, thread.reply_count) == (SECRET, 2, 1)
    assert Place.objects.get(pk=world.place.pk).thread_count == 1
    assert answer.thread_id == thread.pk


def test_a_removed_post_of_a_thread_off_the_text_is_shown_at_its_address_to_undo(world, client_of):
    thread = a_thread(world.place, author=world.bo, body=SECRET)
    post = thread.posts.get()
    delete_post(by=world.bo, post=post)
    page = client_of(world.bo).get(post.get_absolute_url().partition("#")[0]).content.decode()
    assert f'id="post-{post.pk}"' in page
    assert "Undo" in page


def test_a_guide_removes_and_only_a_guide_brings_it_back(world, client_of, thread, post):
    assert act(client_of(world.fay), post).status_code == 302
    page = client_of(world.bo).get(world.place.path).content.decode()
    assert "removed by a facilitator" in page
    assert SECRET not in everything(client_of(world.bo), world, thread)
    assert act(client_of(world.bo), post, "restore_post").status_code == 403
    assert act(client_of(world.alice), post, "restore_post").status_code == 302
    assert act(client_of(world.bo), post).status_code == 302
    assert act(client_of(world.fay), post, "restore_post").status_code == 403


def test_nobody_else_removes_a_post(world, client_of, post):
    for person, status in ((world.al, 403), (world.cy, 404), (world.ed, 404), (None, 401)):
        assert act(client_of(person), post).status_code == status
    remove_member(world.community.memberships.current().get(user=world.bo))
    assert act(client_of(world.bo), post).status_code == 404
    assert not Post.objects.get(pk=post.pk).is_gone


def test_in_place_the_post_offers_to_undo_and_the_knot_counts_anew(world, client_of, thread, post):
    response = act(client_of(world.bo), post, headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert SECRET not in html
    assert "Undo" in html
    assert f'id="count-{thread.block_id}" aria-hidden="true" hx-swap-oob="true">1<' in html
    assert "announce" in response["HX-Trigger"]
    assert SECRET in act(client_of(world.bo), post, "restore_post", headers=HTMX).content.decode()


def test_who_had_not_heard_yet_hears_nothing_of_a_removed_post(world, post):
    edit_post(author=world.bo, post=post, body="@al", version=1)
    delete_post(by=world.bo, post=post)
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    assert not Notification.objects.filter(event__actor=world.bo).exists()


def test_words_written_to_a_post_that_was_removed_meanwhile_are_given_back(world, client_of, post):
    delete_post(by=world.fay, post=post)
    url = reverse("edit_post", args=[world.community.slug, post.thread_id, post.pk])
    response = client_of(world.bo).post(url, {"body": "An hour of work.", "version": 1})
    assert response.status_code == 409
    assert "An hour of work." in response.content.decode()
    assert client_of(world.bo).get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_replies_and_removals_at_once_keep_the_counters(world):
    thread = a_thread(world.place, author=world.alice)
    posts = [a_post(thread, author=world.bo) for _ in range(6)]

    def act(n):
        if n % 3 == 0:
            return reply(author=world.fay, thread=thread, body=f"{n}", key=uuid.uuid4())
        return delete_post(by=(world.bo, world.alice)[n % 2], post=posts[n % 6])

    at_once(act, range(18))
    thread = Thread.objects.get(pk=thread.pk)
    assert thread.post_count == thread.posts.standing().count()
    assert Place.objects.get(pk=world.place.pk).post_count == thread.post_count
