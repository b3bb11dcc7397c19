"""What changed from version to version, who reads it, and how an earlier one stands again."""

import sys

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.urls import reverse

from tests.courses.test_unit_page import queries_of
from tests.factories import a_wiki_page
from wiki.actions import StillCurrent, edit_page, hide_text
from wiki.models import Hiding, Revision, compare

FIRST = "Herons *wait*.\n\nSame.\n\nSame too.\n\nSame as well.\n\n- a\n- b\n"
BAD = FIRST.replace("wait", "are stupid")


@pytest.fixture
def page(world):
    """Bo wrote it, Al wrote something bad into it, Fay took that out."""
    page = a_wiki_page(world.place, author=world.bo, title="Herons", body=FIRST)
    page = edit_page(author=world.al, page=page, body=BAD, version=1, summary="Stupid birds")
    return edit_page(author=world.fay, page=page, body=FIRST.replace("wait", "sit"), version=2, summary="Calmer")


def address(page, name, *more):
    return reverse(name, args=[page.community.slug, page.slug, *more])


def compared(client, page, older, newer, **more):
    return client.get(address(page, "compare_wiki_page"), {"older": older, "newer": newer} | more)


def shown(response):
    return BeautifulSoup(response.content, "html.parser").select_one(".compared")


def test_the_history_says_who_wrote_what_when_and_how_much(world, client_of, page):
    html = client_of(world.bo).get(address(page, "wiki_history")).content.decode()
    rows = [" ".join(row.text.split()) for row in BeautifulSoup(html, "html.parser").select("li.version")]
    assert [row.partition("Version ")[2][:1] for row in rows] == ["3", "2", "1"]
    assert "Calmer Fay Okafor" in rows[0]
    assert f"{len(FIRST) - 1} characters (-7)" in rows[0]
    assert f"{len(BAD)} characters (+6)" in rows[1]
    assert 'name="older" value="2" checked' in html
    assert 'name="newer" value="3" checked' in html


def test_a_long_history_is_read_piece_by_piece_with_the_same_queries(world, client_of, page, monkeypatch):
    client = client_of(world.bo)
    few = queries_of(client, address(page, "wiki_history"))
    monkeypatch.setattr(sys.modules["wiki.views.history"], "REVISIONS_A_PAGE", 4)
    for n in range(3, 12):
        page = edit_page(author=world.bo, page=page, body=f"{FIRST}{n}", version=n)
    assert queries_of(client, address(page, "wiki_history")) == few
    html = client.get(address(page, "wiki_history"), {"before": 9}).content.decode()
    assert [f"Version {n}<" in html for n in (9, 8, 5, 4)] == [False, True, True, False]
    assert "?before=5" in html


def test_any_two_are_compared_as_they_read(world, client_of, page):
    rows = shown(compared(client_of(world.bo), page, 3, 1))  # in whichever order they were chosen
    assert str(rows.select_one("em")) == "<em><del>wait</del><ins>sit</ins></em>"
    assert [row.get("class") for row in rows.find_all(recursive=False)] == [["compared-change"], None, ["compared-gap"]]


def test_any_two_are_compared_as_they_were_typed(world, client_of, page):
    rows = shown(compared(client_of(world.bo), page, 1, 3, typed="on"))
    assert " ".join(rows.find("div").text.split()) == "Herons *[taken out] wait[put in] sit*."


def test_what_is_the_same_says_so_and_what_is_not_there_is_not_found(world, client_of, page):
    client = client_of(world.bo)
    assert "Both read the same." in compared(client, page, 1, 1).content.decode()
    assert compared(client, page, 1, 9).status_code == 404
    assert compared(client, page, "x", 1).url == address(page, "wiki_history")


def test_an_earlier_version_stands_again_as_a_new_one(world, client_of, page):
    response = client_of(world.bo).post(address(page, "restore_wiki_page", 1), {"version": 3})
    assert response.url == page.get_absolute_url()
    page.refresh_from_db()
    assert (page.version, page.source) == (4, FIRST)
    revision = page.revisions.get(number=4)
    assert (revision.author, revision.summary) == (world.bo, "Version 1 again")


def test_what_was_saved_meanwhile_is_kept_when_an_earlier_version_is_restored(world, client_of, page):
    edit_page(author=world.al, page=page, body=page.source.replace("- b", "- b\n- c"), version=3)
    client_of(world.bo).post(address(page, "restore_wiki_page", 1), {"version": 3})
    page.refresh_from_db()
    assert page.source == FIRST.replace("- b", "- b\n- c")


@pytest.fixture
def hidden(world, client_of, page):
    response = client_of(world.alice).post(address(page, "hide_wiki_text", 2), {"reason": "It insults <birds>."})
    assert response.url == address(page, "wiki_revision", 2)
    return page


def test_hidden_words_are_nowhere_and_why_is_said(world, client_of, hidden):
    for reader in (world.bo, world.al, world.alice):
        client = client_of(reader)
        pages = [address(hidden, "wiki_history"), address(hidden, "wiki_revision", 2)]
        answers = [client.get(path) for path in pages]
        answers += [compared(client, hidden, *two, typed=typed) for two in ((1, 2), (2, 3)) for typed in ("", "on")]
        for response in answers:
            html = response.content.decode()
            assert response.status_code == 200
            assert "tupid" not in html
            assert "Its words were hidden by Alice" in html
            assert "It insults &lt;birds&gt;." in html
        assert client.post(address(hidden, "restore_wiki_page", 2), {"version": 3}).status_code == 404


def test_a_form_can_not_bring_hidden_words_back(world, client_of, hidden):
    fields = {"body": "Mine.", "base": 1, "version": 2, "summary": ""}
    html = client_of(world.bo).post(address(hidden, "merge_wiki_page"), fields).content.decode()
    assert "tupid" not in html


def test_hiding_is_undone_and_the_log_of_it_stays(world, client_of, hidden):
    alice = client_of(world.alice)
    alice.post(address(hidden, "show_wiki_text", 2))
    assert "are stupid" in client_of(world.bo).get(address(hidden, "wiki_revision", 2)).content.decode()
    hiding = Hiding.objects.get()
    assert (hiding.by, hiding.ended_by, hiding.ended_at is None) == (world.alice, world.alice, False)
    html = alice.get(address(hidden, "wiki_revision", 2)).content.decode()
    assert "It insults &lt;birds&gt;." in html
    assert "It insults" not in client_of(world.bo).get(address(hidden, "wiki_revision", 2)).content.decode()


def test_the_newest_words_are_replaced_and_not_hidden(world, client_of, page):
    response = client_of(world.alice).post(address(page, "hide_wiki_text", 3), {"reason": "Why."})
    assert response.status_code == 409
    with pytest.raises(StillCurrent):
        hide_text(by=world.alice, revision=page.revisions.get(number=3), reason="Why.")
    assert client_of(world.alice).post(address(page, "hide_wiki_text", 2), {"reason": " "}).status_code == 422
    assert not Hiding.objects.exists()


def test_the_database_refuses_to_change_a_version(page):
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(number=1).update(source="Something else.")
    assert page.revisions.get(number=1).source == FIRST


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ("- a\n" * 9, "- b\n" * 9, 18),
        ("- a\n" * 900, "- b\n" * 900, 1),  # as one that went and one that came
        ("- same\n- a\n" * 450, "- same\n- b\n" * 450, 1),
    ],
)
def test_very_many_changes_are_drawn_as_few(old, new, rows):
    older, newer = Revision(number=1, source=old), Revision(number=2, source=new)
    comparison = compare(older, newer, None)
    put_in = "".join(words for row in comparison.rows for kind, words in row.pieces if kind == "ins")
    assert len(comparison.rows) == rows
    assert put_in.count("b") == new.count("b")
