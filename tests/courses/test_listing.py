"""The list of a unit's conversations, filtered and sorted: on the unit page and on a page of its own."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions import edit_unit
from discussions.actions import accept_post, delete_post, react
from discussions.models import Thread
from tests.courses.test_unit_page import QUERIES_AT_MOST, filled, queries_of
from tests.factories import a_cohort, a_post, a_thread, a_thread_on, commons_of, place_of

HTMX = {"HX-Request": "true"}
TITLES = re.compile(r'<a class="t" dir="auto" href="[^"]+">([^<]*)</a>')


@pytest.fixture
def talk(world):
    """Five conversations, the youngest last: on readers (Fay), a question (Alice) that Bo answered, on the whole (Bo),
    a question (Al), and one on words that are gone (Fay), which helped most."""
    at = {"community": world.community}
    a_thread_on(world.unit, "The quiet ones", title="On readers", author=world.fay, **at)
    answered = a_thread_on(
        world.unit, "Counting posts", title="Which numbers?", author=world.alice, kind="question", **at
    )
    accept_post(by=world.alice, post=a_post(answered, author=world.bo))
    a_thread(world.place, title="On the whole", author=world.bo)
    a_thread(world.place, title="How long?", author=world.al, kind="question")
    gone = a_thread(world.place, title="Old words", author=world.fay, block_id="gone", quote="Old words")
    react(person=world.bo, post=gone.posts.get(), word="helped")
    return Thread.objects.begun()


def listed(client, world, query):
    """The titles, the same wherever one asks for them: on the unit page, in place, and on the page of its own."""
    fragment = reverse("conversation", args=[world.community.slug, world.place.pk])
    own = reverse("threads", args=[world.community.slug, world.place.pk])
    seen = []
    for url in (world.place.path, fragment, own):
        headers = HTMX if url == fragment else {}
        html = client.get(url + query, headers=headers).content.decode()
        end = html.find('id="shelf"')
        seen.append(TITLES.findall(html[html.index('id="conversations"') : end]))
    assert seen[0] == seen[1] == seen[2]
    return seen[0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Old words", "How long?", "On the whole", "Which numbers?", "On readers"]),
        ("?show=nonsense&sort=<", ["Old words", "How long?", "On the whole", "Which numbers?", "On readers"]),
        ("?sort=place", ["Which numbers?", "On readers", "On the whole", "How long?", "Old words"]),
        ("?sort=helpful", ["Old words", "How long?", "On the whole", "Which numbers?", "On readers"]),
        ("?show=open", ["How long?"]),
        ("?show=mine", ["On the whole", "Which numbers?"]),
        ("?show=mine&sort=place", ["Which numbers?", "On the whole"]),
        ("?show=prompts", ["What did you take from a group where you mostly read?"]),
    ],
)
def test_the_list_shows_what_one_chose_in_the_order_one_chose(world, client_of, talk, query, expected):
    assert listed(client_of(world.bo), world, query) == expected


def test_what_is_new_to_me_is_what_i_have_not_read(world, client_of, talk):
    client = client_of(world.bo)
    client.post(reverse("read_thread", args=[world.community.slug, talk.get(title="How long?").pk]), {"up_to": 10**9})
    assert listed(client, world, "?show=new") == ["Old words", "Which numbers?", "On readers"]


def test_what_i_began_stays_mine_when_i_took_my_own_words_back(world, client_of, talk):
    mine = talk.get(title="On the whole")
    a_post(mine, author=world.al)
    delete_post(by=world.bo, post=mine.posts.get(author=world.bo))
    assert len(listed(client_of(world.bo), world, "?show=mine")) == 2


def test_most_helpful_goes_by_the_posts_that_stand(world, client_of, talk):
    helper = a_post(talk.get(title="On readers"), author=world.al)
    for person in (world.bo, world.fay):
        react(person=person, post=helper, word="helped")
    assert listed(client_of(world.bo), world, "?sort=helpful")[:2] == ["On readers", "Old words"]
    delete_post(by=world.al, post=helper)
    assert listed(client_of(world.bo), world, "?sort=helpful")[0] == "Old words"


def test_a_block_that_moved_takes_its_conversation_along_in_the_list(world, client_of, talk):
    words = "The quiet ones are learning too.[^one]"
    moved = words + "\n\n" + world.unit.source.replace(words, "")
    edit_unit(unit=world.unit, author=world.fay, source=moved, version=world.unit.version)
    assert listed(client_of(world.bo), world, "?sort=place")[0] == "On readers"


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("new", "Nothing here is new to you."), ("open", "No question waits for an answer."),
        ("mine", "You have not written here yet."),
    ],
)  # fmt: skip
def test_where_nothing_is_found_the_list_says_so_kindly(world, client_of, show, words):
    a_thread(world.place, author=world.bo)
    reader = world.al if show == "mine" else world.bo
    for name in ("unit", "threads"):
        url = world.place.path if name == "unit" else reverse(name, args=[world.community.slug, world.place.pk])
        assert words in client_of(reader).get(f"{url}?show={show}").content.decode()


def test_the_choice_is_marked_and_stays_in_the_address(world, client_of, talk):
    url = reverse("conversation", args=[world.community.slug, world.place.pk])
    response = client_of(world.bo).get(f"{url}?show=open&sort=place", headers=HTMX)
    assert response["HX-Replace-Url"] == f"{world.place.path}?show=open&sort=place"
    assert "1 conversation: Questions without an answer. By place in the text." in response["HX-Trigger"]
    chosen = re.findall(r'<a id="([\w-]+)" href="[^"]*" aria-current="true"', response.content.decode())
    assert chosen == ["show-open", "sort-place"]
    plain = client_of(world.bo).get(f"{url}?show=open")
    assert plain.url == f"{world.place.path}?show=open&sort=latest#conversation"


def test_pages_keep_the_choice(world, client_of):
    filled(world, threads=90, posts=1)
    url = reverse("threads", args=[world.community.slug, world.place.pk])
    html = client_of(world.al).get(f"{url}?show=new&sort=place&page=2").content.decode()
    assert "Page 2 of 3" in html
    assert "?show=new&amp;sort=place&amp;page=3" in html
    assert f"{url}?show=new&amp;sort=latest" in client_of(world.al).get(f"{world.place.path}?show=new").content.decode()


def test_a_post_that_the_address_asks_for_is_shown_whatever_is_chosen(world, client_of, talk):
    post = talk.get(title="On the whole").posts.get()
    html = client_of(world.fay).get(f"{world.place.path}?show=mine&post={post.pk}").content.decode()
    assert f'id="post-{post.pk}"' in html


def test_commons_have_no_text_to_sort_by(world, client_of):
    a_thread(world.commons, author=world.bo)
    url = reverse("threads", args=[world.community.slug, world.commons.pk])
    html = client_of(world.bo).get(f"{url}?sort=place").content.decode()
    assert "By place in the text" not in html
    assert 'id="sort-latest"' in html


def test_another_cohorts_conversations_are_in_no_list(world, client_of, talk):
    egret = a_cohort(world.course, host=world.cy, members=(world.bo,))
    a_thread(place_of(world.unit, egret.community), author=world.bo, title="Only in Egret")
    a_thread(commons_of(world.other), author=world.cy, title="Elsewhere")
    assert listed(client_of(world.bo), world, "?show=mine") == ["On the whole", "Which numbers?"]


def test_500_conversations_take_the_same_few_queries_as_five(world, client_of):
    client, own = client_of(world.bo), reverse("threads", args=[world.community.slug, world.place.pk])
    choices = ["?show=new&sort=place", "?show=mine&sort=helpful", "?show=open", "?show=prompts"]
    urls = [url + choice for choice in choices for url in (world.place.path, own)]
    filled(world, threads=5, posts=2)
    few = {url: queries_of(client, url) for url in urls}
    filled(world, threads=495, posts=4)
    many = {url: queries_of(client, url) for url in urls}
    assert few == many
    assert max(many.values()) <= QUERIES_AT_MOST
    fragment = reverse("conversation", args=[world.community.slug, world.place.pk])
    for choice in choices:
        with CaptureQueriesContext(connection) as captured:
            html = client.get(fragment + choice, headers=HTMX).content.decode()
        assert len(captured) <= QUERIES_AT_MOST
        assert html.count('id="row-') <= 60
