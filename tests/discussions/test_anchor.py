"""Conversations about some words of a block."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from discussions.forms import Anchor
from discussions.models import Thread
from tests.factories import a_block, a_thread

HTMX = {"HX-Request": "true"}
TEXT = "Counting posts makes those readers look absent."


def form_for(client, world, words):
    block_id, _text = a_block(world.unit, "Counting posts")
    url = f"{world.place.path}talk/{block_id}/"
    return client.get(url, {"words": words}, headers=HTMX).content.decode()


def start(client, world, html):
    anchor = BeautifulSoup(html, "html.parser").find("input", {"name": "anchor"})["value"]
    url = reverse("new_thread", args=[world.community.slug, world.place.pk])
    client.post(url, {"body": "These ones?", "key": uuid.uuid4(), "anchor": anchor})
    return Thread.objects.begun().get()


def test_chosen_words_are_quoted_with_what_stands_around_them(world, client_of):
    client = client_of(world.bo)
    html = form_for(client, world, "those  readers\n")
    assert "those readers</blockquote>" in html
    thread = start(client, world, html)
    assert (thread.quote, thread.is_about_words) == ("those readers", True)
    assert (thread.quote_before, thread.quote_after) == ("Counting posts makes ", " look absent.")
    assert "those readers</blockquote>" in client.get(f"{world.place.path}?discuss={thread.block_id}").content.decode()


@pytest.mark.parametrize("words", ["", "words that stand nowhere", "<script>alert(1)</script>", "x" * 301])
def test_words_that_do_not_stand_there_leave_the_whole_block(world, client_of, words):
    client = client_of(world.bo)
    thread = start(client, world, form_for(client, world, words))
    assert (thread.quote, thread.is_about_words, thread.quote_before) == (TEXT, False, "")


def test_without_javascript_an_address_carries_the_words(world, client_of):
    block_id, _text = a_block(world.unit, "Counting posts")
    query = {"discuss": block_id, "words": "look absent"}
    assert "look absent</blockquote>" in client_of(world.bo).get(world.place.path, query).content.decode()


def test_what_stands_around_is_short_at_both_ends():
    anchor = Anchor.on("b", "a" * 500 + "middle" + "z" * 500, "middle")
    assert (len(anchor.before), len(anchor.after), anchor.words) == (60, 60, "middle")


@pytest.mark.parametrize(
    ("length", "ends"), [(Thread.QUOTE_MAX - 1, "wording</blockquote>"), (Thread.QUOTE_MAX, "other …</blockquote>")]
)
def test_a_quote_that_was_cut_off_ends_with_a_word_and_says_so(world, client_of, length, ends):
    thread = a_thread(world.place, author=world.bo, quote="other wording".rjust(length, "a"))
    page = client_of(world.bo).get(thread.get_absolute_url()).content.decode()
    assert ends in page
