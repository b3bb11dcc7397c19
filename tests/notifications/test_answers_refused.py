"""Answers by mail that can't be posted: their words go back to who wrote them, and to nobody else."""

import pytest
from django.core import mail
from django.utils import timezone

from discussions.actions import mailing
from notifications import tasks
from notifications.actions import answering, deliver, receiving
from notifications.models import Delivery, MailAnswer, MailSettings
from tests.answered import REPLY_ADDRESS, an_answer, closed, comes_in, refusal, words_in
from tests.factories import a_community, a_member, a_thread, commons_of

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


def test_without_words_there_is_no_post(thread, bo):
    assert "no words of yours" in refusal(comes_in(an_answer(bo, thread, "> Old.\n\n-- \nBo"))).body


def test_a_very_long_answer_goes_back_whole(thread, bo):
    words = "word " * 3000
    sent = refusal(comes_in(an_answer(bo, thread, words)))
    assert "10000 fit" in sent.body.replace(",", "")
    assert sent.body.count("word") == 3000
    assert max(map(len, sent.message().as_bytes().splitlines())) <= 998


def test_what_fails_holds_up_nothing_else_and_goes_back_in_the_end(thread, bo, monkeypatch, logged_errors):
    def failing(*, words, **more):
        if words == "Poison":
            raise RuntimeError("broken")
        return mailing.post_by_mail(words=words, **more)

    monkeypatch.setattr(answering, "posting", [failing])
    poison = comes_in(an_answer(bo, thread, "Poison"))
    comes_in(an_answer(bo, thread, "Fine"))
    assert words_in(thread) == ["Fine"]
    for _ in range(answering.ATTEMPTS_MAX):
        MailAnswer.objects.update(due_at=timezone.now())
        tasks.post_answers()
    poison.refresh_from_db()
    assert "Poison" in refusal(poison).body
    assert len(logged_errors) == answering.ATTEMPTS_MAX
    logged_errors.clear()


def test_a_machine_that_does_not_say_what_it_is_speaks_once(thread, bo):
    for _ in range(2):
        comes_in(an_answer(bo, thread, "I am away until Monday. Ask Cleo in the meantime."))
    assert len(words_in(thread)) == 1
    assert "answering machine" in refusal(MailAnswer.objects.latest("pk")).body
    for _ in range(2):
        comes_in(an_answer(bo, thread, "Thanks!"))
    assert words_in(thread)[1:] == ["Thanks!", "Thanks!"]


def test_more_than_anybody_writes_in_a_day_is_not_kept(thread, bo, monkeypatch):
    monkeypatch.setattr(receiving, "ANSWERS_A_DAY", 2)
    for n in range(3):
        comes_in(an_answer(bo, thread, f"Words {n}"))
    assert words_in(thread) == ["Words 0", "Words 1"]
    comes_in(an_answer(thread.created_by, thread, "Another's."))
    assert words_in(thread)[-1] == "Another's."


def test_refusals_are_bounded_and_the_answers_are_kept(thread, bo):
    closed(thread, bo)
    for n in range(answering.REFUSALS_A_DAY + 3):
        comes_in(an_answer(bo, thread, f"Words {n}"))
    assert deliver() == answering.REFUSALS_A_DAY
    assert MailAnswer.objects.filter(state=State.REFUSED, text__contains="Words").count() == n + 1


def test_a_refusal_goes_out_though_all_other_mail_is_stopped_and_only_once(thread, bo):
    MailSettings.objects.create(person=bo, stopped_at=timezone.now())
    closed(thread, bo)
    refusal(comes_in(an_answer(bo, thread)))
    assert deliver() == 0
    assert Delivery.objects.get().message_id == mail.outbox[0].extra_headers["Message-ID"]


def test_files_are_left_out_and_their_sender_hears_so(thread, bo):
    message = an_answer(bo, thread, "See the file.")
    message.add_attachment(b"x" * 1000, maintype="application", subtype="pdf", filename="plan.pdf")
    comes_in(message)
    assert words_in(thread) == ["See the file."]
    deliver()
    assert "was left out" in mail.outbox[0].body
    assert thread.posts.in_order().last().permanent_url in mail.outbox[0].body


def test_the_picture_below_a_name_is_no_file(thread, bo):
    message = an_answer(bo, thread, "Right.")
    message.add_attachment(b"x", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    comes_in(message)
    assert (words_in(thread), deliver()) == (["Right."], 0)


def test_a_mail_of_twenty_megabytes_is_refused_and_its_words_go_back(thread, bo):
    message = an_answer(bo, thread, "See the film.")
    message.add_attachment(b"x" * 1000, maintype="video", subtype="mp4", filename="film.mp4")
    sent = refusal(comes_in(message, size_bytes=20 * 1024 * 1024))
    assert "too large" in sent.body
    assert "See the film." in sent.body
    assert words_in(thread) == []
