"""Many writers at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.models import EditConflict
from tests.factories import a_community, a_member, a_wiki_page, commons_of
from wiki.actions import create_page, edit_page
from wiki.models import WikiPage

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EDITS = 20, 2


def together(act, items):
    """What `act` answers for each of `items`, each in a thread of its own."""

    def ended(item):
        try:
            return act(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(ended, items))


def test_of_twenty_writers_at_once_no_acknowledged_word_is_lost():
    place = commons_of(a_community())
    page = a_wiki_page(place, body="Start.\n")
    writers = [a_member(place.community) for _ in range(WRITERS)]

    def write(writer):
        saved = []
        for number in range(EDITS):
            line = f"{writer.handle} says {number}.\n"
            while True:
                now = WikiPage.objects.get(pk=page.pk)
                try:
                    after = edit_page(author=writer, page=now, body=now.source + line, version=now.version)
                except EditConflict:
                    continue
                saved.append((after.version, line))
                break
        return saved

    saved = [save for saves in together(write, writers) for save in saves]
    page.refresh_from_db()
    revisions = dict(page.revisions.values_list("number", "source"))
    assert sorted(revisions) == list(range(1, WRITERS * EDITS + 2))
    assert sorted(number for number, _line in saved) == list(range(2, WRITERS * EDITS + 2))
    assert [number for number, line in saved if not revisions[number].endswith(line)] == []
    assert [line for _number, line in saved if line not in page.source] == []
    assert (page.version, page.author_count) == (max(revisions), WRITERS + 1)


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


def test_pages_of_one_title_made_at_once_all_stand_and_a_form_sent_at_once_makes_one():
    place = commons_of(a_community())
    author, key = a_member(place.community), uuid.uuid4()
    keys = [uuid.uuid4() for _ in range(5)] + [key] * 3

    def make(key):
        return create_page(author=author, place=place, title="Glossary", body="Words.", key=key).slug

    slugs = together(make, keys)
    assert len(set(slugs)) == len(set(keys)) == WikiPage.objects.count()
    assert len(set(slugs[-3:])) == 1
