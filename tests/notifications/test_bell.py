"""The bell: how much is unread, told at once to the pages that somebody has open, and to nobody else's."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import HiddenPerson
from community.actions import remove_member
from notifications import tasks
from notifications.actions import mark_read
from notifications.models import Notification
from tests.factories import a_thread
from tests.notifications.test_live import closed_within, letter, sign_out, silent, status
from tests.serving import soon_s

pytestmark = pytest.mark.django_db(transaction=True)
BELL = "/notifications/bell/"


@pytest.fixture
def mention(world):
    """Alice mentions Bo, and a worker has told it."""

    def write(title="Herons"):
        thread = a_thread(world.place, author=world.alice, title=title, body="@bo what do you think?")
        tasks.sweep()
        return Notification.objects.filter(person=world.bo).latest("pk"), thread

    return write


def rung(page, within=30.0):
    """What the next letter about the bell says."""
    while True:
        said = json.loads(page.recv(timeout=within))
        if "bell" in said:
            assert set(said) == {"bell"}
            return said["bell"]


def test_a_page_of_a_place_and_one_of_none_hear_that_something_is_unread_and_that_it_was_read(site, world, mention):
    with site.connect(world.bo, world.place, bell="0-0") as place, site.connect(world.bo, bell="0-0") as none:
        letter(place)
        assert letter(none) == {"place": 0, "seq": 0, "first": True}
        told, _ = mention()
        assert [rung(place), rung(none)] == [f"1-{told.pk}"] * 2
        mark_read(world.bo, up_to=told.pk)
        assert [rung(place), rung(none)] == ["0-0"] * 2
        assert silent(none)


def test_only_whose_bell_it_is_hears_it(site, world, mention):
    with site.connect(world.bo, bell="0-0") as bo, site.connect(world.alice, bell="0-0") as alice:
        letter(bo), letter(alice)
        mention()
        assert rung(bo)
        assert silent(alice)


def test_a_page_that_is_behind_hears_it_when_it_connects_and_one_that_knows_or_asks_nothing_does_not(
    site, world, mention
):
    told, _ = mention()
    with site.connect(world.bo, bell="0-0") as behind:
        assert rung(behind) == f"1-{told.pk}"
    for known in (f"1-{told.pk}", "", "nonsense", "1-" + "9" * 40):
        with site.connect(world.bo, bell=known) as page:
            letter(page)
            assert silent(page), known


def test_who_is_signed_out_is_refused_and_let_go(site, world, client, mention):
    assert status(site.connect, None, bell="0-0") == 403
    client.force_login(world.bo)
    cookie = f"weft-session={client.cookies['weft-session'].value}"
    with site.connect(None, cookie=cookie, bell="0-0") as bo:
        letter(bo)
        sign_out(world, client)
        mention()
        assert closed_within(bo, soon_s()) == 4403


def test_only_pages_of_this_site_hear_the_bell(site, world):
    assert status(site.connect, world.bo, bell="0-0", origin="https://evil.example") == 403


def test_the_page_asks_for_words_and_is_told_what_may_be_seen_only(world, mention, client_of):
    mention()
    mention("Another")
    client = client_of(world.bo)
    newest = Notification.objects.filter(person=world.bo).latest("pk").pk
    assert client.get(BELL).json() == {
        "bell": f"2-{newest}", "count": 2, "shown": "2", "words": "2 new notifications",
    }  # fmt: skip
    HiddenPerson.objects.create(person=world.bo, hidden=world.alice)
    assert client.get(BELL).json()["count"] == 0
    HiddenPerson.objects.all().delete()
    remove_member(world.community.membership_of(world.bo))
    assert client.get(BELL).json() == {"bell": "0-0", "count": 0, "shown": "", "words": "Notifications"}


def test_beyond_99_the_bell_counts_no_further_and_says_the_number(world, mention, client_of):
    told, _ = mention()
    event = told.event
    for _n in range(100):
        event.pk = None
        event.save(force_insert=True)
        Notification.objects.create(person=world.bo, event=event, reason=told.reason)
    said = client_of(world.bo).get(BELL).json()
    assert (said["shown"], said["words"]) == ("99+", "101 new notifications")


def test_what_is_unread_to_all_who_watch_is_asked_in_one_query(world, mention):
    mention()
    with CaptureQueriesContext(connection) as asked:
        assert Notification.objects.bells_of({p.pk for p in world.cast.values() if p}).keys() == {world.bo.pk}
    assert len(asked) == 1
