"""Three words that people leave on posts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.actions import remove_member
from discussions.actions import delete_post, react, take_back
from discussions.models import Post, Reaction
from tests.discussions.test_at_once import at_once
from tests.factories import a_member, a_post, a_thread, a_thread_on

HTMX = {"HX-Request": "true"}
WORDS = ["helped", "me_too", "thanks"]


@pytest.fixture
def post(world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    return a_post(thread, author=world.bo)


def say(client, post, word="helped", verb="leave", **more):
    url = reverse("reactions", args=[post.thread.place.community.slug, post.thread_id, post.pk])
    return client.post(url, {verb: word}, **more)


def counts(post):
    return Post.objects.values_list("helped_count", "me_too_count", "thanks_count").get(pk=post.pk)


def test_a_word_is_left_and_taken_back_and_counted_on_the_post(world, client_of, post):
    client = client_of(world.al)
    assert say(client, post).url == post.get_absolute_url()
    say(client_of(world.fay), post)
    say(client, post, "thanks")
    assert counts(post) == (2, 0, 1)
    page = client.get(world.place.path).content.decode()
    assert '<button name="take" value="helped" aria-pressed="true">helped me <span class="nums">2</span>' in page
    assert '<button name="leave" value="me_too" aria-pressed="false">me too</button>' in page
    say(client, post, verb="take")
    assert counts(post) == (1, 0, 1)
    assert 'name="leave" value="helped" aria-pressed="false"' in client.get(world.place.path).content.decode()


def test_the_same_form_sent_twice_counts_once(world, client_of, post):
    for verb, count in (("leave", 1), ("leave", 1), ("take", 0), ("take", 0)):
        say(client_of(world.al), post, verb=verb)
        assert counts(post)[0] == count == Reaction.objects.count()


def test_nobody_thanks_themselves(world, client_of, post):
    assert [say(client_of(world.bo), post, word).status_code for word in WORDS] == [403, 302, 403]
    assert counts(post) == (0, 1, 0)
    say(client_of(world.al), post)
    assert 'value="helped"' not in post_html(client_of(world.bo), post)
    assert "helped me" in post_html(client_of(world.bo), post)


def test_words_are_for_members_and_posts_that_stand(world, client_of, post):
    for person, status in ((world.cy, 404), (world.ed, 404), (None, 401)):
        assert say(client_of(person), post).status_code == status
    remove_member(world.community.memberships.current().get(user=world.al))
    assert say(client_of(world.al), post).status_code == 404
    delete_post(by=world.bo, post=post)
    assert say(client_of(world.fay), post).status_code == 403
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("word", ["", "likes", "helped_count", "x" * 5000])
def test_other_words_are_not_there(world, client_of, post, word):
    assert say(client_of(world.al), post, word).status_code == 404


def test_in_place_one_goes_on_at_the_button(world, client_of, post):
    response = say(client_of(world.al), post, headers=HTMX)
    html = response.content.decode()
    assert 'value="helped" aria-pressed="true" data-focus' in html
    assert html.count("data-focus") == 1
    assert "You said: helped me." in response["HX-Trigger"]


@pytest.mark.once  # PostgreSQL runs a statement by its name, which says no tables
def test_ones_own_words_cost_one_query_for_a_page_of_posts(world, client_of):
    posts = [a_post(a_thread(world.place, author=world.fay), author=world.alice) for _ in range(6)]
    client = client_of(world.bo)
    client.get(world.place.path)
    for post in posts:
        react(person=world.bo, post=post, word="thanks")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(world.place.path).content.decode()
    assert page.count('value="thanks" aria-pressed="true"') == 6
    asked = [query["sql"] for query in captured if "discussions_reaction" in query["sql"]]
    assert (
        len([sql for sql in asked if "discussions_thread" not in sql]) == 1
    )  # others ask whether the page is as it was


def test_a_form_for_each_post_and_no_more(world, client_of, post):
    assert post_html(client_of(world.bo), post).count("<form ") == 1


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_counted_right(world, post):
    at_once(lambda _: react(person=world.al, post=post, word="helped"), range(10))
    assert counts(post)[0] == 1 == Reaction.objects.count()
    people = [a_member(world.community) for _ in range(5)]

    def toggle(n):
        act = react if n % 2 else take_back
        return act(person=people[n % 5], post=post, word="helped")

    at_once(toggle, range(10))
    assert counts(post)[0] == Reaction.objects.count()


def post_html(client, post):
    url = reverse("post", args=[post.thread.place.community.slug, post.thread_id, post.pk])
    return client.get(url, headers=HTMX).content.decode()
