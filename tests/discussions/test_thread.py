"""Starting conversations, and their own pages."""

import uuid

import pytest
from django.core import signing
from django.urls import reverse

from discussions.forms import Anchor, signed
from discussions.models import Post, Thread
from discussions.views import POSTS_A_PAGE
from tests.factories import a_block, a_post, a_thread, commons_of


def start(client, place, **words):
    url = reverse("new_thread", args=[place.community.slug, place.pk])
    return client.post(url, {"body": "What would you ask?", "key": uuid.uuid4()} | words)


def test_a_conversation_hangs_on_its_block_with_the_words_it_is_about(world, client_of):
    block_id, text = a_block(world.unit, "Counting posts")
    response = start(client_of(world.bo), world.place, anchor=signed(Anchor.on(block_id, text), world.place))
    thread = Thread.objects.begun().get()
    assert (thread.block_id, thread.quote, thread.title) == (block_id, text, "What would you ask?")
    assert response.url == thread.posts.get().get_absolute_url()


@pytest.mark.parametrize("forged", ["nonsense", signing.dumps([1, "x"], salt="other")], ids=["garbage", "other salt"])
def test_nobody_quotes_what_was_not_there(world, client_of, forged):
    response = start(client_of(world.bo), world.place, anchor=forged, body="Kept words.")
    assert response.status_code == 422
    assert "Kept words." in response.content.decode()
    assert not Thread.objects.begun().exists()


def test_an_anchor_of_another_place_is_refused(world, client_of):
    elsewhere = signed(Anchor.on("abcdefgh", "Their words"), commons_of(world.other))
    assert start(client_of(world.bo), world.place, anchor=elsewhere).status_code == 422


def test_a_question_needs_an_answer_until_it_has_one(world, client_of):
    start(client_of(world.bo), world.place, kind="question", title="Who has tried it?")
    thread = Thread.objects.begun().get()
    assert "needs an answer" in client_of(world.fay).get(world.place.path).content.decode()
    a_post(thread, author=world.fay)
    assert "needs an answer" not in client_of(world.fay).get(world.place.path).content.decode()


@pytest.mark.parametrize("kind", ["prompt", "topic", "nonsense"])
def test_a_member_starts_no_prompt(world, client_of, kind):
    assert start(client_of(world.bo), world.place, kind=kind).status_code == 422


def test_the_same_form_sent_twice_starts_one_conversation(world, client_of):
    key = uuid.uuid4()
    first, second = (start(client_of(world.bo), world.place, key=key) for _ in range(2))
    assert first.url == second.url
    assert (Thread.objects.begun().count(), Post.objects.count()) == (1, 1)


def test_without_a_title_it_has_the_words_it_begins_with(world, client_of):
    start(client_of(world.bo), world.place, body="A first line that is long enough " * 5 + "\nand a second")
    title = Thread.objects.begun().get().title
    assert title.startswith("A first line")
    assert len(title) == 81


def test_a_title_too_long_is_refused_and_everything_kept(world, client_of):
    response = start(client_of(world.bo), world.place, title="t" * 201, body="Body stays.")
    page = response.content.decode()
    assert response.status_code == 422
    assert "t" * 201 in page
    assert "Body stays." in page


def test_a_long_conversation_has_pages_and_a_post_leads_to_its_own(world, client_of):
    thread = a_thread(world.place, author=world.alice)
    template = thread.posts.get()
    more = [
        Post(thread=thread, author=world.alice, source=f"{n}", html=f"<p>{n}</p>", renderer=1, key=uuid.uuid4())
        for n in range(POSTS_A_PAGE + 10)
    ]
    Post.objects.bulk_create(more)
    last = thread.posts.in_order().last()
    client, url = client_of(world.bo), reverse("thread", args=[world.community.slug, thread.pk])
    assert f'id="post-{template.pk}"' in client.get(url).content.decode()
    assert f'id="post-{last.pk}"' in client.get(url, {"post": last.pk}).content.decode()
    assert client.get(url, {"post": "9" * 30}).status_code == 200
    assert client.get(url, {"page": "nonsense"}).status_code == 200


def test_hostile_words_are_words(world, client_of):
    start(client_of(world.bo), world.place, title='<img src=x onerror="x">{{ 7*7 }}', body="<script>alert(1)</script>")
    thread = Thread.objects.begun().get()
    for url in (world.place.path, thread.get_absolute_url(), world.community.get_absolute_url(), "/"):
        page = client_of(world.fay).get(url).content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page or url == "/"
