"""The list of what concerns somebody: one row a conversation, what is unread first."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import HiddenPerson
from discussions.actions import merge_threads
from notifications import tasks
from notifications.models import Notification
from notifications.models.group import LINES_SHOWN
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = "/notifications/"


@pytest.fixture
def asked(world):
    """Bo's conversation."""
    return make.a_thread(world.place, author=world.bo, title="What herons do")


@pytest.fixture
def rows_of(client_of):
    """The rows of somebody's page, by section: the words of each, as a browser lays them out."""

    def read(person):
        soup = BeautifulSoup(client_of(person).get(PAGE).content, "html.parser")
        return {
            part["aria-labelledby"]: [" ".join(row.get_text(" ").split()) for row in part.select(".rows > li")]
            for part in soup.select("section[aria-labelledby]")
        }

    return read


def answer(thread, *authors, **more):
    posts = [make.a_post(thread, author=author, **more) for author in authors]
    tasks.sweep()
    return posts


def ring_again(notification, times):
    """As many others about the same."""
    event = notification.event
    for _n in range(times):
        event.pk = None
        event.save(force_insert=True)
        Notification.objects.create(person=notification.person, event=event, reason=notification.reason)


def read(person, *posts):
    Notification.objects.of(person).filter(event__object_id__in=[p.pk for p in posts]).update(read_at=timezone.now())


def test_what_is_said_in_one_conversation_is_one_row(world, asked, rows_of):
    answer(asked, world.fay, world.al, world.fay, world.alice)
    (row,) = rows_of(world.bo)["new"]
    assert "Alice Moreau and 2 others answered in New: What herons do" in row
    assert "Heron cohort · You started this" in row
    assert "4 new ones" in row
    assert row.count("replied") == 4


def test_two_people_are_named_and_one_alone_is(world, asked, rows_of):
    answer(asked, world.fay, world.fay)
    assert "Fay Okafor answered in New: What herons do" in rows_of(world.bo)["new"][0]
    answer(asked, world.alice)
    assert "Alice Moreau and Fay Okafor answered in" in rows_of(world.bo)["new"][0]


def test_a_row_tells_of_what_is_unread_and_opens_to_all(world, asked, rows_of):
    old = answer(asked, world.fay, world.al)
    read(world.bo, *old)
    answer(asked, world.alice, world.alice)
    (row,) = rows_of(world.bo)["new"]
    assert "Alice Moreau answered in" in row
    assert "2 new ones" in row
    assert row.count("replied") == 4


def test_what_is_unread_stands_first_and_then_what_happened_last(world, asked, rows_of, monkeypatch):
    mine = make.a_thread(world.place, author=world.bo, title="Earliest, unread")
    answer(mine, world.fay)
    read(world.bo, *answer(asked, world.fay))
    last = make.a_thread(world.place, author=world.bo, title="Latest, read")
    read(world.bo, *answer(last, world.fay))
    rows = rows_of(world.bo)
    assert ["Earliest, unread" in row for row in rows["new"]] == [True]
    assert ["Latest, read" in rows["earlier"][0], "What herons do" in rows["earlier"][1]] == [True, True]
    monkeypatch.setattr("notifications.views.listing.GROUPS_A_PAGE", 1)
    assert rows_of(world.bo) == {"new": rows["new"]}


def test_being_named_is_the_reason_that_a_row_says(world, asked, rows_of):
    answer(asked, world.fay, body="@bo: look.")
    answer(asked, world.al, world.alice)
    assert "You were mentioned" in rows_of(world.bo)["new"][0]


def test_a_long_row_shows_the_newest_and_says_how_many_there_are(world, asked, rows_of):
    answer(asked, world.fay)
    ring_again(Notification.objects.of(world.bo).get(), LINES_SHOWN + 2)
    (row,) = rows_of(world.bo)["new"]
    assert row.count("replied") == LINES_SHOWN
    assert f"{LINES_SHOWN + 3} new ones" in row
    assert "and 3 earlier ones" in row


def test_what_was_brought_together_is_one_row_from_then_on(world, asked, rows_of):
    other = make.a_thread(world.place, author=world.bo, title="And their nests")
    answer(asked, world.fay)
    answer(other, world.fay)
    assert len(rows_of(world.bo)["new"]) == 2
    merge_threads(by=world.fay, thread=other, into=asked, key=uuid.uuid4())
    assert len(rows_of(world.bo)["new"]) == 1


def test_of_somebody_who_is_blocked_nothing_is_told_or_counted(world, asked, rows_of):
    answer(asked, world.fay, world.al, world.alice)
    HiddenPerson.objects.create(person=world.bo, hidden=world.al)
    (row,) = rows_of(world.bo)["new"]
    assert "Alice Moreau and Fay Okafor answered in" in row
    assert world.al.name not in row


def test_of_what_was_said_without_a_name_no_name_is_told(world, rows_of):
    prompt = make.a_prompt(world.place, asker=world.fay, title="Where did you fail?", is_anonymous=True)
    answer(prompt, world.bo, world.al, world.alice)
    (row,) = rows_of(world.bo)["new"]
    assert "Somebody" in row
    assert not any(person.name in row for person in (world.al, world.alice))


def test_a_thousand_take_as_many_queries_as_few(world, asked, client_of):
    client = client_of(world.bo)
    answer(asked, world.fay, world.al)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    newest = Notification.objects.of(world.bo).latest("pk")
    threads = [make.a_thread(world.place, author=world.bo, title=f"Herons {n}") for n in range(6)]
    for thread in threads:
        answer(thread, world.fay, world.al)
    ring_again(newest, 1_000)
    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE).content.decode()
    assert "Herons 5" in page
    assert "1002 new ones" in page
    assert len(many) == len(few)
