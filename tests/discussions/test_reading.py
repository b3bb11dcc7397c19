"""What is new to somebody, and how it becomes read."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from community.actions import join, remove_member
from community.models import Place
from discussions.actions import catch_up, mark_unread, read_posts
from discussions.models import Post, ThreadRead
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_community, a_post, a_thread, a_thread_on, commons_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def thread(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)


@pytest.fixture
def posts(world, thread):
    """Alice's question and three answers of Fay's."""
    return [thread.posts.get(), *(a_post(thread, author=world.fay) for _ in range(3))]


def new_ids(person):
    return list(Post.objects.new_to(person).in_order().values_list("pk", flat=True))


def ids(posts):
    return [post.pk for post in posts]


def tell(client, place, posts):
    url = reverse("read_posts", args=[place.community.slug, place.pk])
    return client.post(url, {"posts": ",".join(str(post.pk) for post in posts)}, headers=JSON)


def test_threads_and_replies_of_others_are_new_and_ones_own_never(world, thread, posts):
    a_post(thread, author=world.bo)
    assert new_ids(world.bo) == ids(posts)
    assert new_ids(world.fay) == [posts[0].pk, Post.objects.get(author=world.bo).pk]


def test_what_is_new_stays_so_however_long_ago_it_was(world, posts):
    long_ago = timezone.now() - timedelta(days=3000)
    world.community.memberships.update(joined_at=long_ago - timedelta(days=1))
    Post.objects.update(created_at=long_ago)
    assert new_ids(world.bo) == ids(posts)


def test_who_joins_later_begins_with_what_is_said_from_then_on(world, thread, posts):
    join(world.community, world.cy)
    assert new_ids(world.cy) == []
    later = a_post(thread, author=world.bo)
    assert new_ids(world.cy) == [later.pk]
    mark_unread(world.cy, posts[0])
    assert new_ids(world.cy) == [later.pk]


def test_who_was_removed_has_nothing_new_and_coming_back_begins_again(world, thread, posts):
    remove_member(world.community.memberships.current().get(user=world.bo))
    assert new_ids(world.bo) == []
    join(world.community, world.bo)
    assert new_ids(world.bo) == []
    assert new_ids(world.ed) == []


def test_what_has_not_opened_or_was_deleted_is_not_new(world, posts):
    Post.objects.filter(pk=posts[1].pk).update(deleted_at=timezone.now(), deleted_by=world.fay)
    assert new_ids(world.bo) == ids([posts[0], *posts[2:]])
    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(days=1))
    assert new_ids(world.bo) == []


def test_what_was_on_the_screen_is_read_and_the_rest_stays_new(world, client_of, thread, posts):
    answer = tell(client_of(world.bo), world.place, posts[:2]).json()
    assert new_ids(world.bo) == ids(posts[2:])
    assert answer["first"] == {str(thread.pk): posts[2].pk}
    assert answer["words"] == {
        "place": "2 new to you", "community": "2 new to you", "unit": "2 new", f"thread-{thread.pk}": "2 new",
        f"block-{thread.block_id}": "2 new",
    }  # fmt: skip


def test_what_was_passed_over_unseen_stays_new_until_it_is_seen_too(world, posts):
    read_posts(world.bo, place=world.place, seen=ids([posts[0], posts[2], posts[3]]))
    assert new_ids(world.bo) == ids(posts[1:])
    read_posts(world.bo, place=world.place, seen=ids(posts[1:]))
    assert new_ids(world.bo) == []


def test_reading_goes_only_forward(world, thread, posts):
    read_posts(world.bo, place=world.place, seen=ids(posts))
    read_posts(world.bo, place=world.place, seen=ids(posts[:1]))
    catch_up(world.bo, among=thread.posts, up_to=posts[0].pk)
    assert ThreadRead.objects.get().up_to == posts[3].pk


def test_opening_the_page_marks_nothing(world, client_of, posts):
    client = client_of(world.bo)
    for url in (world.place.path, posts[0].get_absolute_url(), posts[0].thread.get_absolute_url()):
        client.get(url)
    assert new_ids(world.bo) == ids(posts)


def test_one_persons_reading_is_nobody_elses(world, client_of, posts):
    tell(client_of(world.bo), world.place, posts)
    assert new_ids(world.al) == ids(posts)
    assert list(ThreadRead.objects.values_list("person", flat=True)) == [world.bo.pk]


def test_posts_of_another_place_are_passed_over(world, client_of, posts):
    here = a_thread(world.commons, author=world.alice).posts.get()
    theirs = a_thread(author=None).posts.get()
    assert tell(client_of(world.bo), world.place, [here, theirs]).status_code == 200
    assert new_ids(world.bo) == [*ids(posts), here.pk]
    assert not ThreadRead.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "-1", "1;2", "9" * 40, ",,,", "0"])
def test_nonsense_marks_nothing(world, client_of, thread, sent):
    slug = world.community.slug
    client, post = client_of(world.bo), thread.posts.get()
    for name, args, fields in (
        ("read_posts", [slug, world.place.pk], {"posts": sent}),
        ("catch_up", [slug, world.place.pk], {"up_to": sent if sent != "9" * 40 else "x"}),
        ("catch_up_community", [slug], {"up_to": sent}),
        ("read_thread", [slug, thread.pk], {"up_to": sent}),
    ):
        assert client.post(reverse(name, args=args), fields).status_code in (200, 302)
    assert new_ids(world.bo) == [post.pk]


def test_unread_from_here_makes_a_post_and_those_after_it_new_again(world, client_of, thread, posts):
    client = client_of(world.bo)
    tell(client, world.place, posts)
    url = reverse("mark_unread", args=[world.community.slug, posts[2].pk])
    answer = client.post(url, headers=JSON).json()
    assert new_ids(world.bo) == ids(posts[2:])
    assert answer["said"] == "Marked unread from here."
    assert client.post(url).url == posts[2].get_absolute_url()


def test_unread_leaves_what_was_not_read_as_it_was(world, posts):
    read_posts(world.bo, place=world.place, seen=ids(posts[:1]))
    mark_unread(world.bo, posts[3])
    assert new_ids(world.bo) == ids(posts[1:])


def test_who_joined_later_is_told_why_a_post_stays_read(world, client_of, posts):
    join(world.community, world.cy)
    url = reverse("mark_unread", args=[world.community.slug, posts[1].pk])
    assert "before you joined" in client_of(world.cy).post(url, headers=JSON).json()["said"]


def test_by_plain_forms_a_conversation_or_a_place_or_all_is_marked_read(world, client_of, thread, posts):
    client, slug = client_of(world.bo), world.community.slug
    other = a_thread(world.place, author=world.alice).posts.get()
    elsewhere = a_thread(world.commons, author=world.alice).posts.get()
    response = client.post(reverse("read_thread", args=[slug, thread.pk]), {"up_to": posts[3].pk})
    assert response.url == f"{world.place.path}#conversation"
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["Marked as read."]
    assert new_ids(world.bo) == [other.pk, elsewhere.pk]
    client.post(reverse("catch_up", args=[slug, world.place.pk]), {"up_to": elsewhere.pk})
    assert new_ids(world.bo) == [elsewhere.pk]
    response = client.post(reverse("catch_up_community", args=[slug]), {"up_to": elsewhere.pk})
    assert response.url == world.community.get_absolute_url()
    assert new_ids(world.bo) == []


def test_catching_up_leaves_new_what_came_in_after_the_page_was_drawn(world, client_of, thread, posts):
    came_in = a_post(thread, author=world.fay)
    url = reverse("catch_up", args=[world.community.slug, world.place.pk])
    client_of(world.bo).post(url, {"up_to": posts[3].pk})
    assert new_ids(world.bo) == [came_in.pk]


def test_catching_up_with_hundreds_of_threads_does_not_touch_other_communities(world):
    circle = a_community(members=(world.bo,))
    theirs = a_thread(commons_of(circle)).posts.get()
    threads = [a_thread(world.place, author=world.alice) for _ in range(3)]
    posts = Post.objects.bulk_create(
        Post(thread=thread, author=world.fay, source="x", html="x", renderer=1, key=uuid.uuid4()) for thread in threads
    )
    catch_up(world.bo, among=Post.objects.in_community(world.community), up_to=posts[-1].pk)
    assert new_ids(world.bo) == [theirs.pk]


def test_reading_a_post_reads_what_one_was_told_about_it_and_no_more(world, client_of, thread):
    a_post(thread, author=world.bo)
    answers = [a_post(thread, author=world.fay, body=f"@bo, number {n}") for n in range(2)]
    other = a_post(a_thread(world.commons, author=world.bo), author=world.fay)
    for event in Event.objects.all():
        fan_out(event.pk)
    tell(client_of(world.bo), world.place, [thread.posts.first(), answers[0]])
    unread = Notification.objects.visible_to(world.bo).unread()
    assert sorted(unread.values_list("event__object_id", flat=True)) == [answers[1].pk, other.pk]
    assert Notification.objects.filter(person=world.alice).unread().count() == 3


def test_a_guide_of_a_closed_place_has_its_news(world, posts):
    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(days=1))
    assert new_ids(world.fay) == [posts[0].pk]
