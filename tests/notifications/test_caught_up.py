"""“I am caught up”, by the link of a digest: signed out, too, and of nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications import tasks
from notifications.actions import digest_of
from notifications.mail.caught_up import caught_up_url
from notifications.models import Event, MailSettings, Notification
from tests.factories import a_post, a_sharing, a_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world):
    """Of two conversations Bo's digest told; of a third it could not yet."""
    since = Event.objects.newest()
    MailSettings.objects.create(person=world.bo, digested_up_to=since)
    thread = a_thread(world.commons, author=world.al)
    a_post(thread, author=world.bo)
    a_post(thread, author=world.al)
    a_thread(world.commons, author=world.fay)
    tasks.sweep()
    url = caught_up_url(world.bo, since=since, up_to=Event.objects.newest())
    a_thread(world.commons, author=world.fay, title="Later", body="Look, @bo.")
    tasks.sweep()
    return url


def new_to(person):
    person.refresh_from_db()
    return [group.title for group in digest_of(person).groups]


def test_looking_at_it_changes_nothing_and_pressing_marks_what_was_told(world, told, client_of):
    client = client_of(None)
    before = new_to(world.bo)
    assert b"Mark them as read" in client.get(told).content
    assert client.head(told).status_code == 200
    assert new_to(world.bo) == before
    assert len(before) == 2
    assert b"You are caught up" in client.post(told).content
    MailSettings.objects.filter(person=world.bo).update(is_mailed_at_once=False)
    assert new_to(world.bo) == ["Later"]
    assert Notification.objects.unread().filter(person=world.bo).count() == 1
    assert b"Nothing of what that digest told you is unread" in client.get(told).content


def test_it_marks_only_for_whom_it_was_meant_whoever_follows_it(world, told, client_of):
    MailSettings.objects.create(person=world.fay, digested_up_to=0)
    before = new_to(world.fay)
    assert client_of(world.fay).post(told).status_code == 200
    assert new_to(world.fay) == before
    assert new_to(world.bo) == []


def test_one_that_was_changed_or_is_old_or_whose_person_is_gone_leads_nowhere(world, told, client_of):
    client = client_of(None)
    assert client.post(told[:-3] + "xy/").status_code == 404
    assert client.post(told.replace(f"/{world.bo.pk}-", f"/{world.al.pk}-")).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert client.post(told).status_code == 404
    world.bo.is_active = False
    world.bo.save(update_fields=["is_active"])
    assert client.post(told).status_code == 404
    assert Notification.objects.unread().filter(person=world.bo).exists()


def test_the_preview_says_what_the_digest_would_and_changes_nothing(world, told, client_of):
    page = client_of(world.bo).get("/settings/digest/preview/").content.decode()
    assert "New in conversations" in page
    assert "For you" in page
    assert Notification.objects.filter(person=world.bo, mailed_at=None, read_at=None).count() == 3
    MailSettings.objects.filter(person=world.bo).update(digested_up_to=Event.objects.newest())
    assert "Nothing is new to you" in client_of(world.bo).get("/settings/digest/preview/").content.decode()


def test_who_is_caught_up_is_not_asked_again_for_shelves_that_nobody_notes_the_reading_of(world, client_of):
    MailSettings.objects.create(person=world.bo, digested_up_to=0)
    since = Event.objects.newest()
    a_thread(world.commons, author=world.fay)
    a_sharing(place=world.commons, sharer=world.fay)
    tasks.sweep()
    told = caught_up_url(world.bo, since=since, up_to=Event.objects.newest())
    client = client_of(None)
    assert b"1 thing that your digest told you of is still unread" in client.get(told).content
    client.post(told)
    assert b"Nothing of what that digest told you is unread" in client.get(told).content
