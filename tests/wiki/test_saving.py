"""Saving on top of what somebody else saved meanwhile: merged, or asked, and never overwritten."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import a_community, a_member, a_wiki_page, commons_of
from wiki.actions import NeedsDecision, edit_page

pytestmark = pytest.mark.django_db
BODY = "Herons wait.\n\nThey strike.\n\n- small\n- grey\n"


@pytest.fixture
def place(db):
    return commons_of(a_community("Heron circle"))


@pytest.fixture
def bo(place):
    return a_member(place.community, "Bo Lindqvist")


@pytest.fixture
def page(place):
    """At version 2: Fay made the herons stand."""
    page = a_wiki_page(place, title="Herons", body=BODY)
    fay = a_member(place.community, "Fay Okafor")
    return edit_page(author=fay, page=page, body=BODY.replace("wait", "<stand>"), version=1)


@pytest.fixture
def save(client_of, page, bo):
    client = client_of(bo)
    address = reverse("edit_wiki_page", args=[page.community.slug, page.slug])
    return lambda body, **more: client.post(address, {"body": body, "version": 1} | more, follow=True)


@pytest.fixture
def decide(client_of, page, bo):
    client = client_of(bo)
    address = reverse("merge_wiki_page", args=[page.community.slug, page.slug])

    def send(answer, **choices):
        form = BeautifulSoup(answer.content, "html.parser").select_one(f"form[action='{address}']")
        fields = {field["name"]: field.get("value", "") for field in form.select("input:not([type=radio])")}
        owns = {field["name"]: field.text.removeprefix("\n") for field in form.select("textarea")}
        return client.post(address, fields | owns | choices, follow=True)

    return send


def test_a_change_of_another_paragraph_is_merged(save, page, bo):
    mine = BODY.replace("strike", "dive")
    answer = save(mine, summary="Truer")
    page.refresh_from_db()
    assert page.source == "Herons <stand>.\n\nThey dive.\n\n- small\n- grey\n"
    revision = page.revisions.get(number=3)
    assert (revision.source, revision.author, revision.summary) == (page.source, bo, "Truer")
    assert (revision.base, revision.submitted) == (1, mine)
    assert "Saved as version 3. Somebody had saved meanwhile" in answer.content.decode()
    assert save(mine).status_code == 200  # a double click
    assert page.revisions.count() == 3


def test_a_paragraph_that_both_changed_is_shown_with_both_texts_and_nothing_is_saved(save, page):
    mine = BODY.replace("wait", "sit & wait").replace("grey", "red")
    answer = save(mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Herons <mark>&lt;stand&gt;</mark>." in html
    assert "Herons <mark>sit &amp; wait</mark>." in html
    assert "Theirs, saved by Fay Okafor" in html
    assert "They strike." not in html.partition("Your whole text")[0].partition("choice-sides")[2]
    assert BeautifulSoup(html, "html.parser").select_one("textarea[readonly]").text == f"\n{mine}"
    assert page.revisions.count() == 2


@pytest.mark.parametrize(
    ("choice", "first"),
    [
        ("theirs", "Herons <stand>."),
        ("mine", "Herons sit."),
        ("both", "Herons <stand>.\n\nHerons sit."),
        ("own", "Herons stand and sit."),
    ],
)
def test_its_writer_decides(save, decide, page, choice, first):
    mine = BODY.replace("wait", "sit").replace("grey", "red")
    answer = decide(save(mine, summary="Why"), **{"choice-0": choice, "own-0": "Herons stand and sit.\r\n"})
    assert answer.redirect_chain[-1][0] == page.get_absolute_url()
    page.refresh_from_db()
    assert page.source == f"{first}\n\nThey strike.\n\n- small\n- red\n"
    revision = page.revisions.get(number=3)
    assert (revision.base, revision.submitted, revision.summary) == (1, mine, "Why")


def test_who_decides_nothing_is_asked_again_and_keeps_all_words(save, decide, page):
    answer = decide(save(BODY.replace("wait", "sit"), summary="Kept"), **{"own-0": "Typed in between."})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This field is required." in html
    assert "Typed in between." in html
    assert "Kept" in html
    assert page.revisions.count() == 2


def test_who_decides_while_somebody_saves_again_is_merged_or_asked_again(save, decide, page, place):
    first, second = (save(BODY.replace("wait", "sit")) for _ in range(2))
    al = a_member(place.community, "Al Reyes")
    page = edit_page(author=al, page=page, body=page.source.replace("grey", "tall"), version=2)
    decide(first, **{"choice-0": "both"})
    page.refresh_from_db()
    assert page.source == "Herons <stand>.\n\nHerons sit.\n\nThey strike.\n\n- small\n- tall\n"
    page = edit_page(author=al, page=page, body=page.source.replace("Herons <stand>.", "Herons!"), version=4)
    answer = decide(second, **{"choice-0": "mine"})
    assert answer.status_code == 409
    assert "Herons<mark>!</mark>" in answer.content.decode()
    assert page.revisions.count() == 5


def test_both_together_too_long_are_a_conflict_of_the_whole(save, decide, page, place):
    edit_page(author=a_member(place.community), page=page, body=page.source + "\n" + "a " * 20_000, version=2)
    answer = save(BODY + "\n" + "b " * 20_000)
    assert answer.status_code == 409
    answer = decide(answer, **{"choice-0": "both"})
    assert answer.status_code == 422
    assert "60000 fit." in answer.content.decode()
    assert decide(answer, **{"choice-0": "mine"}).redirect_chain


def test_a_conflict_says_what_came_together_and_what_was_sent(page, bo):
    with pytest.raises(NeedsDecision) as raised:
        edit_page(author=bo, page=page, body=BODY.replace("wait", "sit").replace("grey", "red"), version=1)
    assert raised.value.text.source == page.source
    assert [(one.theirs, one.mine) for one in raised.value.merge.conflicts] == [("Herons <stand>.", "Herons sit.")]
    assert raised.value.submitted.base == 1
