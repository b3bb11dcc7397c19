"""What guides decide about a post: it holds everywhere, its author hears why, it is undone, and the log stands."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from community.actions import join, remove_member
from discussions.actions import Decision, NotPossible, NotTheirs, OwnWords, decide, flag_post, undo_decision
from discussions.models import CareEntry, Flag, LogStands, Post
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_post, a_thread, an_image

SAID = "Canary-of-Bo"


@pytest.fixture
def said(world):
    thread = a_thread(world.place, author=world.fay, title="Counting")
    return a_post(thread, author=world.bo, body=f"{SAID} says so.")


def decided(world, post, act, reason="It names a colleague.", *, by=None, **more):
    return decide(by=by or world.fay, post=post, decision=Decision(act, reason, **more))


def notices(person):
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    return [str(told.event.target) for told in Notification.objects.filter(person=person, reason="care").order_by("pk")]


def page(client, path):
    return client.get(path).content.decode()


def test_a_hidden_post_stays_in_place_and_only_its_author_and_guides_read_it(world, client_of, said):
    a_post(said.thread, author=world.al)
    decided(world, said, "hide")
    for path in (world.place.path, said.thread.get_absolute_url(), f"{world.place.path}?post={said.pk}"):
        assert SAID not in page(client_of(world.al), path)
        assert "hidden by a facilitator" in page(client_of(world.al), path)
        for reader in (world.bo, world.fay, world.alice):
            assert SAID in page(client_of(reader), path)
    assert said not in Post.objects.new_to(world.al)
    world.place.refresh_from_db()
    assert (world.place.post_count, world.place.threads.get(title="Counting").post_count) == (2, 2)
    history = reverse("post_history", args=[world.community.slug, said.thread_id, said.pk])
    assert client_of(world.al).get(history).status_code == 404


def test_a_hidden_beginning_hides_the_title_and_showing_it_again_brings_both_back(world, client_of):
    opening = a_thread(world.place, author=world.bo, title=SAID, body=SAID).posts.get()
    a_post(opening.thread, author=world.al)
    entry = decided(world, opening, "hide")
    assert SAID not in page(client_of(world.al), world.place.path)
    assert SAID not in page(client_of(world.al), "/")
    assert notices(world.bo) == [f"Your post in “{SAID}” is hidden: It names a colleague."]
    undo_decision(by=world.alice, entry=entry, reason="It is public.")
    assert SAID in page(client_of(world.al), world.place.path)
    assert notices(world.bo)[-1] == f"Your post in “{SAID}” is shown again: It is public."


def test_its_pictures_go_with_it(world, client_of):
    picture = an_image(world.place, by=world.bo)
    said = a_thread(world.place, author=world.bo, body=f"![x]({picture.get_absolute_url()})").posts.get()
    decided(world, said, "hide")
    seen = [client_of(who).get(picture.get_absolute_url()).status_code for who in (world.al, world.bo, world.fay)]
    assert seen == [404, 200, 200]


def test_its_author_brings_back_nothing_and_a_guide_only_by_taking_the_decision_back(world, client_of, said):
    decided(world, said, "hide")
    url = reverse("restore_post", args=[world.community.slug, said.thread_id, said.pk])
    assert client_of(world.bo).post(url).status_code == 403
    assert client_of(world.alice).post(url).status_code == 403


def test_open_pages_hear_of_it(world, said):
    seq = Event.objects.newest()
    decided(world, said, "hide")
    here = Event.objects.filter(pk__gt=seq, place=world.place)
    assert [(event.verb, event.object_id) for event in here] == [("removed", said.pk)]


def test_the_author_reads_the_reason_and_not_who_flagged(world, client_of, said):
    flag_post(by=world.al, post=said, why="private", words="By-Al")
    entry = decided(world, said, "warn")
    assert notices(world.bo) == ["About your post in “Counting”: It names a colleague."]
    bo = client_of(world.bo)
    assert "It names a colleague." in page(bo, "/notifications/")
    notice = page(bo, entry.get_absolute_url())
    assert "It names a colleague." in notice
    assert "By-Al" not in notice
    assert "Al Reyes" not in notice
    assert client_of(world.al).get(entry.get_absolute_url()).status_code == 404


def test_keeping_tells_nobody_and_answers_the_flags(world, said):
    flag_post(by=world.al, post=said, why="private")
    entry = decided(world, said, "keep", "")
    assert Flag.objects.get().decision == entry
    assert notices(world.bo) == []


def test_who_has_left_gets_no_notice(world, said):
    remove_member(world.community.membership_of(world.bo))
    decided(world, said, "hide")
    assert notices(world.bo) == []


def test_taking_back_twice_does_it_once_and_keeping_is_nothing_to_take_back(world, said):
    entry = decided(world, said, "hide")
    first = undo_decision(by=world.fay, entry=entry)
    assert undo_decision(by=world.alice, entry=entry) == first
    assert CareEntry.objects.count() == 2
    with pytest.raises(NotPossible):
        undo_decision(by=world.fay, entry=decided(world, said, "keep"))
    with pytest.raises(NotPossible):
        undo_decision(by=world.fay, entry=first)


def test_members_and_guides_of_elsewhere_decide_nothing(world, said):
    entry = decided(world, said, "warn")
    for who in (world.bo, world.al, world.cy, world.ed):
        with pytest.raises(NotTheirs):
            decided(world, said, "hide", by=who)
        with pytest.raises(NotTheirs):
            undo_decision(by=who, entry=entry)


def test_a_guides_own_words_are_for_another_guide_while_there_is_one(world):
    own = a_thread(world.place, author=world.fay).posts.get()
    with pytest.raises(OwnWords):
        decided(world, own, "keep")
    entry = decided(world, own, "hide", by=world.alice)
    with pytest.raises(OwnWords):
        undo_decision(by=world.fay, entry=entry)
    alone = a_thread(world.other.places.get(), author=world.cy).posts.get()
    remove_member_of = world.other.memberships.get(role="host").user
    assert decided(world, alone, "warn", by=remove_member_of)
    host_own = a_thread(world.other.places.get(), author=remove_member_of).posts.get()
    assert decided(world, host_own, "keep", by=remove_member_of)


def by_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE discussions_careentry SET reason = 'Another one.'")


WAYS_TO_EDIT = {
    "save": lambda: CareEntry(**{**CareEntry.objects.values().get(), "reason": "Another one."}).save(),
    "update": lambda: CareEntry.objects.update(reason="Another one."),
    "filtered": lambda: CareEntry.objects.filter(act="warn").update(reason="Another one."),
    "delete": lambda: CareEntry.objects.get().delete(),
    "delete rows": lambda: CareEntry.objects.filter(act="warn").delete(),
    "sql": by_sql,
}


@pytest.mark.parametrize("way", WAYS_TO_EDIT)
def test_nobody_edits_the_log(world, said, way):
    decided(world, said, "warn")
    with pytest.raises((LogStands, DatabaseError)), transaction.atomic():
        WAYS_TO_EDIT[way]()
    assert CareEntry.objects.get().reason == "It names a colleague."


def test_the_form_asks_for_what_an_act_needs_and_keeps_the_reason(world, client_of, said):
    fay, url = client_of(world.fay), reverse("care_post", args=[world.community.slug, said.pk])
    for act in ("move", "slow", "pause", "hide"):
        answer = fay.post(url, {"act": act, "reason": "" if act == "hide" else "Reason-kept"})
        assert answer.status_code == 422
        assert ("Reason-kept" in answer.content.decode()) == (act != "hide")
    past = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert fay.post(url, {"act": "pause", "reason": "x", "until": past}).status_code == 422
    assert not CareEntry.objects.exists()
    answer = fay.post(url, {"act": "hide", "reason": "It names a colleague."}, follow=True)
    assert "Decided." in answer.content.decode()
    assert fay.post(url, {"act": "hide", "reason": "Again"}).status_code == 409


def test_coming_back_ends_no_pause(world, said):
    decided(world, said, "pause", until=timezone.now() + timedelta(days=2))
    remove_member(world.community.membership_of(world.bo))
    assert join(world.community, world.bo).is_paused
