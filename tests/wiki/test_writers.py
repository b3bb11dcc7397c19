"""Who wrote which block of a page, and the credit for it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.courses.test_unit_page import queries_of
from tests.factories import a_wiki_page
from wiki.actions import authorship_of, edit_page
from wiki.models import Authorship, Revision, WikiPage

FIRST = "Herons wait for hours.\n\nThey strike once.\n\n- small fish\n- grey frogs\n"


@pytest.fixture
def page(world):
    return a_wiki_page(world.place, author=world.bo, title="Herons", body=FIRST)


def edit(page, author, *changes):
    page = WikiPage.objects.get(pk=page.pk)
    body = page.source
    for old, new in changes:
        body = body.replace(old, new)
    return edit_page(author=author, page=page, body=body, version=page.version)


def said(page, authorship=None):
    """Words of each block → handles of who wrote it, the last one first, and the version."""
    page = WikiPage.objects.get(pk=page.pk)
    authorship = authorship or Authorship.objects.get(page=page)
    people = authorship.people()
    found = {}
    for id, block in page.standing_blocks().items():
        ids, number = authorship.people_of(id)
        found[block.text] = (" ".join(people[id].handle for id in ids), number)
    return found


def test_each_block_knows_who_wrote_and_who_changed_it(world, page):
    edit(page, world.fay, ("for hours", "for many hours"), ("grey frogs\n", "grey frogs\n- a vole\n"))
    edit(page, world.al, ("for many hours", "for very many hours"))
    assert said(page) == {
        "Herons wait for very many hours.": ("al fay bo", 3),
        "They strike once.": ("bo", 1),
        "small fish": ("bo", 1),
        "grey frogs": ("bo", 1),
        "a vole": ("fay", 2),
    }


def test_moving_a_block_does_not_make_it_ones_own(world, page):
    edit(page, world.fay, ("They strike once.\n\n", ""), ("Herons", "They strike once.\n\nHerons"))
    assert set(said(page).values()) == {("bo", 1)}


def test_words_that_stand_again_are_those_of_who_wrote_them(world, page):
    edit(page, world.fay, ("strike", "dive"))
    edit(page, world.al, ("They dive once.\n\n", ""))
    edit(page, world.al, ("- small", "They strike once.\n\n- small"))
    assert said(page)["They strike once."] == ("bo", 1)


def test_what_was_merged_is_of_who_wrote_each(world, page):
    edit(page, world.fay, ("strike", "dive"))
    edit_page(author=world.al, page=page, body=FIRST.replace("Herons wait", "Herons sit"), version=1)
    assert said(page)["They dive once."] == ("fay bo", 2)
    assert said(page)["Herons sit for hours."] == ("al bo", 3)


def test_of_a_page_from_before_the_versions_say_who_wrote_it(world, page):
    edit(page, world.fay, ("for hours", "for many hours"))
    known = said(page)
    Authorship.objects.all().delete()
    page = WikiPage.objects.get(pk=page.pk)
    assert said(page, authorship_of(page, before=3)) == known
    edit(page, world.al, ("grey", "green"))
    assert said(page) == {
        **{words: who for words, who in known.items() if "grey" not in words},
        "green frogs": ("al bo", 3),
    }


def test_what_a_newer_renderer_reads_otherwise_is_nobodys_change(world, page):
    authorship = Authorship.objects.get(page=page)
    for written in authorship.blocks.values():
        written[-1][2] = "of other words"
    authorship.save()
    edit(page, world.fay, ("grey", "green"))
    assert said(page)["Herons wait for hours."] == ("bo", 1)
    assert said(page)["green frogs"] == ("fay bo", 2)


def test_the_page_names_who_began_it_and_who_else_wrote_last(world, client_of, page):
    client = client_of(world.bo)
    few = queries_of(client, page.get_absolute_url())
    for author, word in ((world.fay, "many"), (world.alice, "all"), (world.al, "more"), (world.bo, "most")):
        edit(page, author, ("wait", f"wait {word}"))
    assert queries_of(client, page.get_absolute_url()) == few
    facts = BeautifulSoup(client.get(page.get_absolute_url()).content, "html.parser").select_one(".facts")
    assert "Written by Bo Lindqvist, with Al Reyes and 2 more" in " ".join(facts.text.split())


def test_who_wrote_what_stands_below_each_block(world, client_of, page):
    edit(page, world.fay, ("wait", "<b> wait"))
    client = client_of(world.bo)
    html = client.get(reverse("wiki_writers", args=[page.community.slug, page.slug])).content
    blocks = BeautifulSoup(html, "html.parser").select("article .block")
    lines = {" ".join(block.get_text(" ").split()) for block in blocks}
    assert "Herons <b> wait for hours. Fay Okafor , Bo Lindqvist · version 2" in lines
    assert "They strike once. Bo Lindqvist · version 1" in lines


def test_what_is_noted_holds_no_words(world, page):
    edit(page, world.fay, ("wait", "wait longer"))
    assert "heron" not in str(Authorship.objects.get().blocks).lower()
    assert Revision.objects.filter(page=page).count() == 2
