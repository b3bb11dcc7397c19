"""Closing, slowing, moving and pausing: who writes meanwhile gets a clear answer, and no word is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import join, keep_draft, remove_member
from community.models import Draft
from discussions.actions import Decision, NotPossible, decide, undo_decision
from discussions.models import Thread
from notifications.models import Event
from tests.factories import a_post, a_thread, a_wiki_page

WORDS = "Words-of-Bo that stay"


@pytest.fixture
def said(world):
    return a_post(a_thread(world.place, author=world.fay, title="Counting"), author=world.bo)


def decided(world, post, act, **more):
    return decide(by=world.fay, post=post, decision=Decision(act, "It is getting loud.", **more))


def answer_to(client, thread):
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])
    return client.post(url, {"body": WORDS, "key": uuid4()})


def refused(answer, status, words):
    text = answer.content.decode()
    assert answer.status_code == status
    assert WORDS in text
    assert words in text


def test_a_closed_conversation_says_so_and_opens_again(world, client_of, said):
    entry = decided(world, said, "close")
    refused(answer_to(client_of(world.bo), said.thread), 409, "closed meanwhile")
    assert "This conversation is closed." in client_of(world.bo).get(said.thread.get_absolute_url()).content.decode()
    with pytest.raises(NotPossible):
        decided(world, said, "close")
    undo_decision(by=world.fay, entry=entry)
    assert answer_to(client_of(world.bo), said.thread).status_code == 302
    assert [event.verb for event in Event.objects.filter(verb__in=["closed", "reopened"])] == ["closed", "reopened"]


def test_in_a_slow_conversation_everybody_waits_but_the_guides(world, client_of, said):
    entry = decided(world, said, "slow", minutes=15)
    answer = answer_to(client_of(world.bo), said.thread)
    refused(answer, 429, "slowed down")
    assert 800 < int(answer["Retry-After"]) <= 900
    assert answer_to(client_of(world.fay), said.thread).status_code == 302
    assert answer_to(client_of(world.al), said.thread).status_code == 302
    assert "once in 15 minutes" in client_of(world.al).get(said.thread.get_absolute_url()).content.decode()
    said.thread.posts.filter(author=world.bo).update(created_at=timezone.now() - timedelta(minutes=16))
    assert answer_to(client_of(world.bo), said.thread).status_code == 302
    undo_decision(by=world.fay, entry=entry)
    assert answer_to(client_of(world.bo), said.thread).status_code == 302


def test_a_moved_conversation_stands_there_and_goes_back(world, said):
    entry = decided(world, said, "move", place=world.commons)
    assert Thread.objects.get(pk=said.thread_id).place == world.commons
    undo_decision(by=world.fay, entry=entry)
    assert Thread.objects.get(pk=said.thread_id).place == world.place


def test_a_paused_member_reads_why_and_until_when_and_keeps_drafts(world, client_of, said):
    until = timezone.now() + timedelta(days=3)
    entry = decided(world, said, "pause", until=until)
    bo = client_of(world.bo)
    wiki = a_wiki_page(world.place, author=world.fay)
    for path in (world.place.path, f"/c/{world.community.slug}/", said.thread.get_absolute_url(),
                 reverse("wiki_page", args=[world.community.slug, wiki.slug])):  # fmt: skip
        text = bo.get(path).content.decode()
        assert "Your writing here is paused until" in text
        assert "It is getting loud." in text
        assert 'name="body"' not in text
    keep_draft(person=world.bo, slot=f"reply:{said.thread_id}", title="", body=WORDS)
    refused(answer_to(bo, said.thread), 409, "Your writing here is paused until")
    url = reverse("new_thread", args=[world.community.slug, world.place.pk])
    refused(bo.post(url, {"body": WORDS, "key": uuid4()}), 409, "Your writing here is paused until")
    url = reverse("edit_post", args=[world.community.slug, said.thread_id, said.pk])
    refused(bo.post(url, {"body": WORDS, "version": 1}), 409, "Your writing here is paused until")
    url = reverse("shelf", args=[world.community.slug, world.place.pk])
    link = {"what": "https://example.org/", "title": "T", "why": WORDS, "key": uuid4()}
    refused(bo.post(url, link), 409, "t write here just now")
    url = reverse("edit_wiki_page", args=[world.community.slug, wiki.slug])
    refused(bo.post(url, {"body": WORDS, "version": 1}), 409, "t write here just now")
    assert Draft.objects.get().body == WORDS
    undo_decision(by=world.fay, entry=entry)
    assert answer_to(bo, said.thread).status_code == 302


def test_a_pause_ends_by_itself(world, client_of, said):
    decided(world, said, "pause", until=timezone.now() + timedelta(days=3))
    membership = world.community.membership_of(world.bo)
    membership.paused_until = timezone.now()
    membership.save(update_fields=["paused_until"])
    assert answer_to(client_of(world.bo), said.thread).status_code == 302


def test_a_pause_holds_in_one_community_only(world, client_of, said):
    join(world.other, world.bo)
    elsewhere = a_thread(world.other.places.get(), author=world.cy)
    decided(world, said, "pause", until=timezone.now() + timedelta(days=3))
    assert answer_to(client_of(world.bo), elsewhere).status_code == 302


def test_who_looks_after_the_others_is_not_paused(world):
    own = a_thread(world.place, author=world.alice).posts.get()
    with pytest.raises(NotPossible):
        decided(world, own, "pause", until=timezone.now() + timedelta(days=3))


def test_who_was_removed_a_second_ago_gets_the_words_back(world, client_of, said):
    remove_member(world.community.membership_of(world.bo))
    refused(answer_to(client_of(world.bo), said.thread), 404, "Your words are below")
    url = reverse("new_thread", args=[world.community.slug, world.place.pk])
    refused(client_of(world.bo).post(url, {"body": WORDS, "key": uuid4()}), 404, "Your words are below")


def test_a_reply_to_a_hidden_post_stands_beside_its_place(world, client_of, said):
    decided(world, said, "hide")
    url = reverse("reply", args=[world.community.slug, said.thread_id])
    answer = client_of(world.al).post(url, {"body": WORDS, "answers_to": said.pk, "key": uuid4()}, follow=True)
    assert "in answer to a removed post" in answer.content.decode()
    assert WORDS in answer.content.decode()
