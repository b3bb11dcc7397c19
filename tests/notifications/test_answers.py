"""Answers by mail: from the mail to the words in the conversation, or back to who wrote them."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from community.actions import remove_member
from community.models import Membership
from discussions.actions import merge_threads
from discussions.models import Post, Thread
from notifications import tasks
from notifications.actions import deliver, receive, receive_raw
from notifications.mail import reply_address
from notifications.models import Delivery, Event, MailAnswer
from tests.answered import REPLY_ADDRESS, an_answer, closed, comes_in, refusal, words_in
from tests.factories import a_community, a_member, a_post, a_prompt, a_thread, commons_of

pytestmark = pytest.mark.django_db
State = MailAnswer.State


@pytest.fixture(autouse=True)
def _takes_mail(settings):
    settings.REPLY_ADDRESS = REPLY_ADDRESS


@pytest.fixture
def thread(db):
    return a_thread(commons_of(a_community()), title="Office hours")


@pytest.fixture
def bo(thread):
    return a_member(thread.place.community, "Bo")


def test_an_answer_by_mail_stands_in_the_conversation_and_others_hear_of_it(thread, bo):
    answer = comes_in(an_answer(bo, thread, "Tuesdays.\n\nBest,\nBo\n\nOn 26 Nov 2026, Weft wrote:\n> Old.\n"))
    post = thread.posts.in_order().last()
    assert (post.source, post.author, answer.state) == ("Tuesdays.", bo, State.POSTED)
    assert answer.url == post.permanent_url
    tasks.sweep()
    assert Event.objects.get(object_id=post.pk, verb="replied").notifications.get().person == thread.created_by
    assert deliver() == 0  # its writer hears nothing where all is as they think


def mentioned_by_mail(thread, bo):
    """The mail that Bo gets, who is mentioned in the conversation."""
    a_post(thread, author=thread.created_by, body=f"What do you say, @{bo.handle}?")
    tasks.sweep()
    Delivery.objects.update(due_at=timezone.now())
    mail.outbox.clear()
    deliver()
    return next(message for message in mail.outbox if message.to == [bo.email])


def test_a_mail_about_a_conversation_says_where_to_answer_it(thread, bo):
    message = mentioned_by_mail(thread, bo)
    assert message.reply_to == [reply_address(bo, thread.pk)]
    assert "answer this mail" in message.body
    comes_in(an_answer(bo, thread, to=message.message()["Reply-To"]))
    assert thread.posts.in_order().last().author == bo


def test_who_may_not_write_there_is_not_asked_to_answer(thread, bo):
    a_guest(thread, bo)
    message = mentioned_by_mail(thread, bo)
    assert (message.reply_to, "answer this mail" in message.body) == ([], False)


def test_one_mail_is_one_post_however_often_and_on_whatever_way_it_comes_in(thread, bo):
    message = an_answer(bo, thread)
    comes_in(message)
    assert [receive(message, size_bytes=100), receive_raw(message.as_bytes())] == [True, True]
    MailAnswer.objects.update(state=State.WAITING)  # as if a worker had died between the post and the mark
    tasks.post_answers()
    assert (MailAnswer.objects.count(), len(words_in(thread))) == (1, 1)
    MailAnswer.objects.all().delete()
    comes_in(message)
    assert len(words_in(thread)) == 1


def test_a_mail_without_a_name_of_its_own_is_known_by_its_words(thread, bo):
    message = an_answer(bo, thread)
    del message["Message-ID"]
    other = an_answer(bo, thread, "Something else.")
    del other["Message-ID"]
    for each in (message, message, other):
        comes_in(each)
    assert len(words_in(thread)) == 2


def test_what_comes_in_is_kept_before_anything_is_done_with_it(thread, bo, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive(an_answer(bo, thread), size_bytes=100)
    assert rung == [("notifications.tasks.post_answers", (), {})]
    assert (MailAnswer.objects.get().state, words_in(thread)) == (State.WAITING, [])


def test_only_who_was_given_the_address_answers_by_it(thread, bo):
    other = a_member(thread.place.community, "Cleo", email="cleo@example.org")
    answer = comes_in(an_answer(bo, thread, "Not mine.", sender=other.email))
    message = refusal(answer)
    assert (message.to, words_in(thread)) == ([bo.email], [])
    assert other.email in message.body
    assert "Not mine." in message.body


@pytest.mark.parametrize("sender", ["", "{}, Cleo <cleo@example.org>", "nobody"])
def test_a_sender_that_is_none_or_several_is_nobody(thread, bo, sender):
    assert "can't be read" in refusal(comes_in(an_answer(bo, thread, headers={"From": sender.format(bo.email)}))).body


def test_an_address_that_was_not_confirmed_does_not_count(thread, bo):
    bo.emailaddress_set.create(email="bo@second.example.org", verified=False)
    assert comes_in(an_answer(bo, thread, sender="bo@second.example.org")).state == State.REFUSED
    bo.emailaddress_set.update(verified=True)
    assert comes_in(an_answer(bo, thread, sender="Bo@Second.example.org")).state == State.POSTED


def gone(thread, bo):
    remove_member(thread.place.community.membership_of(bo))


def deactivated_place(thread, bo):
    thread.place.opens_at = timezone.now() + timedelta(days=1)
    thread.place.save(update_fields=["opens_at"])


def paused(thread, bo):
    thread.place.community.memberships.filter(user=bo).update(paused_until=timezone.now() + timedelta(days=1))


def a_guest(thread, bo):
    thread.place.community.memberships.filter(user=bo).update(role=Membership.Role.GUEST)


def deleted(thread, bo):
    Event.objects.all().delete()
    Thread.objects.filter(pk=thread.pk).delete()


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        *[(gone, "not open to you"), (deactivated_place, "not open to you"), (deleted, "not open to you")],
        *[(closed, "has closed"), (paused, "not write at the moment"), (a_guest, "not write at the moment")],
    ],
)
def test_rights_are_asked_when_it_comes_in_and_the_words_go_back(thread, bo, happens, says):
    message = an_answer(bo, thread, "My own words.")
    happens(thread, bo)
    sent = refusal(comes_in(message))
    assert says in sent.body
    assert "My own words." in sent.body
    assert "My own words." in sent.alternatives[0].content
    assert thread.title not in str(sent.message())
    assert not Post.objects.filter(source="My own words.").exists()
    assert sent.extra_headers["Auto-Submitted"] == "auto-replied"


def test_somebody_whose_account_was_closed_says_and_hears_nothing(thread, bo):
    message = an_answer(bo, thread)
    bo.is_active = False
    bo.save(update_fields=["is_active"])
    assert comes_in(message) is None


def test_an_answer_to_what_was_taken_into_another_conversation_stands_there(thread, bo):
    host = thread.place.community.memberships.get(role=Membership.Role.HOST).user
    message, home = an_answer(bo, thread), a_thread(thread.place)
    merge_threads(by=host, thread=thread, into=home, key=uuid4())
    comes_in(message)
    assert home.posts.in_order().last().author == bo


def test_a_nul_and_what_looks_like_a_header_are_only_words(thread, bo):
    comes_in(an_answer(bo, thread, "a\0b\n\nBcc: x@example.org"))
    assert words_in(thread) == ["ab\n\nBcc: x@example.org"]


def test_who_writes_too_fast_is_not_refused_but_waits(thread, bo):
    a_post(thread, author=bo)
    Thread.objects.update(slow_minutes=30)
    answer = comes_in(an_answer(bo, thread, "The next one."))
    assert (answer.state, len(mail.outbox)) == (State.WAITING, 0)
    assert answer.due_at > timezone.now() + timedelta(minutes=29)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        tasks.post_answers()
    assert words_in(thread)[-1] == "The next one."


def test_an_answer_to_a_prompt_without_names_has_none(thread, bo):
    prompt = a_prompt(thread.place, is_anonymous=True)
    comes_in(an_answer(bo, prompt, "Mine.\n\nBest,\nBo Lindqvist"))
    post = prompt.posts.get(author=bo)
    assert (post.source, post.alias) == ("Mine.", 1)


def test_what_came_in_long_ago_is_forgotten_and_its_post_stays(thread, bo):
    comes_in(an_answer(bo, thread))
    waiting = an_answer(bo, thread, "Later.")
    receive(waiting, size_bytes=100)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.forget_answers()
        assert MailAnswer.objects.get().state == State.WAITING
    assert len(words_in(thread)) == 1


def test_no_mail_comes_in_where_no_address_is_set(thread, bo, settings):
    message = an_answer(bo, thread)
    settings.REPLY_ADDRESS = ""
    assert reply_address(bo, thread.pk) == ""
    assert comes_in(message) is None


def test_what_waits_in_the_mailbox_is_posted_and_taken_out_of_it(thread, bo, mailbox, settings):
    settings.REPLY_MAILBOX = mailbox.url
    mailbox.put(an_answer(bo, thread, "From the mailbox.").as_bytes())
    stray = mailbox.put(b"From: a@b.example\r\nTo: answer@weft.example.org\r\n\r\nHello?")
    tasks.read_mailbox()
    tasks.post_answers()
    assert words_in(thread) == ["From the mailbox."]
    assert list(mailbox.mails) == [stray]


def test_a_mailbox_that_is_away_is_asked_again_by_the_next_beat(settings, caplog):
    settings.REPLY_MAILBOX = "imap://a:b@127.0.0.1:1/"
    tasks.read_mailbox()
    assert "was not read" in caplog.text
    assert "a:b" not in caplog.text


def test_a_mail_server_can_hand_it_over_by_a_command(thread, bo, monkeypatch, capsys):
    raw = an_answer(bo, thread, "By the command.").as_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("receive_mail")
    tasks.post_answers()
    assert words_in(thread) == ["By the command."]
    assert "Kept" in capsys.readouterr().out
