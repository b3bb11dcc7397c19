"""Prompts that ask to answer before one reads what the others said."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.models import Post, Thread, ThreadRead
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_block, a_post, a_prompt

CANARY = "Mortar, by feel"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(params=["in the text", "at a block", "at a place"])
def prompt(request, world):
    """One that asks to answer first, with an answer of Al's."""
    if request.param == "in the text":
        thread = world.place.threads.in_text().get()
        thread.answer_first = True
        thread.save(update_fields=["answer_first"])
    else:
        block_id, quote = a_block(world.unit, "Counting posts")
        about = {"block_id": block_id, "quote": quote} if request.param == "at a block" else {}
        thread = a_prompt(world.place, asker=world.fay, title="Say one thing", answer_first=True, about=about)
    a_post(thread, author=world.al, body=CANARY)
    return thread


def pages(world, thread):
    """Every page and fragment on which posts of the thread stand, with what is asked along."""
    slug, post = world.community.slug, Post.objects.get(source=CANARY)
    of_post = [slug, thread.pk, post.pk]
    block = thread.block_id or a_block(world.unit, "Counting posts")[0]
    return [
        (world.place.path, {}),
        (f"{world.place.path}?post={post.pk}", {}),
        (f"{world.place.path}?show=prompts&sort=place", {}),
        (thread.get_absolute_url(), {}),
        (f"{thread.get_absolute_url()}?post={post.pk}", {}),
        (f"{thread.get_absolute_url()}?answer={post.pk}", {}),
        (reverse("block_talk", args=[slug, world.unit.slug, block]), HTMX),
        (reverse("conversation", args=[slug, world.place.pk]), HTMX),
        (reverse("threads", args=[slug, world.place.pk]), {}),
        (reverse("post", args=of_post), HTMX),
        (reverse("answer_post", args=of_post), HTMX),
        (reverse("post_history", args=of_post), {}),
        (world.community.get_absolute_url(), {}),
        (reverse("notifications"), {}),
        ("/", {}),
    ]


def told(page, client):
    url, more = page
    return CANARY in client.get(url, follow=True, **more).content.decode()


def test_who_has_not_answered_reads_nobodys_answer_on_any_page(world, client_of, prompt):
    a_post(prompt, author=world.alice, body="Hear, @bo")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    assert Notification.objects.filter(person=world.bo).exists()
    bo = client_of(world.bo)
    assert [page[0] for page in pages(world, prompt) if told(page, bo)] == []


def test_they_see_how_many_there_are_the_words_that_ask_and_the_way_to_read_on(world, client_of, prompt):
    for url in (world.place.path, prompt.get_absolute_url()):
        page = client_of(world.bo).get(url).content.decode()
        assert "1 answer, shown when you have given yours." in page
        assert f'href="?read={prompt.pk}#thread-{prompt.pk}"' in page
        assert reverse("reply", args=[world.community.slug, prompt.pk]) in page
        assert prompt.title in page


def test_who_answers_reads_all_of_them_at_once_and_from_then_on(world, client_of, prompt):
    bo, url = client_of(world.bo), reverse("reply", args=[world.community.slug, prompt.pk])
    assert CANARY in bo.post(url, {"body": "Mine.", "key": uuid.uuid4()}, **HTMX).content.decode()
    assert told((world.place.path, {}), bo)
    assert told((prompt.get_absolute_url(), {}), bo)


def test_reading_without_answering_shows_all_and_leaves_no_trace(world, client_of, prompt):
    bo = client_of(world.bo)
    post = Post.objects.get(source=CANARY)
    here = [reverse("read_posts", args=[world.community.slug, world.place.pk]), {"posts": f"{post.pk}"}]
    for url in (world.place.path, prompt.get_absolute_url()):
        page = bo.get(f"{url}?read={prompt.pk}").content.decode()
        assert CANARY in page
        assert "You are reading without answering." in page
        assert f'id="post-{post.pk}" data-thread' not in page
    of_post = reverse("answer_post", args=[world.community.slug, prompt.pk, post.pk])
    address = f"http://testserver{world.place.path}?read={prompt.pk}"
    assert CANARY in bo.get(of_post, **HTMX, HTTP_HX_CURRENT_URL=address).content.decode()
    bo.post(*here)
    assert not ThreadRead.objects.filter(person=world.bo, thread=prompt, up_to__gte=post.pk).exists()
    assert not told((world.place.path, {}), bo)


def test_the_answers_are_new_once_one_has_answered(world, prompt):
    answers = Post.objects.answers().in_threads([prompt])
    assert not answers.new_to(world.bo).exists()
    a_post(prompt, author=world.bo)
    assert answers.new_to(world.bo).get().source == CANARY


def test_guides_and_whoever_answered_once_read_on(world, client_of, prompt):
    mine = a_post(prompt, author=world.bo)
    client_of(world.bo).post(reverse("delete_post", args=[world.community.slug, prompt.pk, mine.pk]))
    for person in (world.fay, world.alice, world.bo):
        assert told((world.place.path, {}), client_of(person))
        assert told((prompt.get_absolute_url(), {}), client_of(person))


def test_when_it_has_closed_everybody_reads(world, client_of, prompt):
    Thread.objects.filter(pk=prompt.pk).update(closes_at=timezone.now() - datetime.timedelta(hours=1))
    assert told((world.place.path, {}), client_of(world.bo))
    assert Post.objects.answers().new_to(world.bo).get().source == CANARY


def test_the_words_of_a_prompt_stand_above_many_answers(world, client_of):
    thread = a_prompt(world.commons, asker=world.fay, body="These words ask.", answer_first=True)
    for _ in range(7):
        a_post(thread)
    page = client_of(world.bo).get(world.community.get_absolute_url()).content.decode()
    assert "These words ask." in page
    assert "7 answers, shown when you have given yours." in page


def test_a_guide_sets_and_takes_back_that_one_answers_first(world, client_of):
    thread = world.place.threads.in_text().get()
    url = reverse("terms", args=[world.community.slug, thread.pk])
    for terms in ({"answer_first": "on", "is_anonymous": "on"}, {}):
        client_of(world.fay).post(url, terms)
        thread.refresh_from_db()
        assert (thread.answer_first, thread.is_anonymous) == (bool(terms), bool(terms))
