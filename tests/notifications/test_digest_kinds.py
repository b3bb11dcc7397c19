"""What a digest says of each kind of thing, and to whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import hide_person
from accounts.models import User
from discussions.actions import distil, edit_post, merge_threads, read_posts
from discussions.models import Thread
from notifications.actions import catch_up_with_digest, digests, forget_deliveries
from notifications.actions.digesting import reader_of
from notifications.models import Delivery, Event, MailSettings, Notification
from notifications.models.batch import digests_for
from resources.actions import remove_sharing
from tests.factories import a_block, a_member, a_post, a_prompt, a_sharing, a_summary, a_thread, a_wiki_page, split_off
from tests.notifications.digests import digest_for, groups_for, told, told_so_far
from wiki.actions import edit_page, hide_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world):
    return told_so_far(world)


def test_what_one_read_without_being_told_is_not_told(world):
    thread = a_thread(world.place, author=world.al, title="Who counts?")
    first = thread.posts.get()
    read_posts(world.bo, place=world.place, seen=[first.pk])
    later = a_post(thread, author=world.fay)
    assert not Notification.objects.filter(person=world.bo).exists()
    assert [group.tolds[0].pk for group in groups_for(world.bo)] == [later.pk]


def test_what_a_mail_at_once_told_is_not_told_again_nor_the_other_way_round(world):
    thread = a_thread(world.commons, author=world.al, title="A walk")
    a_post(thread, author=world.fay, body="Look, @bo.")
    assert told(world.bo) == [("A walk", "1 new conversation")]
    Delivery.objects.all().delete()
    assert told(world.bo) == [("A walk", "1 new conversation, 1 new post")]
    assert digest_for(world.bo)
    assert not Notification.objects.to_mail(world.bo, since=0).exists()
    a_post(thread, author=world.fay, body="Again, @bo.")
    assert told(world.bo) == []
    Delivery.objects.filter(kind="at_once").delete()
    Notification.objects.note_mailed()
    assert told(world.bo) == []


def test_an_edit_that_names_somebody_tells_them_the_words_as_they_are_now(world):
    post = a_post(a_thread(world.commons, author=world.al, title="A walk"), author=world.fay, body="Look.")
    assert digest_for(world.bo, "1")
    edit_post(author=world.fay, post=post, body="Look, @bo.", version=1)
    MailSettings.objects.update(is_mailed_at_once=False)
    message = digest_for(world.bo, "2")
    assert "Fay Okafor: Look, @bo." in message.body
    assert "You were mentioned" in message.body


def test_a_summary_is_told_with_its_conversation_and_only_when_it_is_new(world):
    thread = a_thread(world.commons, author=world.al, title="A walk")
    summary = a_summary(thread, by=world.fay, body="We went.")
    assert told(world.bo) == [("A walk", "1 new conversation, 1 summary")]
    assert "We went." in digest_for(world.bo).body
    distil(by=world.fay, thread=thread, body="We walked.", version=summary.version)
    assert told(world.bo) == []


def test_several_things_of_a_shelf_and_several_changes_of_a_page_stand_together(world):
    for title in ("A chart", "A map"):
        a_sharing(world.place, sharer=world.al, title=title, why="So *good*.")
    page = a_wiki_page(world.place, author=world.al, title="Field guide", body="One.")
    edit_page(author=world.fay, page=page, body="One, two.", version=1, summary="Counted on")
    shelf, changed = groups_for(world.bo)
    assert (shelf.title, shelf.counts, shelf.url) == ("On the shelf", "2 things shared", f"{world.place.path}#shelf")
    assert [(line.name, line.words) for line in shelf.lines] == [("A chart", "So good."), ("A map", "So good.")]
    assert (changed.title, changed.counts) == ("Field guide", "1 new page, 1 change")
    assert changed.lines[1].words == "Counted on"
    assert changed.where == f"Unit 1 · {world.unit.title} · Heron cohort"


def test_what_was_taken_back_or_hidden_is_not_told(world):
    sharing = a_sharing(world.place, sharer=world.al, title="A chart")
    page = a_wiki_page(world.place, author=world.al, title="Field guide", body="One.")
    edit_page(author=world.fay, page=page, body="Two.", version=1, summary="Not one")
    assert [title for title, _counts in told(world.bo)] == ["On the shelf", "Field guide"]
    hide_text(by=world.alice, revision=page.revisions.get(number=1), reason="It names somebody.")
    remove_sharing(by=world.al, sharing=sharing)
    assert told(world.bo) == [("Field guide", "1 change")]


def test_what_came_in_among_read_words_is_told(world):
    early = a_thread(world.commons, author=world.al, title="Before")
    thread = a_thread(world.commons, author=world.al, title="A walk")
    read_posts(world.bo, place=world.commons, seen=[thread.posts.get().pk])
    merge_threads(by=world.alice, thread=early, into=thread, key=uuid4())
    assert told(world.bo) == [("A walk", "1 new post")]


def test_each_is_told_since_their_own_last_digest(world):
    a_thread(world.commons, author=world.al, title="A walk")
    MailSettings.objects.filter(person=world.fay).update(digested_up_to=Event.objects.newest())
    a_thread(world.commons, author=world.al, title="A swim")
    people = User.objects.filter(pk__in=[world.bo.pk, world.fay.pk]).order_by("name")
    found = digests_for([reader_of(person, {}, up_to=None) for person in people])
    assert [[group.title for group in digest.groups] for digest in found] == [["A walk", "A swim"], ["A swim"]]


def test_talk_about_a_page_says_about_which_part_of_it(world):
    page = a_wiki_page(world.place, author=world.bo, title="Field guide", body="## Signs\n\nOne.\n\nTwo.\n")
    block, words = next((id, block.text) for id, block in page.standing_blocks().items() if block.text == "Two.")
    a_thread(page.talk, author=world.al, title="Only two?", block_id=block, quote=words)
    group = next(group for group in groups_for(world.bo) if group.title == "Only two?")
    assert group.where == "paragraph 2 · Field guide · Heron cohort"


def test_a_question_is_one_to_answer_for_who_may(world):
    a_thread(world.commons, author=world.al, title="How do I begin?", kind="question")
    guest = a_member(world.community, role="guest")
    MailSettings.objects.create(person=guest, digested_up_to=0)
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        a_thread(world.commons, author=world.al, title="And then?", kind="question")
    asked, said = groups_for(world.bo), groups_for(guest)
    assert [(group.title, group.part.name) for group in asked] == [
        ("How do I begin?", "QUESTIONS"),
        ("And then?", "QUESTIONS"),
    ]
    assert [(group.title, group.part.name) for group in said] == [("And then?", "TALK")]


def test_they_stand_in_the_order_of_the_course(world):
    second = world.units[1]
    a_thread(second.places.get(community=world.community).place, author=world.al, title="In the second unit")
    for words, title in (("The quiet ones", "At its end"), ("Most members", "At its beginning")):
        block, quote = a_block(world.unit, words)
        a_thread(world.place, author=world.al, title=title, block_id=block, quote=quote)
    a_thread(world.commons, author=world.al, title="In the commons")
    titles = ["At its beginning", "At its end", "In the second unit", "In the commons"]
    assert [title for title, _counts in told(world.bo)] == titles


def test_a_title_by_somebody_blocked_is_not_told_but_what_others_say_there_is(world):
    a_post(
        thread := a_thread(world.commons, author=world.al, title="A rude title"),
        author=world.fay,
        body="> Rude?\n\nCalm.",
    )
    hide_person(person=world.bo, hidden=world.al)
    message = digest_for(world.bo)
    assert "A rude title" not in message.subject + message.body + message.alternatives[0][0]
    assert "Fay Okafor: Calm." in message.body
    assert thread.title in digest_for(world.alice).body


def test_what_opens_later_is_told_when_it_opens_and_then_to_guides_too(world):
    later = timezone.now() + timedelta(days=1)
    thread = a_prompt(world.place, asker=world.fay, title="What helped?", opens_at=later)
    assert told(world.bo) == told(world.alice) == []
    Thread.objects.filter(pk=thread.pk).update(opens_at=timezone.now(), opened_at=timezone.now())
    post = thread.posts.get()
    Event.objects.create(verb="opened", actor=world.fay, place=world.place, target=post)
    assert told(world.bo) == told(world.alice) == [("What helped?", "1 prompt")]


def test_what_was_split_off_is_told_where_it_stands_now_and_once(world):
    thread = a_thread(world.commons, author=world.al, title="A walk")
    post = a_post(thread, author=world.al, body="By the way.")
    split_off(thread, post, by=world.alice, title="By the way")
    assert told(world.bo) == [("A walk", "1 new conversation"), ("By the way", "1 new conversation")]
    assert digest_for(world.bo)
    assert told(world.bo) == []


def test_of_two_digests_of_one_person_one_tells_all(world):
    a_thread(world.commons, author=world.al, title="A walk")
    rows = []
    for period in ("1", "2"):
        up_to, message_id = Event.objects.newest(), Delivery.new_message_id()
        known = {"person": User.objects.get(pk=world.bo.pk), "kind": "digest", "period": period}
        rows.append(Delivery.objects.create(up_to=up_to, message_id=message_id, **known))
        a_post(a_thread(world.commons, author=world.al, title=f"Walk {period}"), author=world.al)
    letters = digests(rows)
    assert list(letters) == [rows[1].pk]
    assert "A walk" in letters[rows[1].pk].message.body
    assert "Walk 1" in letters[rows[1].pk].message.body
    assert "Walk 2" not in letters[rows[1].pk].message.body


def test_being_caught_up_leaves_what_a_mail_at_once_is_about_to_tell(world):
    since = Event.objects.newest()
    a_post(a_thread(world.commons, author=world.al, title="A walk"), author=world.fay, body="Look, @bo.")
    assert told(world.bo) == [("A walk", "1 new conversation")]
    catch_up_with_digest(world.bo, since=since, up_to=Event.objects.newest())
    assert Notification.objects.unread().filter(person=world.bo, reason="mention").count() == 1
    assert told(world.bo) == []


def test_what_a_digest_told_stays_told_when_its_row_is_forgotten(world):
    a_thread(world.commons, author=world.al, title="A walk")
    up_to = Event.objects.newest()
    row = Delivery.objects.create(
        person=world.bo,
        kind="digest",
        state="sent",
        period="1",
        up_to=up_to,
        message_id="<1@x>",
        done_at=timezone.now(),
    )
    assert told(world.bo) == []
    Delivery.objects.with_ids([row.pk]).update(done_at=timezone.now() - timedelta(days=91))
    assert forget_deliveries() == 1
    assert told(world.bo) == []
    assert MailSettings.of(User.objects.get(pk=world.bo.pk)).digested_up_to == up_to
