"""A page from memory is the page that would be made now: for each of the cast, after whatever happens."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import hide_person
from community.actions import archive, keep_bookmark
from community.models import Membership, Place
from courses.actions import edit_unit, mark_done
from courses.models import Unit, UnitPlace
from discussions.actions import accept_post, delete_post, edit_post, react, read_posts, restore_post
from discussions.models import Post, Thread
from notifications.actions import follow
from notifications.models import Level, Notification
from pieces import KEPT
from resources.actions import find_useful
from tests.factories import a_post, a_prompt, a_resource, a_summary, a_thread, a_thread_on, a_wiki_page
from tests.pieces.test_kept import plain
from wiki.models import WikiPage

READERS = ("fay", "bo")
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# What is asked for each page: the session; and types, which never change.
NOT_SHOWN = {"django_session", "django_content_type"}
COUNTED_BY = {"discussions_transfer"}  # it says how to count what is new, not what comes out


@pytest.fixture
def lively(world):
    """A unit with some of everything."""
    question = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo, kind="question")
    for author in (world.al, world.fay, world.bo):
        a_post(question, author=author, body=f"By {author.name}.")
    for n in range(7):
        a_post(question, author=(world.bo, world.al)[n % 2], body=f"Number {n}.")
    prompt = a_prompt(world.place, asker=world.fay, title="Without names", is_anonymous=True)
    a_post(prompt, author=world.bo, body="Said without a name.")
    a_prompt(world.place, asker=world.fay, title="Answer first", answer_first=True)
    a_summary(a_thread(world.place, author=world.al, title="Long ago"), by=world.alice)
    a_resource(world.place, sharer=world.al, tags=["slow"], title="A paper")
    a_wiki_page(world.place, author=world.bo, title="Field guide", body="See [[Other page]].")
    return world


def happenings(world):
    """One after another, each something that shows on the page of a unit."""
    thread, old = Thread.objects.get(kind="question"), Thread.objects.get(title="Long ago")
    first, last = thread.posts.order_by("pk").first(), thread.posts.order_by("pk").last()
    resource = world.place.resources.get()
    page = WikiPage.objects.get(place=world.place)
    yield "reply", lambda: a_post(thread, author=world.al, body="A new word.")
    yield "thread", lambda: a_thread(world.place, author=world.fay, title="Begun just now")
    yield "elsewhere", lambda: a_thread_on(world.units[1], "", community=world.community, author=world.al)
    yield "edit", lambda: edit_post(author=first.author, post=first, body="Said better.", version=first.version)
    yield "react", lambda: react(person=world.bo, post=thread.posts.get(source="By Fay Okafor."), word="thanks")
    yield "accept", lambda: accept_post(by=world.bo, post=thread.posts.get(source="By Al Reyes."))
    yield "delete", lambda: delete_post(by=world.fay, post=last)
    yield "restore", lambda: restore_post(by=world.fay, post=Post.objects.get(pk=last.pk))
    yield "distil", lambda: a_summary(thread, by=world.fay, body="In short: **it helps**.")
    yield "name", lambda: rename(world.al, "Al By Another Name")
    yield "follow", lambda: follow(person=world.bo, subjects=[old], level=Level.ALL)
    yield "done", lambda: mark_done(world.bo, world.units[1])
    yield "bookmark", lambda: keep_bookmark(person=world.bo, target=UnitPlace.objects.get(place=world.place))
    yield "share", lambda: a_resource(world.place, sharer=world.bo, title="Another paper")
    yield "useful", lambda: find_useful(person=world.bo, resource=resource)
    yield "wiki", lambda: a_wiki_page(world.place, author=world.al, title="Other page")
    yield "wiki title", lambda: WikiPage.objects.filter(pk=page.pk).update(title="A guide")
    yield "read", lambda: read_posts(world.bo, place=world.place, seen=[post.pk for post in thread.posts.all()])
    yield "told", lambda: Notification.objects.filter(person=world.bo).update(read_at=None)
    yield "text", lambda: edit_unit(unit=world.unit, author=world.fay, source="New text.", version=world.unit.version)
    yield "unit", lambda: Unit.objects.filter(pk=world.units[2].pk).update(title="Called differently")
    yield "counts", lambda: Place.objects.filter(community=world.community).update(post_count=41)
    yield "role", lambda: Membership.objects.filter(user=world.al).update(role=Membership.Role.FACILITATOR)
    yield "block", lambda: hide_person(person=world.bo, hidden=world.al)
    yield "archive", lambda: archive(community=world.community, by=world.alice)


def test_after_whatever_happens_the_kept_page_is_the_page_that_is_made_now(
    lively, client_of, monkeypatch, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    clients = {who: client_of(getattr(lively, who)) for who in READERS}
    pages = dict.fromkeys(READERS, "")
    unseen = []
    for name, happen in [("nothing", lambda: None), *happenings(lively)]:
        happen()
        for who, client in clients.items():
            kept = plain(client.get(lively.place.path))
            with monkeypatch.context() as patch:
                patch.setattr(KEPT, "limit", 0)
                made = plain(client.get(lively.place.path))
            assert kept == made, f"{who} after {name}"
            unseen += [(who, name)] if made == pages[who] else []
            pages[who] = made
    assert [name for who, name in unseen if who == "bo"] == ["told"], "or the test would prove nothing"


@pytest.mark.once  # PostgreSQL runs a statement by its name, which says no tables
def test_a_page_asks_no_table_that_is_not_among_what_it_was_made_of(lively, client_of, monkeypatch):
    client = client_of(lively.bo)
    client.get(lively.place.path)
    monkeypatch.setattr(KEPT, "limit", 0)
    asked = tables(client, lively.place.path)
    monkeypatch.undo()
    client.get(lively.place.path)
    known = tables(client, lively.place.path)
    assert len(asked) > 25
    assert asked - NOT_SHOWN - COUNTED_BY <= known


def tables(client, path):
    """Those that the page asks for."""
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return {table for query in queries.captured_queries for table in TABLE.findall(query["sql"])}


def rename(person, name):
    person.name = name
    person.save(update_fields=["name"])
