"""Who hears of what, by what they chose and by why it concerns them."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions import hide_person
from community.actions import remove_member
from community.models import Membership
from discussions.actions import Decision, decide, delete_post, move_thread
from notifications import tasks
from notifications.actions import deliver, follow
from notifications.actions.fanning import is_told
from notifications.models import Delivery, Event, Level, Notification
from resources.actions import ask_to_curate
from tests.factories import (
    a_collection,
    a_community,
    a_member,
    a_post,
    a_proposal,
    a_resource,
    a_thread,
    a_wiki_page,
    commons_of,
)
from wiki.actions import edit_page

pytestmark = pytest.mark.django_db
REASON = Notification.Reason

# Of each reason the levels at which one hears of it. What concerns everybody of a place waits for the digest.
ADDRESSED = {Level.ALL, Level.DIGEST, Level.MENTIONS}
WIDER = {Level.ALL, Level.DIGEST}
HEARD_AT = {
    REASON.MENTION: ADDRESSED,
    REASON.ANSWER: ADDRESSED,
    REASON.YOURS: WIDER,
    REASON.TAKING_PART: WIDER,
    REASON.ASKED: WIDER,
    REASON.EVERYBODY: WIDER,
    REASON.FOLLOWING: {Level.ALL},
    REASON.CARE: set(Level),
    REASON.REVIEW: set(Level),
    REASON.HOSTING: set(Level),
    REASON.RUNNING: set(Level),
    REASON.PERSONAL: set(Level),
}


@pytest.mark.parametrize("reason", REASON)
def test_each_reason_is_heard_at_its_levels(reason):
    assert {level for level in Level if is_told(reason, level)} == HEARD_AT[reason]


@pytest.fixture
def community(db):
    return a_community()


@pytest.fixture
def thread(community):
    return a_thread(commons_of(community), author=a_member(community, handle="alice"))


def told(doing, *args, **more):
    """Handle → reason for who hears of what is done."""
    tasks.sweep()
    Notification.objects.all().delete()
    Delivery.objects.all().delete()
    made = doing(*args, **more)
    tasks.sweep()
    rows = Notification.objects.values_list("person__handle", "reason")
    return {handle: reason for handle, reason in rows if not handle.startswith("person_")}, made


def choosing(community, subject, level, **more):
    person = a_member(community, handle=more.pop("handle", "bo"), **more)
    follow(person=person, subjects=[subject], level=level)
    return person


def mailed():
    return set(Delivery.objects.values_list("person__handle", flat=True))


def test_who_follows_a_community_at_once_hears_of_what_is_said_shared_and_written_there(community, thread):
    choosing(community, community, Level.ALL)
    place, somebody = commons_of(community), a_member(community)
    heard, _ = told(a_thread, place, author=somebody)
    assert heard == {"bo": REASON.FOLLOWING}
    assert mailed() == {"bo"}
    heard, _ = told(a_resource, place, sharer=somebody)
    assert heard == {"bo": REASON.FOLLOWING}
    heard, _ = told(a_proposal, place, author=somebody)
    assert heard == {"bo": REASON.FOLLOWING}
    heard, page = told(a_wiki_page, place, author=somebody)
    assert heard == {"bo": REASON.FOLLOWING}
    edited = {"page": page, "body": "More.", "version": 1, "summary": ""}
    assert told(edit_page, author=somebody, **edited)[0] == {"bo": REASON.FOLLOWING}


def test_a_page_and_what_was_shared_are_followed_where_they_are_talked_about(community):
    place, somebody = commons_of(community), a_member(community)
    page, resource = a_wiki_page(place, author=somebody), a_resource(place, sharer=somebody)
    choosing(community, page.talk, Level.ALL, handle="bo")
    choosing(community, resource.talk, Level.ALL, handle="cleo")
    loud = choosing(community, community, Level.ALL, handle="dana")
    follow(person=loud, subjects=[page.talk], level=Level.MUTED)
    edited = {"page": page, "body": "More.", "version": 1, "summary": ""}
    assert told(edit_page, author=somebody, **edited)[0] == {"bo": REASON.FOLLOWING}
    again = {"url": resource.url, "sharer": a_member(community)}
    assert set(told(a_resource, place, **again)[0]) == {"cleo", "dana"}
    heard, _ = told(a_thread, page.talk, author=a_member(community))
    assert heard == {"bo": REASON.FOLLOWING}


def test_several_changes_of_one_page_wait_in_one_mail(community):
    place, somebody = commons_of(community), a_member(community)
    page = a_wiki_page(place, author=somebody)
    bo = choosing(community, page.talk, Level.ALL)
    for version in (1, 2, 3):
        edit_page(author=somebody, page=page, body=f"More {version}.", version=version, summary="")
    tasks.sweep()
    assert [row.subject for row in Delivery.objects.of(bo)] == [f"place:{page.talk_id}"]


def test_what_is_between_two_people_is_told_to_no_follower(community):
    curator, asked = a_member(community, handle="curator"), a_member(community, handle="asked")
    choosing(community, community, Level.ALL)
    follow(person=asked, subjects=[community], level=Level.MUTED)
    collection = a_collection(commons_of(community), by=curator)
    heard, _ = told(ask_to_curate, collection=collection, handle="asked", asked_by=curator)
    assert heard == {"asked": REASON.PERSONAL}
    assert mailed() == {"asked"}


def test_who_follows_hears_nothing_of_words_that_are_gone_by_then(community, thread):
    choosing(community, thread, Level.ALL)
    author = a_member(community)
    post = a_post(thread, author=author)
    delete_post(by=author, post=post)
    assert told(lambda: None)[0] == {}
    Event.objects.filter(verb=Event.Verb.REPLIED).update(fanned_out_at=None)
    tasks.sweep()
    assert not Notification.objects.exists()


def test_who_follows_hears_nothing_of_who_they_blocked_nor_of_themselves(community, thread):
    bo, loud = choosing(community, community, Level.ALL), a_member(community)
    hide_person(person=bo, hidden=loud)
    assert "bo" not in told(a_post, thread, author=loud, body="@bo")[0]
    assert "bo" not in told(a_post, thread, author=bo)[0]


def test_a_level_has_no_effect_for_who_left_and_holds_again_for_who_comes_back(community, thread):
    bo = choosing(community, community, Level.ALL)
    remove_member(community.membership_of(bo))
    assert "bo" not in told(a_post, thread, author=a_member(community))[0]
    Membership.objects.create(community=community, user=bo)
    assert told(a_post, thread, author=a_member(community))[0]["bo"] == REASON.FOLLOWING


def test_the_narrowest_choice_counts_also_for_less(community, thread):
    bo = choosing(community, community, Level.ALL)
    for level in (Level.MUTED, Level.MENTIONS, Level.DIGEST):
        follow(person=bo, subjects=[thread], level=level)
        assert "bo" not in told(a_post, thread, author=a_member(community))[0], level
    follow(person=bo, subjects=[thread], level=None)
    assert told(a_post, thread, author=a_member(community))[0]["bo"] == REASON.FOLLOWING


def test_within_another_place_that_ones_level_counts_before_the_communitys(community):
    page = a_wiki_page(commons_of(community), author=a_member(community))
    talk = a_thread(page.talk, author=a_member(community))
    bo = choosing(community, community, Level.MUTED)
    follow(person=bo, subjects=[page.place], level=Level.ALL)
    assert told(a_post, talk, author=a_member(community))[0]["bo"] == REASON.FOLLOWING
    follow(person=bo, subjects=[page.talk], level=Level.MENTIONS)
    assert "bo" not in told(a_post, talk, author=a_member(community))[0]
    assert told(a_post, talk, author=a_member(community), body="@bo")[0]["bo"] == REASON.MENTION


def test_in_what_is_muted_one_hears_of_no_mention_but_of_what_is_decided_about_ones_words(community, thread):
    bo = choosing(community, community, Level.MUTED)
    post = a_post(thread, author=bo)
    assert "bo" not in told(a_post, thread, author=a_member(community), body="@bo")[0]
    guide = a_member(community, role=Membership.Role.FACILITATOR)
    heard, _ = told(decide, by=guide, post=post, decision=Decision("warn", "Kindly."))
    assert heard["bo"] == REASON.CARE
    assert mailed() == {"bo"}


def test_a_moved_conversation_takes_its_levels_along_and_hears_those_of_its_new_place(community, thread):
    bo, cleo = choosing(community, thread, Level.ALL), choosing(community, thread.place, Level.ALL, handle="cleo")
    guide = a_member(community, role=Membership.Role.FACILITATOR)
    page = a_wiki_page(thread.place, author=guide)
    dana = choosing(community, page.talk, Level.ALL, handle="dana")
    follow(person=cleo, subjects=[page.talk], level=Level.MUTED)
    moved = move_thread(by=guide, thread=thread, place=page.talk)
    heard, _ = told(a_post, moved, author=a_member(community))
    assert heard == {"alice": REASON.YOURS, bo.handle: REASON.FOLLOWING, dana.handle: REASON.FOLLOWING}


def test_a_mail_at_once_says_why_it_came_and_where_one_changes_that(community, thread):
    choosing(community, thread, Level.ALL)
    told(a_post, thread, author=a_member(community))
    Delivery.objects.update(due_at=timezone.now())
    deliver()
    message = next(message for message in mail.outbox if message.to == ["bo@example.org"])
    assert "You get this at once because you asked to hear of everything here at once." in message.body
    assert f"/following/thread/{thread.pk}/" in message.body
    assert f"/following/thread/{thread.pk}/" in message.alternatives[0][0]
