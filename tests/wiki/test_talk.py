"""Talking about a wiki page: at its blocks as in a unit, and in the list below."""

import importlib
import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from community.models import Place
from discussions.models import Post, Thread
from tests.courses.test_unit_page import QUERIES_AT_MOST, queries_of
from tests.factories import a_post, a_thread, a_wiki_page
from wiki.actions import edit_page
from wiki.models import WikiPage

HTMX = {"HX-Request": "true"}
BODY = "The first signs are small.\n\n- Nobody answers.\n- Nobody asks.\n\nWhat helps is to ask by name.\n"


@pytest.fixture
def page(world):
    return a_wiki_page(world.place, author=world.bo, title="Field guide", body=BODY)


def block_of(page, words):
    page = WikiPage.objects.get(pk=page.pk)
    return next(id for id, block in page.standing_blocks().items() if words in block.text)


def a_talk(page, words, *, author):
    return a_thread(page.talk, author=author, block_id=block_of(page, words), quote=words, title=f"On {words}")


def start(client, page, words):
    """Start a conversation at a block as a reader does: open its knot, write, send."""
    html = client.get(f"{page.talk.path}talk/{block_of(page, words)}/", headers=HTMX).content.decode()
    form = BeautifulSoup(html, "html.parser").select_one("form[action$='/threads/new/']")
    sent = {"anchor": form.select_one("[name=anchor]")["value"], "body": "Is that so?", "key": uuid.uuid4()}
    return client.post(form["action"], sent, headers=HTMX)


def test_a_conversation_begins_at_a_block_and_stands_there(world, client_of, page):
    client = client_of(world.fay)
    response = start(client, page, "Nobody answers.")
    assert response.status_code == 200
    thread = Thread.objects.begun().get()
    assert (thread.place, thread.block_id, thread.quote) == (page.talk, block_of(page, "answers"), "Nobody answers.")
    html = client.get(page.get_absolute_url()).content.decode()
    talk = BeautifulSoup(html, "html.parser").select_one(f"#b-{thread.block_id} details.talk")
    assert "Is that so?" in talk.text
    assert thread.posts.get().get_absolute_url().startswith(page.get_absolute_url() + "?post=")


def test_a_page_has_its_own_list_of_conversations(world, client_of, page):
    a_talk(page, "Nobody asks.", author=world.fay)
    a_thread(page.talk, author=world.al, title="On all of it", kind="question")
    a_thread(world.place, author=world.al, title="On the unit")
    client = client_of(world.bo)
    html = client.get(page.get_absolute_url() + "?sort=place").content.decode()
    rows = html[html.index('id="thread-rows"') :]
    assert rows.index("On Nobody asks.") < rows.index("On all of it")
    assert "On the unit" not in rows
    assert "On all of it" not in client.get(world.place.path).content.decode()
    assert "2 posts" in client.get(world.place.path).content.decode().rpartition('id="wiki"')[2]


def test_talk_stays_at_its_block_when_the_page_is_edited(world, client_of, page):
    thread = a_talk(page, "What helps is to ask by name.", author=world.fay)
    body = "What helps is often to ask by name.\n\n" + BODY.replace("What helps is to ask by name.", "A new end.")
    page = edit_page(author=world.al, page=page, body=body, version=1)
    assert page.standing_blocks()[thread.block_id].text == "What helps is often to ask by name."
    html = client_of(world.bo).get(page.get_absolute_url()).content.decode()
    block = BeautifulSoup(html, "html.parser").select_one(f"#b-{thread.block_id}")
    assert thread.title in block.text
    assert "on an earlier wording" not in html


def test_talk_about_a_block_that_is_gone_stands_on_an_earlier_wording_and_comes_back_with_it(world, client_of, page):
    thread = a_talk(page, "Nobody asks.", author=world.fay)
    client = client_of(world.bo)
    shorter = edit_page(author=world.al, page=page, body=BODY.replace("- Nobody asks.\n", ""), version=1)
    html = client.get(page.get_absolute_url()).content.decode()
    row = BeautifulSoup(html, "html.parser").select_one(f"#row-{thread.pk}")
    assert "on an earlier wording" in row.text
    assert "Nobody asks." in row.text
    edit_page(author=world.al, page=shorter, body=BODY, version=2)
    html = client.get(page.get_absolute_url()).content.decode()
    assert thread.title in BeautifulSoup(html, "html.parser").select_one(f"#b-{thread.block_id}").text


def test_a_block_that_was_deleted_while_one_wrote_keeps_the_words(world, client_of, page):
    client = client_of(world.fay)
    block_id = block_of(page, "Nobody asks.")
    html = client.get(f"{page.talk.path}talk/{block_id}/", headers=HTMX).content.decode()
    form = BeautifulSoup(html, "html.parser").select_one("form[action$='/threads/new/']")
    edit_page(author=world.al, page=page, body=BODY.replace("- Nobody asks.\n", ""), version=1)
    sent = {"anchor": form.select_one("[name=anchor]")["value"], "body": "They do.", "key": uuid.uuid4()}
    response = client.post(form["action"], sent, follow=True)
    assert response.status_code == 200
    assert "They do." in response.content.decode()
    assert "on an earlier wording" in response.content.decode()


@pytest.mark.parametrize("block_id", ["nonsense", "abcdefgh"])
def test_a_block_that_is_not_there_has_no_talk(world, client_of, page, block_id):
    assert client_of(world.bo).get(f"{page.talk.path}talk/{block_id}/", headers=HTMX).status_code == 404


def test_who_may_not_see_the_place_does_not_see_its_pages_talk(world, client_of, page):
    thread = a_talk(page, "Nobody asks.", author=world.fay)
    place = world.place
    place.opens_at = timezone.now() + timedelta(days=3)
    place.save(update_fields=["opens_at"])
    talk = Place.objects.get(pk=page.talk.pk)
    assert [person.user for person in talk.readers().order_by("pk")] == [world.alice, world.fay]
    for person, seen in ((world.bo, 404), (world.al, 404), (world.cy, 404), (world.ed, 404), (world.fay, 200)):
        assert client_of(person).get(page.get_absolute_url()).status_code == seen
        assert client_of(person).get(thread.get_absolute_url()).status_code == seen
        assert Post.objects.visible_to(person).filter(thread=thread).exists() == (seen == 200)


def test_a_page_asks_the_same_few_queries_for_much_and_for_little(world, client_of, page):
    client = client_of(world.bo)
    a_talk(page, "Nobody asks.", author=world.fay)
    few = queries_of(client, page.get_absolute_url())
    for n in range(9):
        post = a_talk(page, "Nobody answers.", author=world.alice if n % 2 else world.al)
        a_post(post, author=world.fay)
    at_most = QUERIES_AT_MOST + 1  # whether the reader put the page forward for later cohorts
    assert queries_of(client, page.get_absolute_url()) == few <= at_most


def test_pages_from_before_have_a_place_to_talk_too(world, page):
    about = importlib.import_module("wiki.migrations.0004_talk_places").about_talk(page)
    assert Place.objects.filter(pk=page.talk_id, **about).exists()


def test_what_is_said_about_a_page_is_among_what_is_said_in_the_community(world, client_of, page):
    a_talk(page, "Nobody asks.", author=world.fay)
    assert "On Nobody asks." in client_of(world.bo).get(world.community.get_absolute_url()).content.decode()
    url = reverse("threads", args=[world.community.slug, page.talk.pk])
    assert "Conversations on Field guide" in client_of(world.bo).get(url).content.decode()
