"""The control at each block: one, with a name that says what it is about and how much is said there."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import a_block, a_post, a_thread_on

HTMX = {"HX-Request": "true"}


def heard(knot):
    """The name of a control as a screen reader says it."""
    for hidden in knot.select("[aria-hidden=true]"):
        hidden.decompose()
    if "knot-fresh" not in knot["class"]:
        for news in knot.select(".knot-news"):
            news.decompose()
    return " ".join(knot.get_text().split())


def knot_of(html, block_id):
    return BeautifulSoup(html, "html.parser").select_one(f"#talk-{block_id} .knot, a#talk-{block_id}")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Counting posts", "Discuss this paragraph"), ("What readers do", "Discuss this heading"),
        ("They follow closely", "Discuss this list item"), ("Somebody has said it", "Discuss this table"),
        ("A quiet week", "Discuss this picture"), ("no reply needed", "Discuss this code"),
    ],
)  # fmt: skip
def test_a_knot_says_what_it_is_about(world, client_of, words, name):
    html = client_of(world.bo).get(world.place.path).content.decode()
    assert heard(knot_of(html, a_block(world.unit, words)[0])) == name


def test_a_knot_says_how_much_is_said_and_how_much_of_it_is_new(world, client_of):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.fay)
    a_post(thread, author=world.bo)
    a_post(thread, author=world.bo)
    html = client_of(world.bo).get(world.place.path).content.decode()
    assert heard(knot_of(html, thread.block_id)) == "Discuss this paragraph, 3 posts, 1 new"


def test_each_block_has_one_control(world, client_of):
    a_thread_on(world.unit, "Counting posts", community=world.community, author=world.fay)
    page = BeautifulSoup(client_of(world.bo).get(world.place.path).content.decode(), "html.parser")
    for block_id in world.unit.block_texts():
        own = [
            knot
            for knot in page.select(f"#b-{block_id} .knot")
            if knot.find_parent(class_="block")["id"][2:] == block_id
        ]
        assert len(own) == (0 if "prompt" in page.select_one(f"#b-{block_id}")["class"] else 1)
        assert all(knot.name in ("summary", "a") for knot in own)


def test_a_knots_name_follows_what_is_said_in_place(world, client_of):
    client, (block_id, _text) = client_of(world.bo), a_block(world.unit, "They follow closely")
    html = client.get(f"{world.place.path}talk/{block_id}/", headers=HTMX).content.decode()
    assert heard(knot_of(html, block_id)) == "Discuss this list item"
    form = BeautifulSoup(html, "html.parser").select_one("form[action$='/threads/new/']")
    sent = {"anchor": form.select_one("[name=anchor]")["value"], "body": "Closely?", "key": uuid.uuid4()}
    html = client.post(form["action"], sent, headers=HTMX).content.decode()
    assert heard(knot_of(html, block_id)) == "Discuss this list item, 1 post"
    thread = world.place.threads.get(block_id=block_id)
    reply = reverse("reply", args=[world.community.slug, thread.pk])
    html = client.post(reply, {"body": "Very.", "key": uuid.uuid4()}, headers=HTMX).content.decode()
    said = BeautifulSoup(html, "html.parser").select_one(f"#posts-{block_id}")
    assert (said.get_text(), said["hx-swap-oob"]) == (", 2 posts", "true")
