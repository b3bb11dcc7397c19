"""Answering one post among many."""

import uuid

import pytest
from django.urls import reverse

from discussions.actions import delete_post
from discussions.models import Post
from tests.discussions.test_at_once import at_once
from tests.factories import a_post, a_thread, a_thread_on

HTMX = {"HX-Request": "true"}


@pytest.fixture
def thread(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)


@pytest.fixture
def post(world, thread):
    return a_post(thread, author=world.bo, body="**Mostly** <i>readers</i> & one `writer`, I think.")


def send(client, thread, body, answers_to, **more):
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])
    return client.post(url, {"body": body, "key": uuid.uuid4(), "answers_to": answers_to}, **more)


def test_without_javascript_a_link_opens_the_form_with_what_it_answers(world, client_of, thread, post):
    client = client_of(world.al)
    assert f'href="?answer={post.pk}#reply-{thread.pk}"' in client.get(world.place.path).content.decode()
    for path in (world.place.path, thread.get_absolute_url()):
        page = client.get(f"{path}?answer={post.pk}").content.decode()
        assert f'name="answers_to" value="{post.pk}"' in page
        assert "In answer to Bo Lindqvist:" in page
        assert "Mostly" in page.partition("In answer to")[2]
    assert f'id="talk-{thread.block_id}" name="talk" open' in client.get(f"{world.place.path}?answer={post.pk}").text
    assert "answers_to" not in client.get(f"{world.place.path}?post={post.pk}").content.decode()


def test_in_place_the_form_is_told_what_it_answers_and_keeps_its_words(world, client_of, thread, post):
    url = reverse("answer_post", args=[world.community.slug, thread.pk, post.pk])
    html = client_of(world.al).get(url, headers=HTMX).content.decode()
    assert "<textarea" not in html
    assert 'data-focus="textarea"' in html
    assert client_of(world.al).get(url).url.endswith(f"?answer={post.pk}#reply-{thread.pk}")


def test_the_answer_says_what_it_answers_and_links_to_it(world, client_of, thread, post):
    response = send(client_of(world.al), thread, "So do I.", post.pk, headers=HTMX)
    for html in (response.content.decode(), client_of(world.fay).get(world.place.path).content.decode()):
        assert "in answer to Bo Lindqvist:" in html
        assert "<bdi>Mostly &lt;i&gt;readers&lt;/i&gt; &amp; one writer, I think.</bdi>" in html
        assert f'href="?post={post.pk}#post-{post.pk}"' in html
    assert Post.objects.get(source="So do I.").answers_to == post


def test_an_answer_that_is_changed_in_place_still_says_what_it_answers(world, client_of, thread, post):
    mine = a_post(thread, author=world.al, body="So do I.")
    Post.objects.filter(pk=mine.pk).update(answers_to=post)
    base = reverse("post", args=[world.community.slug, thread.pk, mine.pk])
    for act, fields in (
        ("edit/", {"body": "So do we.", "version": 1}), ("reactions/", {"leave": "me_too"}), ("delete/", {}),
        ("restore/", {}),
    ):  # fmt: skip
        html = client_of(world.al).post(f"{base}{act}", fields, headers=HTMX).content.decode()
        assert ("in answer to Bo Lindqvist:" in html) is (act != "delete/")


def test_a_removed_post_is_answered_without_its_words(world, client_of, thread, post):
    before = send(client_of(world.al), thread, "Before.", post.pk)
    delete_post(by=world.bo, post=post)
    after = send(client_of(world.al), thread, "After.", post.pk)
    assert before.status_code == after.status_code == 302
    assert Post.objects.get(source="After.").answers_to == post
    for path in (world.place.path, thread.get_absolute_url()):
        page = client_of(world.fay).get(f"{path}?answer={post.pk}").content.decode()
        assert page.count("in answer to a removed post") == 2
        assert "In answer to a removed post" in page
        assert "Mostly" not in page


@pytest.mark.parametrize("answers_to", ["", "x", "-1", "0", "9" * 40, "²", "999999"])
def test_words_are_taken_whatever_they_answer(world, client_of, thread, answers_to):
    assert send(client_of(world.al), thread, "Anyway.", answers_to).status_code == 302
    assert Post.objects.get(source="Anyway.").answers_to is None
    assert client_of(world.al).get(f"{world.place.path}?answer={answers_to}").status_code == 200
    assert client_of(world.al).get(f"{thread.get_absolute_url()}?answer={answers_to}").status_code == 200


def test_a_post_of_another_thread_is_not_quoted(world, client_of, thread):
    secret = a_thread(author=None, body="Not for Bo.").posts.get()
    send(client_of(world.bo), thread, "Whose?", secret.pk)
    assert Post.objects.get(source="Whose?").answers_to is None
    for path in (world.place.path, thread.get_absolute_url()):
        assert "Not for Bo." not in client_of(world.bo).get(f"{path}?answer={secret.pk}").content.decode()


def test_a_refused_answer_still_knows_what_it_answers(world, client_of, thread, post):
    for headers in ({}, HTMX):
        response = send(client_of(world.al), thread, "x" * 10_001, post.pk, headers=headers)
        assert response.status_code == 422
        assert f'name="answers_to" value="{post.pk}"' in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_answer_to_a_post_that_is_removed_at_the_same_moment_is_kept(world, client_of):
    thread = a_thread(world.place, author=world.alice)
    post = a_post(thread, author=world.bo)

    def act(n):
        if n == 3:
            return delete_post(by=world.bo, post=post)
        return send(client_of(world.al), thread, f"Answer {n}.", post.pk).status_code

    assert at_once(act, range(6)).count(302) == 5
    assert Post.objects.filter(answers_to=post).count() == 5
    thread.refresh_from_db()
    assert thread.post_count == thread.posts.standing().count() == 6
