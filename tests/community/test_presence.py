"""Who is reading is shown only of those who want it, to those in the same place, for seconds."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from accounts.actions import hide_person
from accounts.models import User
from community.actions import remove_member
from community.models import note_reading, presence
from tests.courses.test_unit_page import queries_of
from tests.factories import a_member


@pytest.fixture
def look(world, client_of):
    """What somebody's page at a place says, with which they say that they are there."""

    def ask(person, place=None, **more):
        place = place or world.place
        url = reverse("readers", args=[place.community.slug, place.pk])
        answer = client_of(person).post(url, more)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return ask


@pytest.fixture
def seen(world):
    """Al and Fay want to be seen."""
    User.objects.filter(pk__in=[world.al.pk, world.fay.pk]).update(is_seen_reading=True)


def test_nobody_is_seen_who_did_not_ask_for_it(world, look):
    look(world.al), look(world.fay)
    assert look(world.bo) == ""
    assert not world.bo.is_seen_reading


def test_who_wants_it_is_seen_by_the_others_at_the_same_place_and_not_by_themselves(world, look, seen):
    assert look(world.al) == ""
    assert "Al Reyes is reading this too" in look(world.bo)
    assert "Al Reyes is reading this too" in look(world.fay)
    assert "Al Reyes and Fay Okafor are reading this too" in look(world.bo)
    assert "Bo" not in look(world.alice)
    assert look(world.bo, world.commons) == ""


def test_three_are_named_by_one_and_a_number(world, look, seen):
    User.objects.filter(pk=world.alice.pk).update(is_seen_reading=True)
    look(world.al), look(world.fay), look(world.alice)
    assert "Al Reyes and 2 others are reading this too" in look(world.bo)


def test_who_leaves_is_gone_at_once_or_when_the_seconds_are_over(world, look, seen, monkeypatch):
    look(world.al)
    look(world.al, left="1")
    assert look(world.bo) == ""
    monkeypatch.setattr(presence, "KEPT_S", 0)
    look(world.al)
    assert look(world.bo) == ""
    assert presence.__dict__["ASKED_AT_MOST"] >= 1_000


def test_a_sign_is_kept_less_than_a_minute(world, seen, monkeypatch):
    kept = []
    cache = caches["presence"]
    monkeypatch.setattr(type(cache), "set", lambda self, key, value, timeout: kept.append(timeout))
    note_reading(world.place, User.objects.get(pk=world.al.pk), is_here=True)
    note_reading(world.place, world.bo, is_here=True)
    assert len(kept) == 1
    assert kept[0] + 20 <= 60


def test_who_turns_it_off_or_is_removed_is_seen_no_more(world, look, seen):
    look(world.al), look(world.fay)
    remove_member(world.community.membership_of(world.al))
    assert "Fay Okafor is reading this too" in look(world.bo)
    User.objects.filter(pk=world.fay.pk).update(is_seen_reading=False)
    assert look(world.bo) == ""


def test_who_blocked_somebody_neither_sees_them_nor_is_seen_by_them(world, look, seen):
    hide_person(person=world.al, hidden=world.fay)
    look(world.al), look(world.fay)
    assert look(world.al) == look(world.fay) == ""
    assert "Al Reyes and Fay Okafor" in look(world.bo)


def test_nothing_is_written_down_and_it_asks_the_same_few_queries_for_many(world, look, seen, client_of):
    look(world.al)
    url = reverse("readers", args=[world.community.slug, world.place.pk])

    class Posting:
        def __init__(self, client):
            self.get = client.post

    few = queries_of(Posting(client_of(world.bo)), url)
    for _ in range(12):
        person = a_member(world.community, is_seen_reading=True)
        note_reading(world.place, person, is_here=True)
    assert "12 others" in look(world.bo)
    assert queries_of(Posting(client_of(world.bo)), url) == few <= 6


def test_the_setting_is_in_ones_profile(world, client_of):
    client = client_of(world.bo)
    fields = {"name": "Bo Lindqvist", "handle": "bo", "about": "", "time_zone": "UTC"}
    assert "Let others see when I&#x27;m reading" in client.get("/settings/profile/").content.decode()
    client.post("/settings/profile/", fields | {"is_seen_reading": "on"})
    world.bo.refresh_from_db()
    assert world.bo.is_seen_reading
    client.post("/settings/profile/", fields)
    world.bo.refresh_from_db()
    assert not world.bo.is_seen_reading
