"""Prompts at a place: asked by guides, opened later, closed at a date."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from community.models import Draft
from discussions.actions import open_due_thread, set_terms
from discussions.forms import Anchor, signed
from discussions.models import Post, Thread
from discussions.tasks import open_due_threads
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_block, a_post, a_prompt

HOUR = datetime.timedelta(hours=1)


def ask(client, place, **words):
    url = reverse("new_prompt", args=[place.community.slug, place.pk])
    return client.post(url, {"title": "What next?", "body": "Say one thing.", "key": uuid.uuid4()} | words)


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def later(thread, **times):
    """Let the clock run on, as seen by this thread."""
    Thread.objects.filter(pk=thread.pk).update(**times)
    thread.refresh_from_db()


def test_a_guide_asks_a_prompt_about_a_block_and_it_stands_there_for_members(world, client_of):
    block_id, text = a_block(world.unit, "Counting posts")
    anchor = signed(Anchor.on(block_id, text), world.place)
    assert ask(client_of(world.fay), world.place, anchor=anchor).status_code == 302
    thread = Thread.objects.begun().get()
    assert (thread.kind, thread.block_id, thread.quote, thread.reply_count) == ("prompt", block_id, text, 0)
    page = client_of(world.bo).get(world.place.path).content.decode()
    assert "What next?" in page
    assert "Say one thing." in page


def test_a_prompt_at_a_place_and_one_in_the_text_stand_beside_one_another(world, client_of):
    in_text = world.place.threads.in_text().get()
    block = in_text.block_id, in_text.quote
    for _ in range(2):
        ask(client_of(world.fay), world.place, anchor=signed(Anchor.on(*block), world.place))
    page = client_of(world.bo).get(world.place.path).content.decode()
    assert page.count("What next?") >= 2
    assert f'id="thread-{in_text.pk}"' in page


def test_sent_twice_it_is_asked_once(world, client_of):
    key = uuid.uuid4()
    first, second = (ask(client_of(world.fay), world.commons, key=key) for _ in range(2))
    assert first.url == second.url
    assert Thread.objects.begun().count() == 1


def test_a_member_asks_no_prompt(world, client_of):
    assert ask(client_of(world.bo), world.commons).status_code == 403
    assert not Thread.objects.begun().exists()


def test_a_refused_prompt_keeps_its_words(world, client_of):
    now = timezone.now()
    times = {"opens_at": local(now + 3 * HOUR), "closes_at": local(now + HOUR)}
    response = ask(client_of(world.fay), world.commons, body="Words to keep.", **times)
    assert response.status_code == 422
    assert "Words to keep." in response.content.decode()
    assert "before it begins" in response.content.decode()


def test_a_prompt_that_was_asked_takes_its_draft_along(world, client_of):
    slot = f"prompt:{world.commons.pk}:"
    Draft.objects.create(person=world.fay, slot=slot, body="Say one")
    ask(client_of(world.fay), world.commons, slot=slot)
    assert not Draft.objects.exists()


def test_everybody_of_the_place_hears_of_a_prompt_but_who_asked_it(world, django_capture_on_commit_callbacks):
    thread = a_prompt(world.commons, asker=world.fay, body="What do you say, @bo?")
    fan_out(Event.objects.get().pk)
    told = dict(Notification.objects.values_list("person__handle", "reason"))
    assert told == {"alice": "asked", "al": "asked", "bo": "mention"}
    assert Event.objects.get().target == thread.posts.get()


def test_before_it_opens_only_guides_see_it_and_nothing_counts_it(world, client_of):
    thread = a_prompt(world.commons, asker=world.fay, opens_at=timezone.now() + HOUR)
    world.commons.refresh_from_db()
    assert (world.commons.post_count, world.commons.thread_count) == (0, 0)
    assert not Event.objects.exists()
    for person in (world.bo, world.al):
        assert not Thread.objects.visible_to(person).begun().exists()
        assert not Post.objects.visible_to(person).exists()
        assert client_of(person).get(thread.get_absolute_url()).status_code == 404
        for url in (world.community.get_absolute_url(), "/"):
            assert thread.title not in client_of(person).get(url).content.decode()
    page = client_of(world.alice).get(thread.get_absolute_url()).content.decode()
    assert "Only facilitators see it yet." in page


def test_what_is_due_opens_once_and_everybody_hears_of_it(world, client_of):
    thread = a_prompt(world.commons, asker=world.fay, opens_at=timezone.now() + HOUR)
    open_due_threads()
    assert not Event.objects.exists()
    opens_at = timezone.now()
    later(thread, opens_at=opens_at)
    for _ in range(2):
        open_due_threads()
    assert not open_due_thread(thread.pk)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.target) == ("opened", world.fay, thread.posts.get())
    assert fan_out(event.pk) == 3
    world.commons.refresh_from_db()
    assert (world.commons.post_count, world.commons.thread_count) == (1, 1)
    thread.refresh_from_db()
    assert thread.last_post_at == thread.posts.get().created_at == opens_at
    assert Post.objects.new_to(world.bo).get() == thread.posts.get()
    assert thread.title in client_of(world.bo).get(world.community.get_absolute_url()).content.decode()


def test_an_answer_that_comes_before_the_opening_was_noted_is_counted_once(world):
    thread = a_prompt(world.commons, asker=world.fay, opens_at=timezone.now() + HOUR)
    later(thread, opens_at=timezone.now())
    answer = a_post(thread, author=world.bo)
    open_due_threads()
    world.commons.refresh_from_db()
    thread.refresh_from_db()
    assert (world.commons.post_count, world.commons.thread_count, thread.reply_count) == (2, 1, 1)
    assert thread.last_post_at == answer.created_at


def test_after_its_date_nobody_answers_and_the_words_are_kept(world, client_of):
    thread = a_prompt(world.commons, asker=world.fay, closes_at=timezone.now() + HOUR)
    bo = client_of(world.bo)
    assert "Open until" in bo.get(thread.get_absolute_url()).content.decode()
    later(thread, closes_at=timezone.now())
    url = reverse("reply", args=[world.community.slug, thread.pk])
    response = bo.post(url, {"body": "Too late, alas.", "key": uuid.uuid4()})
    assert response.status_code == 409
    assert "Too late, alas." in response.content.decode()
    assert "This closed on" in response.content.decode()
    assert "Closed on" in bo.get(thread.get_absolute_url()).content.decode()
    assert thread.posts.count() == 1


@pytest.mark.parametrize("in_text", [True, False])
def test_a_guide_closes_and_reopens_a_prompt_by_its_date(world, client_of, in_text):
    thread = world.place.threads.in_text().get() if in_text else a_prompt(world.place, asker=world.fay)
    url = reverse("terms", args=[world.community.slug, thread.pk])
    yesterday, tomorrow = (local(timezone.now() + days * 24 * HOUR) for days in (-1, 1))
    fay = client_of(world.fay)
    for closes_at, is_open in ((yesterday, False), (tomorrow, True), ("", True)):
        assert fay.post(url, {"closes_at": closes_at}).status_code == 302
        assert Thread.objects.get(pk=thread.pk).is_open is is_open
    assert client_of(world.bo).get(url).status_code == 403
    assert list(Event.objects.exclude(verb="opened").values_list("verb", flat=True)) == [
        "closed",
        "reopened",
        "changed",
    ]


def test_what_has_opened_is_not_hidden_again(world, client_of):
    thread = a_prompt(world.commons, asker=world.fay)
    set_terms(by=world.fay, thread=thread, terms={"opens_at": timezone.now() + HOUR})
    assert Thread.objects.visible_to(world.bo).begun().get() == thread


def test_without_a_time_a_waiting_prompt_opens_at_once(world):
    thread = a_prompt(world.commons, asker=world.fay, opens_at=timezone.now() + HOUR)
    set_terms(by=world.fay, thread=thread, terms={"opens_at": None})
    assert Thread.objects.visible_to(world.bo).begun().get() == thread
    assert Event.objects.filter(verb="opened").count() == 1


def test_nobody_is_told_by_an_edit_of_what_has_not_opened(world, client_of):
    thread = a_prompt(world.commons, asker=world.fay, opens_at=timezone.now() + HOUR)
    url = reverse("edit_post", args=[world.community.slug, thread.pk, thread.posts.get().pk])
    client_of(world.fay).post(url, {"body": "What do you say, @bo?", "version": 1})
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    assert not Notification.objects.exists()
