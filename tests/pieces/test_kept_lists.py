"""Today, a community, an outline and a conversation from memory are the pages that would be made now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.actions import join, remove_member
from community.models import Membership, Place
from courses.actions import mark_done
from courses.models import Unit
from discussions.actions import delete_post, edit_post, move_thread
from discussions.models import Thread
from notifications.models import Event, Notification
from pieces import KEPT
from tests.factories import a_post, a_resource, a_summary, a_thread, a_thread_on, a_wiki_page
from tests.pieces.test_kept import KEYS, ON_A_HIT, asked, plain
from tests.pieces.test_same import NOT_SHOWN, TABLE, rename

READERS = ("fay", "bo")
# Of what stands there an event tells; or it stands on a page that isn't kept.
BESIDE = {
    *("discussions_carriedthread", "courses_carriedthing", "discussions_transfer", "discussions_transfer_posts"),
    *("discussions_postrevision", "discussions_summaryrevision", "discussions_summary"),
}

COUNTED = {"discussions_post", "discussions_thread"}  # by an outline; their places know how many there are


@pytest.fixture
def lively(world):
    for place in (world.place, world.commons):
        question = a_thread(place, author=world.bo, kind="question")
        a_post(question, author=world.al)
        a_thread(place, author=world.fay, kind="question")
    long = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="A long one")
    for n in range(4):
        a_post(long, author=(world.fay, world.bo)[n % 2], body=f"Number {n}.")
    a_summary(long, by=world.alice)
    a_resource(world.commons, sharer=world.al, tags=["slow"], title="A paper")
    a_wiki_page(world.commons, author=world.bo, title="Field guide")
    return world


def pages_of(world):
    thread = Thread.objects.get(title="A long one")
    course = f"/courses/{world.course.slug}/"
    return {
        "Today": "/",
        "community": world.community.get_absolute_url(),
        "outline": course,
        "courses": "/courses/",
        "thread": thread.get_absolute_url(),
        "answer": f"{thread.get_absolute_url()}?answer={thread.posts.order_by('pk')[1].pk}",
    }


def happenings(world):
    thread, other = Thread.objects.get(title="A long one"), Thread.objects.filter(kind="question").order_by("pk")[0]
    first, last = thread.posts.order_by("pk").first(), thread.posts.order_by("pk").last()
    yield "reply", lambda: a_post(thread, author=world.al, body="A new word, @bo.")
    yield "elsewhere", lambda: a_thread(world.commons, author=world.al, title="Begun just now")
    yield "edit", lambda: edit_post(author=first.author, post=first, body="Said better.", version=first.version)
    yield "delete", lambda: delete_post(by=last.author, post=last)
    yield "title", lambda: Thread.objects.filter(pk=thread.pk).update(title="Called differently")
    yield "close", lambda: Thread.objects.filter(pk=other.pk).update(closed_at=timezone.now())
    yield "move", lambda: move_thread(by=world.fay, thread=Thread.objects.get(pk=other.pk), place=world.commons)
    yield "name", lambda: rename(world.al, "Al By Another Name")
    yield "done", lambda: mark_done(world.bo, world.units[1])
    yield "told", lambda: tell(world.bo)
    yield "share", lambda: a_resource(world.commons, sharer=world.bo, title="Another paper")
    yield "wiki", lambda: a_wiki_page(world.commons, author=world.al, title="Other page")
    yield "unit", lambda: Unit.objects.filter(pk=world.units[0].pk).update(title="Another first unit")
    yield "opens", lambda: Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(1))
    yield "joins", lambda: join(world.community, world.cy)
    yield "role", lambda: Membership.objects.filter(user=world.al).update(role=Membership.Role.FACILITATOR)


def tell(person):
    event = Event.objects.filter(verb=Event.Verb.REPLIED).latest("pk")
    Notification.objects.create(person=person, event=event, reason=Notification.Reason.FOLLOWING)


@pytest.mark.once
def test_after_whatever_happens_the_kept_pages_are_those_that_are_made_now(
    lively, client_of, monkeypatch, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    bo, pages = client_of(lively.bo), pages_of(lively)
    del pages["courses"], pages["answer"]  # made of less than the others
    before = {}
    for name, happen in [("nothing", lambda: None), ("nothing again", lambda: None), *happenings(lively)]:
        happen()
        shown = {}
        for page, path in pages.items():
            kept = bo.get(path)
            with monkeypatch.context() as patch:
                patch.setattr(KEPT, "limit", 0)
                made = bo.get(path)
            assert plain(kept) == plain(made), f"{page} after {name}"
            shown[page] = plain(made)
        assert shown != before or name == "nothing again", f"{name} shows nowhere, so it proves nothing"
        before = shown


@pytest.mark.once  # PostgreSQL runs a statement by its name, which says no tables
@pytest.mark.parametrize("who", READERS)
def test_pages_ask_no_table_that_is_not_among_what_they_were_made_of(lively, client_of, monkeypatch, who):
    client = client_of(getattr(lively, who))
    for page, path in pages_of(lively).items():
        for _ in range(3):
            client.get(path)
        kept = queries(client, path)
        assert len(kept) == ON_A_HIT, page
        with monkeypatch.context() as patch:
            patch.setattr(KEPT, "limit", 0)
            made = queries(client, path)
        beside = BESIDE | COUNTED if page in ("outline", "courses") else BESIDE
        assert tables(made) - NOT_SHOWN - beside <= tables(kept), page


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def tables(statements):
    return {table for sql in statements for table in TABLE.findall(sql)}


def test_who_is_removed_gets_no_kept_page(lively, client_of):
    client, pages = client_of(lively.bo), pages_of(lively)
    for path in [*pages.values()] * 2:
        client.get(path)
    remove_member(by=lively.alice, membership=lively.community.membership_of(lively.bo))
    assert [client.get(pages[page]).status_code for page in ("community", "outline", "thread")] == [404, 404, 404]
    today = client.get("/").content.decode()
    assert lively.community.title not in today
    assert "A long one" not in today


def test_two_tabs_begin_two_conversations(lively, client_of):
    client, path = client_of(lively.bo), lively.community.get_absolute_url()
    client.get(path)
    for title in ("From one tab", "From another tab"):
        html, _few = asked(client, path)
        form = html.content.decode().partition('name="title"')
        key = KEYS.search(form[2]) or KEYS.search(form[0])
        words = {"title": title, "body": "Words.", "key": key[1], "kind": "discussion"}
        answer = client.post(reverse("new_thread", args=["heron", lively.commons.pk]), words)
        assert answer.status_code in (302, 303), answer.content.decode()[:500]
        assert Thread.objects.filter(title=title).exists()
