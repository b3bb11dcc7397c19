"""Many writers at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.models import EditConflict
from tests.factories import a_community, a_member, a_wiki_page, commons_of
from wiki.actions import NeedsDecision, create_page, edit_page
from wiki.models import WikiPage

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EDITS = 20, 10 if connection.vendor == "postgresql" else 3


def together(act, items):
    """What `act` answers for each of `items`, each in a thread of its own."""

    def ended(item):
        try:
            return act(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(ended, items))


def test_of_twenty_writers_with_ten_edits_each_no_acknowledged_line_is_lost():
    """Each has a paragraph of their own, adds lines at the end, and sometimes changes the words that all change. Nobody
    loads the page again: each goes on from what their last save gave them."""
    place = commons_of(a_community())
    writers = [a_member(place.community) for _ in range(WRITERS)]
    body = "Nobody has changed this.\n\n" + "".join(f"{writer.handle} begins.\n\n" for writer in writers)
    page = a_wiki_page(place, body=body)

    def write(writer):
        now, saved, shown = page, [], []
        for number in range(EDITS):
            line = f"{writer.handle} says {number}."
            mine = changed(now.source, writer.handle, line, number)
            try:
                now = edit_page(author=writer, page=now, body=mine, version=now.version)
            except NeedsDecision as conflict:
                shown += [part.mine for part in conflict.merge.conflicts]
                now = decided(writer, conflict)
            saved.append((now.version, line))
        return saved, shown

    answers = together(write, writers)
    saved = [save for saves, _ in answers for save in saves]
    page.refresh_from_db()
    revisions = dict(page.revisions.values_list("number", "source"))
    assert sorted(revisions) == list(range(1, WRITERS * EDITS + 2))
    assert sorted(number for number, _line in saved) == list(range(2, WRITERS * EDITS + 2))
    assert [line for number, line in saved if line not in revisions[number]] == []
    assert [line for _number, line in saved if line not in page.source] == []
    assert [words for _, questions in answers for words in questions]  # that were shown, with theirs
    assert (page.version, page.author_count) == (max(revisions), WRITERS + 1)


def changed(text, handle, line, number):
    """The text with a line in it: in the words that all change, at the end, or in the writer's own paragraph."""
    if number == EDITS - 1:
        return text.replace("\n\n", f" {line}\n\n", 1)
    if number % 2:
        return f"{text}\n{line}\n"
    return text.replace(f"{handle} begins.", f"{handle} begins. {line}", 1)


def decided(writer, conflict):
    """Save again until it stands, always with both texts."""
    while True:
        body, version = conflict.merge.text(), conflict.text.version
        try:
            return edit_page(author=writer, page=conflict.text, body=body, version=version)
        except NeedsDecision as again:
            conflict = again


def test_of_those_who_save_on_the_same_version_one_succeeds():
    place = commons_of(a_community())
    page = a_wiki_page(place)
    writers = [a_member(place.community) for _ in range(6)]

    def write(writer):
        try:
            return edit_page(author=writer, page=page, body=f"Only {writer.handle}.", version=1).version
        except EditConflict as conflict:
            return conflict.text.source

    answers = together(write, writers)
    page.refresh_from_db()
    assert answers.count(2) == 1
    assert answers.count(page.source) == 5
    assert page.revisions.count() == 2


def test_of_two_tabs_that_change_different_paragraphs_both_are_kept():
    place = commons_of(a_community())
    bo = a_member(place.community)
    page = a_wiki_page(place, author=bo, body="First 0.\n\nSecond 0.\n")
    for n in range(1, 11):
        page.refresh_from_db()
        bodies = [page.source.replace(f"{word} {n - 1}", f"{word} {n}") for word in ("First", "Second")]
        together(lambda body: edit_page(author=bo, page=page, body=body, version=page.version), bodies)
    page.refresh_from_db()
    assert page.source == "First 10.\n\nSecond 10.\n"
    assert page.version == 21


def test_pages_of_one_title_made_at_once_all_stand_and_a_form_sent_at_once_makes_one():
    place = commons_of(a_community())
    author, key = a_member(place.community), uuid.uuid4()
    keys = [uuid.uuid4() for _ in range(5)] + [key] * 3

    def make(key):
        return create_page(author=author, place=place, title="Glossary", body="Words.", key=key).slug

    slugs = together(make, keys)
    assert len(set(slugs)) == len(set(keys)) == WikiPage.objects.count()
    assert len(set(slugs[-3:])) == 1
