"""Whom a happening concerns, and that they hear of it once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.actions import join, remove_member
from community.models import Membership
from discussions.actions import delete_post, edit_post, restore_post
from notifications import tasks
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_cohort, a_community, a_member, a_person, a_post, a_thread, commons_of, place_of

pytestmark = pytest.mark.django_db
REASON = Notification.Reason


@pytest.fixture
def community(db):
    return a_community()


@pytest.fixture
def thread(community):
    """Alice's conversation, in which Bo takes part and Cleo only reads."""
    for handle in ("alice", "bo", "cleo", "dana"):
        a_member(community, handle=handle)
    members = people(community)
    thread = a_thread(commons_of(community), author=members["alice"])
    a_post(thread, author=members["bo"])
    tasks.sweep()
    Notification.objects.all().delete()
    return thread


def people(community):
    return {membership.user.handle: membership.user for membership in community.memberships.with_people()}


def told():
    tasks.sweep()
    return {row.person.handle: row.reason for row in Notification.objects.select_related("person")}


def test_a_reply_concerns_who_began_who_takes_part_and_who_is_named_but_not_its_author(community, thread):
    a_post(thread, author=people(community)["dana"], body="@cleo, @dana and @nobody: look.")
    assert told() == {"alice": REASON.YOURS, "bo": REASON.TAKING_PART, "cleo": REASON.MENTION}


def test_being_named_is_the_reason_that_is_said(community, thread):
    a_post(thread, author=people(community)["bo"], body="What do you say, @Alice and @bo?")
    assert told() == {"alice": REASON.MENTION}


def test_who_cannot_see_the_place_is_not_named(community, thread):
    a_community(members=(a_person(handle="stranger"),))
    gone = a_member(community, handle="gone")
    remove_member(community.membership_of(gone))
    post = a_post(thread, author=people(community)["dana"], body="@stranger @gone @cleo")
    assert [person.handle for person in post.mentioned.all()] == ["cleo"]
    assert set(told()) == {"alice", "bo", "cleo"}
    assert "/people/stranger/" not in post.html


def test_before_a_unit_opens_only_its_guides_hear_of_it(world):
    ahead = a_cohort(world.course, host=world.alice, days_ago=-3)
    join(ahead.community, world.fay, role=Membership.Role.FACILITATOR)
    join(ahead.community, world.bo)
    thread = a_thread(place_of(world.unit, ahead.community), author=world.alice)
    a_post(thread, author=world.alice, body="@fay and @bo: ready?")
    assert told() == {"fay": REASON.MENTION}


def test_who_left_or_was_closed_between_the_words_and_the_bell_hears_nothing(community, thread):
    cast = people(community)
    a_post(thread, author=cast["dana"], body="@cleo")
    remove_member(community.membership_of(cast["bo"]))
    cast["cleo"].is_active = False
    cast["cleo"].save(update_fields=["is_active"])
    assert set(told()) == {"alice"}


def test_telling_twice_tells_once(thread):
    post = a_post(thread)
    event = Event.objects.order_by("pk").last()
    assert event.target == post
    assert [fan_out(event.pk), fan_out(event.pk)] == [2, 0]
    Event.objects.update(fanned_out_at=None)
    fan_out(event.pk)
    assert Notification.objects.filter(event=event).count() == 2


def test_the_bell_rings_after_the_commit_and_the_sweep_does_what_it_lost(
    community, thread, rung, django_capture_on_commit_callbacks
):
    dana = people(community)["dana"]
    with django_capture_on_commit_callbacks(execute=False) as lost:
        a_post(thread, author=dana)
    assert (len(lost), rung, Notification.objects.count()) == (2, [], 0)  # for open pages and for the worker
    with django_capture_on_commit_callbacks(execute=True):
        a_post(thread, author=dana)
    newest = Event.objects.order_by("pk").last()
    assert rung == [("notifications.tasks.fan_out", (newest.pk,), {})]
    tasks.fan_out(newest.pk)
    tasks.sweep()
    tasks.sweep()
    assert Notification.objects.count() == 2 * 2
    assert not Event.objects.not_fanned_out().exists()


def test_an_event_that_cannot_be_told_does_not_hold_up_the_others(thread, monkeypatch, logged_errors):
    first, second = a_post(thread), a_post(thread)
    broken = Event.objects.not_fanned_out().first().pk

    def failing(event_id):
        if event_id == broken:
            raise RuntimeError("broken")
        return fan_out(event_id)

    monkeypatch.setattr(tasks.actions, "fan_out", failing)
    tasks.sweep()
    assert len(logged_errors) == 1
    logged_errors.clear()
    assert Notification.objects.exists()
    assert [event.target for event in Event.objects.not_fanned_out()] == [first]
    assert second.pk != first.pk


def test_an_event_whose_target_is_gone_is_done_with(thread):
    a_post(thread).delete()
    tasks.sweep()
    assert not Event.objects.not_fanned_out().exists()
    assert not Notification.objects.exists()


def test_an_event_that_is_being_told_is_told_to_those_who_see_the_place_now(community, thread):
    place = thread.place
    place.opens_at = timezone.now() + timedelta(days=1)
    place.save(update_fields=["opens_at"])
    host = community.memberships.get(role=Membership.Role.HOST).user
    a_post(thread, author=host)
    assert told() == {}


def test_what_only_changes_is_written_down_and_told_to_nobody(thread, community):
    author = people(community)["bo"]
    post = a_post(thread, author=author)
    Event.objects.update(fanned_out_at=timezone.now())
    Notification.objects.all().delete()
    delete_post(by=author, post=post)
    restore_post(by=author, post=post)
    edit_post(author=author, post=post, body="In other words.", version=1)
    assert list(Event.objects.order_by("-pk").values_list("verb", flat=True)[:3]) == ["changed", "restored", "removed"]
    tasks.sweep()
    assert not Notification.objects.exists()
