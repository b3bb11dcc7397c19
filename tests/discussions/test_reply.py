"""Adding to a conversation."""

import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import remove_member
from discussions.actions import POSTS_A_MINUTE, catch_up
from discussions.models import Post, Thread
from markup import LIMITS, Profile
from notifications.models import Event
from tests.factories import a_post, a_thread, a_thread_on

HTMX = {"HX-Request": "true"}


@pytest.fixture
def thread(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)


def send(client, thread, body, key=None, answers_to="", **more):
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])
    return client.post(url, {"body": body, "key": key or uuid.uuid4(), "answers_to": answers_to}, **more)


def test_a_reply_leads_back_to_the_unit_with_the_conversation_open(world, client_of, thread):
    client = client_of(world.bo)
    response = send(client, thread, "With us it is.")
    post = Post.objects.get(source="With us it is.")
    assert response.url == f"{world.place.path}?post={post.pk}#post-{post.pk}"
    page = client.get(response.url).content.decode()
    assert f'id="talk-{thread.block_id}" name="talk" open' in page
    assert f'id="post-{post.pk}"' in page


def test_a_reply_keeps_the_counters_and_writes_one_event(world, client_of, thread):
    send(client_of(world.bo), thread, "One.")
    thread.refresh_from_db()
    world.place.refresh_from_db()
    assert (thread.post_count, world.place.post_count, world.place.thread_count) == (2, 2, 1)
    assert thread.last_post_at == thread.posts.in_order().last().created_at
    assert [event.verb for event in Event.objects.order_by("pk")] == ["started", "replied"]


def test_the_same_form_sent_twice_makes_one_post(world, client_of, thread):
    key, client = uuid.uuid4(), client_of(world.bo)
    first, second = send(client, thread, "Once.", key), send(client, thread, "Once.", key)
    assert first.url == second.url
    assert Post.objects.filter(source="Once.").count() == 1
    assert Event.objects.filter(verb="replied").count() == 1


def test_with_htmx_the_answer_is_the_post_a_fresh_form_and_the_new_number(world, client_of, thread):
    response = send(client_of(world.bo), thread, "In place.", headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert response["HX-Retarget"] == f"#foot-{thread.pk}"
    assert html.index(f'id="foot-{thread.pk}"') < html.index(f'hx-swap-oob="beforebegin:#end-{thread.pk}"')
    assert html.count("<article") == html.count("In place.") == 1
    assert f'id="count-{thread.block_id}" aria-hidden="true" hx-swap-oob="true">2<' in html
    assert "announce" in response["HX-Trigger"]
    assert "Distil it" not in html


def test_with_the_third_post_one_is_offered_to_distil_it(world, client_of, thread):
    send(client_of(world.bo), thread, "Two.")
    html = send(client_of(world.fay), thread, "Three.", headers=HTMX).content.decode()
    assert "Distil it" in html[html.index(f'id="distil-{thread.pk}" hx-swap-oob="true"') :]


def test_in_place_a_reply_to_one_post_quotes_it(world, client_of, thread):
    asked = a_post(thread, author=world.fay, body="Which of the two?")
    html = send(client_of(world.bo), thread, "The second.", headers=HTMX, answers_to=asked.pk).content.decode()
    assert "Which of the two?" in html[html.index('class="answers-to"') :]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("body", ["", "   \n "], ids=["empty", "blank"])
def test_nothing_is_no_reply(world, client_of, thread, body, headers):
    response = send(client_of(world.bo), thread, body, headers=headers)
    assert response.status_code == 422
    assert "Write something first." in response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_too_long_a_reply_is_refused_with_both_numbers_and_kept(world, client_of, thread, headers):
    text = "a <b>&amp; \u202e" * 1000 + "x" * LIMITS[Profile.POST]
    response = send(client_of(world.bo), thread, text, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert f"That is {len(text)} characters; {LIMITS[Profile.POST]} fit." in page
    assert text in unescape(page)
    assert Post.objects.count() == 1


def test_a_post_of_the_greatest_length_is_taken_with_its_line_ends_as_typed(world, client_of, thread):
    text = "ab\r\n" * ((LIMITS[Profile.POST]) // 3)
    assert send(client_of(world.bo), thread, text).status_code == 302
    assert Post.objects.latest("pk").source == text.replace("\r\n", "\n")


def test_a_closed_conversation_takes_no_reply_and_gives_the_words_back(world, client_of, thread):
    Thread.objects.filter(pk=thread.pk).update(closed_at=timezone.now(), closed_by=world.alice)
    response = send(client_of(world.bo), thread, "Too late, but not lost.")
    assert response.status_code == 409
    assert "Too late, but not lost." in response.content.decode()
    assert Post.objects.count() == 1


def test_a_member_removed_a_second_ago_finds_nothing(world, client_of, thread):
    client = client_of(world.bo)
    remove_member(world.community.memberships.current().get(user=world.bo))
    assert send(client, thread, "Still here?").status_code == 404
    assert Post.objects.count() == 1


def test_a_reply_by_somebody_signed_out_is_shown_to_them_again(world, client_of, thread):
    response = send(client_of(None), thread, "Written while signed out.")
    assert response.status_code == 401
    assert "Written while signed out." in response.content.decode()


def test_a_thread_of_another_community_is_not_found_under_ones_own_address(world, client_of, thread):
    theirs = a_thread(author=None)
    url = reverse("reply", args=[world.community.slug, theirs.pk])
    assert client_of(world.bo).post(url, {"body": "x", "key": uuid.uuid4()}).status_code == 404


def test_more_posts_than_a_person_writes_are_asked_to_wait(world, client_of, thread):
    client = client_of(world.bo)
    for n in range(POSTS_A_MINUTE):
        assert send(client, thread, f"Post {n}.").status_code == 302
    response = send(client, thread, "One too many.")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert "One too many." in response.content.decode()
    Post.objects.filter(author=world.bo).update(created_at=timezone.now() - timedelta(minutes=2))
    assert send(client, thread, "After a pause.").status_code == 302


def test_fields_that_a_form_does_not_have_change_nothing(world, client_of, thread):
    url = reverse("reply", args=[world.community.slug, thread.pk])
    forged = {"author": world.alice.pk, "thread": 999, "created_at": "2001-01-01", "html": "<script>", "renderer": 99}
    client_of(world.bo).post(url, {"body": "Mine.", "key": uuid.uuid4(), **forged})
    post = Post.objects.get(source="Mine.")
    assert (post.author, post.thread, post.created_at.year > 2001) == (world.bo, thread, True)
    assert "script" not in post.html


def test_only_people_who_can_see_the_place_are_mentioned(world, thread):
    post = a_post(thread, author=world.bo, body="@fay and @cy and @ed and @nobody, and `@alice` in code")
    assert set(post.mentioned.all()) == {world.fay}
    assert world.fay.get_absolute_url() in post.html
    assert "/people/cy/" not in post.html


def test_long_conversations_show_their_last_posts_and_a_way_to_the_rest(world, client_of, thread):
    posts = [a_post(thread, author=person, body=f"Post {n}.") for n, person in enumerate([world.bo, world.fay] * 4)]
    catch_up(world.al, among=Post.objects.at(world.place), up_to=posts[-1].pk)
    page = client_of(world.al).get(world.place.path).content.decode()
    assert f'id="post-{posts[-1].pk}"' in page
    assert f'id="post-{posts[0].pk}"' not in page
    assert "4 earlier posts" in page
    linked = client_of(world.al).get(posts[0].get_absolute_url().partition("#")[0]).content.decode()
    assert f'id="post-{posts[0].pk}"' in linked
