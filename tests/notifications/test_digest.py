"""What a digest says: what is new to one, once, as the course is shaped."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import hide_person
from community.actions import remove_member
from community.models import Place
from courses.actions import withdraw_suggestion
from discussions.actions import delete_post, read_posts
from notifications import tasks
from notifications.actions.digesting import reader_of
from notifications.models import Following, Level, MailSettings, Notification
from notifications.models.batch import digests_for
from tests.factories import (
    a_member,
    a_post,
    a_prompt,
    a_sharing,
    a_suggestion,
    a_summary,
    a_thread,
    a_thread_on,
    commons_of,
)
from tests.notifications.digests import digest_for, told, told_so_far
from wiki.actions import create_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world):
    return told_so_far(world)


def a_conversation(world, **more):
    """At the second paragraph of the first unit, begun by Al, in which Bo takes part."""
    named = {"author": world.al, "title": "Who counts?"} | more
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, **named)
    a_post(thread, author=world.bo, body="I do, sometimes.")
    return thread


def test_two_answers_at_a_paragraph_stand_there_with_the_quoted_line(world):
    thread = a_conversation(world, kind="question")
    first = a_post(thread, author=world.fay, body="Nobody <should>.")
    a_post(thread, author=world.alice, body="I stopped counting.")
    message = digest_for(world.bo)
    assert message.subject == "Who counts? · 1 new question, 2 answers"
    html = message.alternatives[0][0]
    assert "Unit 1, paragraph 2" in html
    assert "Counting posts makes those readers look absent." in html
    assert f"/u/{world.unit.slug}/?post={first.pk}#post-{first.pk}" in html
    assert "2 answers" in message.body
    assert "Nobody <should>." in message.body
    assert "> Counting posts" in message.body
    assert "weft-slot" not in html + message.body
    assert "<!--cut" not in html + message.body
    assert f'/following/thread/{thread.pk}/"' in html
    assert "Nobody &lt;should&gt;." in html
    assert "<title>Who counts?" in html
    assert len(html) < 100_000


def test_what_concerns_one_comes_first_then_prompts_questions_talk_shelves_and_pages(world):
    a_sharing(world.place, sharer=world.al, title="A chart")
    create_page(author=world.al, place=world.place, title="Field guide", body="Words.", key=uuid4())
    a_thread(world.commons, author=world.al, title="A walk")
    a_thread(world.commons, author=world.al, title="How do I begin?", kind="question")
    a_prompt(world.place, asker=world.fay, title="What helped?")
    a_post(a_conversation(world), author=world.al, body="And you?")
    assert told(world.bo) == [
        ("Who counts?", "1 new conversation, 1 new post"),
        ("What helped?", "1 prompt"),
        ("How do I begin?", "1 new question"),
        ("A walk", "1 new conversation"),
        ("On the shelf", "1 thing shared"),
        ("Field guide", "1 new page"),
    ]


def test_each_thing_is_told_once_and_nothing_is_sent_when_there_is_nothing(world):
    thread = a_conversation(world)
    assert digest_for(world.bo, "1")
    assert digest_for(world.bo, "2") is None
    a_post(thread, author=world.al, body="One more.")
    assert "One more." in digest_for(world.bo, "3").body
    assert digest_for(world.bo, "4") is None


def test_what_was_read_or_is_on_its_way_by_mail_at_once_is_not_told(world):
    thread = a_conversation(world)
    a_post(thread, author=world.al, body="Look, @bo.")
    assert told(world.bo) == [("Who counts?", "1 new conversation")]
    read_posts(world.bo, place=thread.place, seen=[post.pk for post in thread.posts.all()])
    assert told(world.bo) == []


def test_who_gets_no_mail_at_once_is_told_by_the_digest(world):
    MailSettings.objects.filter(person=world.bo).update(is_mailed_at_once=False)
    a_post(a_conversation(world), author=world.al, body="Look, @bo.")
    message = digest_for(world.bo)
    assert "You were mentioned" in message.body
    assert not Notification.objects.filter(person=world.bo, mailed_at=None).exists()


@pytest.mark.parametrize("change", ["removed", "left", "closed", "muted", "mentions", "blocked", "moved"])
def test_rights_and_levels_are_read_again(world, change):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="Who counts?")
    post = thread.posts.get()
    assert told(world.bo) == [("Who counts?", "1 new conversation")]
    if change == "removed":
        delete_post(post=post, by=world.al)
    elif change == "left":
        remove_member(world.community.membership_of(world.bo))
    elif change == "closed":
        Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(days=1))
    elif change == "blocked":
        hide_person(person=world.bo, hidden=world.al)
    elif change == "moved":
        thread.posts.update(thread=a_thread(author=world.cy, place=commons_of(world.other)))
    else:
        Following.objects.create(person=world.bo, subject=world.place, level=change)
    assert told(world.bo) == []


def test_a_narrower_level_wins(world):
    Following.objects.create(person=world.bo, subject=world.community, level=Level.MUTED)
    thread = a_thread(world.commons, author=world.al, title="A walk")
    assert told(world.bo) == []
    Following.objects.create(person=world.bo, subject=thread, level=Level.DIGEST)
    assert told(world.bo) == [("A walk", "1 new conversation")]


def test_answers_that_one_is_to_read_after_ones_own_wait_for_it(world):
    prompt = a_prompt(world.place, asker=world.fay, title="What helped?", answer_first=True)
    a_post(prompt, author=world.al, body="A secret.")
    assert told(world.bo) == [("What helped?", "1 prompt")]
    a_post(prompt, author=world.bo)
    assert told(world.bo) == [("What helped?", "1 prompt, 1 answer")]


def test_an_answer_without_a_name_stays_so(world):
    prompt = a_prompt(world.place, asker=world.fay, title="What helped?", is_anonymous=True)
    a_post(prompt, author=world.al, body="Patience.")
    assert "Somebody 1: Patience." in (body := digest_for(world.bo).body)
    assert world.al.name not in body


def test_what_takes_longer_than_one_gave_it_is_counted(world):
    MailSettings.objects.filter(person=world.bo).update(minutes=1)
    for n in range(5):
        a_thread(world.commons, author=world.al, title=f"Walk {n}", body="word " * 150)
    message = digest_for(world.bo)
    assert "Walk 0" in message.body
    assert "Walk 4" not in message.body
    assert "And 4 more" in message.body
    assert message.subject == "Walk 0 · 1 new conversation, and 4 more"
    assert digest_for(world.bo, "next") is None


def test_what_happened_before_one_came_is_no_news(world):
    a_thread(world.commons, author=world.al, title="A walk")
    new = a_member(world.community)
    assert told(new) == []


def test_a_suggestion_is_told_to_whom_it_concerns_for_as_long_as_it_does(world):
    suggestion = a_suggestion(world.unit, by=world.al, community=world.community)
    assert told(world.bo) == []
    assert [title for title, _counts in told(world.fay)] == [str(suggestion)]
    withdraw_suggestion(by=world.al, suggestion=suggestion)
    assert told(world.fay) == []


def test_a_hundred_people_cost_as_many_queries_as_one(world, django_assert_max_num_queries):
    members = [a_member(world.community) for _ in range(12)]
    later = timezone.now() + timedelta(seconds=1)
    with time_machine.travel(later):
        for n in range(4):
            a_post(a_conversation(world, title=f"Walk {n}"), author=world.al)
        a_sharing(world.place, sharer=world.al)
        a_summary(a_conversation(world))
    tasks.sweep()
    with CaptureQueriesContext(connection) as one:
        digests_for([reader_of(members[0], {}, up_to=None)])
    readers = [reader_of(member, {}, up_to=None) for member in members]
    with CaptureQueriesContext(connection) as many:
        found = digests_for(readers)
    assert all(digest.count for digest in found)
    assert len(many) <= len(one)
    assert len(many) <= 25
