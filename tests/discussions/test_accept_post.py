"""Accepting the answer of a question."""

import re

import pytest
from django.urls import reverse

from discussions.actions import accept_post, delete_post
from discussions.models import Post, Thread
from tests.discussions.test_at_once import at_once
from tests.factories import a_post, a_thread, a_thread_on

HTMX = {"HX-Request": "true"}


@pytest.fixture
def question(world):
    return a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.bo, kind="question", title="Who knows?"
    )


@pytest.fixture
def post(world, question):
    return a_post(question, author=world.al, body="I know it.")


def act(client, post, name="accept_post", **more):
    return client.post(reverse(name, args=[post.thread.place.community.slug, post.thread_id, post.pk]), **more)


def test_the_asker_accepts_an_answer_and_it_stands_under_the_question(world, client_of, question, post):
    for n in range(8):
        a_post(question, author=(world.fay, world.alice)[n % 2], body=f"Later {n}.")
    assert act(client_of(world.bo), post).url == post.get_absolute_url()
    for url in (world.place.path, question.get_absolute_url()):
        page = client_of(world.al).get(url).content.decode()
        answer = page.index(f'id="answer-{question.pk}"')
        assert page.index("I know it.", answer) < page.index("Later 7.", answer)
        assert "Accepted answer" in page
        assert f'class="post post-answer" id="post-{post.pk}"' in page
    question.refresh_from_db()
    assert (question.accepted_by, question.needs_an_answer, question.is_open_question) == (world.bo, False, False)


def test_it_is_taken_back_and_a_guide_may_accept_another(world, client_of, question, post):
    other = a_post(question, author=world.alice)
    accept_post(by=world.bo, post=post)
    assert act(client_of(world.bo), post, "unaccept_post").status_code == 302
    assert Thread.objects.get(pk=question.pk).is_open_question
    accept_post(by=world.bo, post=post)
    html = act(client_of(world.fay), other, headers=HTMX).content.decode()
    assert f'class="post post-answer" id="post-{other.pk}"' in html
    assert re.search(rf'class="post" id="post-{post.pk}"[^>]* hx-swap-oob="true"', html)
    assert f'id="answer-{question.pk}" hx-swap-oob="true"' in html
    assert Thread.objects.get(pk=question.pk).accepted_post == other
    act(client_of(world.bo), post, "unaccept_post")  # from a page that is out of date
    assert Thread.objects.get(pk=question.pk).accepted_post == other


def test_an_accepted_answer_that_is_edited_is_new_under_the_question_too(world, client_of, question, post):
    accept_post(by=world.bo, post=post)
    url = reverse("edit_post", args=[world.community.slug, question.pk, post.pk])
    html = client_of(world.al).post(url, {"body": "I know better.", "version": 1}, headers=HTMX).content.decode()
    assert html.count("I know better.") == 2
    assert "I know it." not in html


def test_nobody_else_accepts_and_only_answers_of_questions(world, client_of, question, post):
    for person, status in ((world.al, 403), (world.cy, 404), (world.ed, 404), (None, 401)):
        assert act(client_of(person), post).status_code == status
    opening = question.posts.in_order()[0]
    talk = a_post(a_thread(world.place, author=world.bo), author=world.al)
    for no_answer in (opening, talk, delete_post(by=world.al, post=post)):
        assert act(client_of(world.bo), no_answer).status_code == 403
    assert not Thread.objects.exclude(accepted_post=None).exists()


def test_a_removed_answer_is_no_answer_any_more(world, client_of, question, post):
    accept_post(by=world.bo, post=post)
    html = client_of(world.al).post(
        reverse("delete_post", args=[world.community.slug, question.pk, post.pk]), headers=HTMX
    )
    assert "I know it." not in html.content.decode()
    question.refresh_from_db()
    assert (question.accepted_post, question.accepted_at, question.accepted_by) == (None, None, None)
    assert question.needs_an_answer


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_accepted_at_once_one_stands(world):
    question = a_thread(world.place, author=world.bo, kind="question")
    posts = [a_post(question, author=world.al) for _ in range(4)]
    at_once(lambda post: accept_post(by=world.bo, post=post), posts)
    question.refresh_from_db()
    assert question.accepted_post in Post.objects.filter(thread=question)
    assert question.accepted_by == world.bo
