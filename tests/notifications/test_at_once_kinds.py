"""What a mail at once says of things that are no posts, and when it says nothing of them any more."""

import pytest
from django.core import mail
from django.utils import timezone

from discussions.actions import edit_post
from notifications import tasks
from notifications.actions import deliver
from notifications.models import Delivery, Event, Following, Level, MailSettings
from resources.actions import ask_to_curate, remove_resource, remove_sharing
from tests.factories import (
    a_collection,
    a_community,
    a_person,
    a_post,
    a_sharing,
    a_summary,
    a_thread,
    a_wiki_page,
    commons_of,
)
from tests.notifications.digests import groups_for
from wiki.actions import edit_page, hide_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [a_person(name, handle=name.lower()) for name in ("Ana", "Bo", "Hal")]


@pytest.fixture
def place(people):
    ana, bo, hal = people
    place = commons_of(a_community("Heron", host=hal, members=(ana, bo)))
    Following.objects.create(person=bo, subject=place.community, level=Level.ALL)
    return place


def sent_to(person):
    tasks.sweep()
    Delivery.objects.waiting().update(due_at=timezone.now())
    mail.outbox.clear()
    deliver()
    return [message for message in mail.outbox if message.to == [person.email]]


def test_who_is_named_by_an_edit_hears_of_the_post_as_it_is(place, people):
    ana, bo, _hal = people
    Following.objects.all().delete()
    thread = a_thread(place, author=ana)
    post = a_post(thread, author=ana, body="Look.")
    assert sent_to(bo) == []
    edit_post(post=post, author=ana, body="Look, @bo, at **this**.", version=post.version)
    (message,) = sent_to(bo)
    assert message.body.startswith("Ana mentioned you\n")
    assert "Look, @bo, at this." in message.body
    assert "<strong>this</strong>" in message.alternatives[0].content


def test_a_summary_is_told_as_it_says_now(place, people):
    _ana, bo, hal = people
    a_summary(a_thread(place, author=bo), by=hal, body="It came to **nothing**.")
    (message,) = sent_to(bo)
    assert "wrote a summary" in message.body
    assert "It came to nothing." in message.body


@pytest.mark.parametrize("goes", [None, "sharing", "resource"])
def test_what_was_shared_is_told_while_it_stands(place, people, goes):
    ana, bo, hal = people
    sharing = a_sharing(place, sharer=ana, title="Rowe on waiting", why="For @bo: three seconds.")
    tasks.sweep()
    if goes == "sharing":
        remove_sharing(by=ana, sharing=sharing)
    if goes == "resource":
        remove_resource(by=hal, resource=sharing.resource)
    messages = sent_to(bo)
    assert len(messages) == (0 if goes else 1)
    for message in messages:
        assert "Rowe on waiting" in message.body
        assert "For @bo: three seconds." in message.body


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_change_of_a_page_is_told_unless_its_words_are_hidden(place, people, is_hidden):
    ana, bo, hal = people
    page = a_wiki_page(place, author=ana, title="Field guide")
    sent_to(bo)
    page = edit_page(author=ana, page=page, body="Secret.\n", version=page.version)
    edit_page(author=ana, page=page, body="Better.\n", version=page.version)
    tasks.sweep()
    if is_hidden:
        hide_text(by=hal, revision=page.revisions.get(number=2), reason="It names somebody.")
    (message,) = sent_to(bo)
    assert message.body.startswith("Ana edited a page\nField guide")
    assert message.body.count("Ana edited a page, ") == (0 if is_hidden else 2)  # one alone is said on top


def test_who_is_asked_to_curate_hears_at_once_and_nobody_else_does(place, people):
    ana, bo, _hal = people
    collection = a_collection(place, by=bo, title="On waiting")
    sent_to(ana)
    ask_to_curate(collection=collection, handle="ana", asked_by=bo)
    (message,) = sent_to(ana)
    assert "Curate “On waiting” with them?" in message.body
    assert "because it is about you" in message.body


def want_it_in_digests(person, place):
    Following.objects.filter(person=person).update(level=Level.DIGEST)


def want_no_mail_at_once(person, place):
    MailSettings.objects.filter(person=person).update(is_mailed_at_once=False)


def mute(person, place):
    Following.objects.filter(person=person).update(level=Level.MUTED)


@pytest.mark.parametrize("change", [want_it_in_digests, want_no_mail_at_once, mute], ids=lambda change: change.__name__)
def test_what_a_digest_left_to_a_mail_on_its_way_is_told_by_it(place, people, change):
    ana, bo, _hal = people
    MailSettings.objects.create(person=bo, digested_up_to=Event.objects.newest() or 0)
    a_thread(place, author=ana, title="Night shifts")
    assert groups_for(bo) == []
    up_to = Event.objects.newest()
    MailSettings.objects.filter(person=bo).update(digested_up_to=up_to)  # a digest went out and left it to the mail
    change(bo, place)
    assert len(sent_to(bo)) == (0 if change is mute else 1)
