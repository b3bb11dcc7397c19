"""The link in every mail by which its reader stops more of it: signed in or not, at once, and back again."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from community.models import Membership
from discussions.actions import merge_threads
from notifications.actions import deliver, fan_out, stop_mail
from notifications.mail.composing import compose
from notifications.mail.stopping import stop_headers, token_for
from notifications.models import Delivery, Event, Following, Level, MailSettings, Notification, Stop
from tests import factories as make

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def thread(world):
    return make.a_thread(world.place, author=world.bo, title="Does counting help?")


def address(person, *subjects):
    """The path of the link in the header of a mail about `subjects`."""
    return urlsplit(stop_headers(person, subjects)["List-Unsubscribe"].strip("<>")).path


def mail_program():
    """Knows nobody: no cookie, no token of a form."""
    return Client(enforce_csrf_checks=True)


def levels(person):
    return {(row.content_type.model, row.object_id): row.level for row in Following.objects.of(person)}


def told(person, thread, author):
    """Whether `person` hears of a new post there, and whether a mail comes."""
    make.a_post(thread, author=author, body=f"@{person.handle}, {uuid.uuid4()}")
    before = Notification.objects.filter(person=person).count(), Delivery.objects.of(person).count()
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    after = Notification.objects.filter(person=person).count(), Delivery.objects.of(person).count()
    return after[0] > before[0], after[1] > before[1]


def test_a_mail_says_how_to_stop_it(world, thread, settings):
    settings.SITE_URL = "https://weft.example.org"
    message = compose(
        to=world.bo.email,
        subject="Hello",
        template="notifications/mail/shell",
        context={},
        message_id="<1@weft.example.org>",
        person=world.bo,
        stops=(thread, *thread.place.and_around()),
    )
    sent = message.message()
    assert sent["List-Unsubscribe"].startswith("<https://weft.example.org/stop/")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop_headers(None, [thread]) == {}


def test_one_press_in_a_mail_program_stops_the_conversation(world, thread):
    assert told(world.bo, thread, world.fay) == (True, True)
    Delivery.objects.all().delete()
    answer = mail_program().post(address(world.bo, thread), ONE_CLICK)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert told(world.bo, thread, world.fay) == (False, False)
    assert told(world.bo, make.a_thread(world.place, author=world.fay), world.fay) == (True, True)


def test_what_waits_to_be_mailed_already_is_not(world, thread, mailoutbox):
    make.a_post(thread, author=world.fay, body="@bo, have a look.")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    Delivery.objects.update(due_at=timezone.now())
    mail_program().post(address(world.bo, world.community), ONE_CLICK)
    assert (deliver(), mailoutbox) == (0, [])
    assert {row.state for row in Delivery.objects.of(world.bo)} == {"dropped"}


def test_the_link_in_a_mail_that_came_is_that_of_its_conversation(world, thread, mailoutbox):
    make.a_post(thread, author=world.fay, body="@bo, have a look.")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    Delivery.objects.update(due_at=timezone.now())
    deliver()
    [message] = [message for message in mailoutbox if message.to == [world.bo.email]]
    url = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert url in message.body
    assert url in message.alternatives[0][0]
    mail_program().post(urlsplit(url).path, ONE_CLICK)
    assert levels(world.bo) == {("thread", thread.pk): Level.MUTED}


@pytest.mark.parametrize("posted", [{}, ONE_CLICK, {"anything": "else"}])
def test_whatever_a_mail_program_sends_it_stops_what_the_mail_was_about(posted, world, thread):
    assert mail_program().post(address(world.bo, thread), posted).status_code == 200
    assert levels(world.bo) == {("thread", thread.pk): Level.MUTED}


def test_looking_at_the_link_changes_nothing(world, thread):
    url = address(world.bo, thread)
    for _scanner in range(2):
        page = mail_program().get(url)
        assert page.status_code == 200
        assert mail_program().head(url).status_code == 200
    assert "no-store" in page["Cache-Control"]
    for model in (Stop, Following, MailSettings):
        assert not model.objects.exists()


def test_an_altered_link_and_one_of_another_purpose_do_nothing(world, thread):
    token = token_for(world.bo, thread)
    other = Signer(sep=".", salt="another").sign(f"{world.bo.pk}-discussions.thread-{thread.pk}")
    forged = token.replace(str(world.bo.pk), str(world.fay.pk), 1)
    for wrong in (token[:-1], token + "x", forged, other, "x", f"{world.bo.pk}-all-0"):
        for ask in (mail_program().get, mail_program().post):
            assert ask(f"/stop/{wrong}/").status_code == 404
    assert not Stop.objects.exists()


def test_it_is_dead_for_who_was_deactivated_and_never_runs_out_for_others(world, thread, time_machine):
    url = address(world.bo, thread)
    time_machine.move_to(timezone.now() + timedelta(days=20 * 365))
    assert mail_program().get(url).status_code == 200
    world.bo.is_active = False
    world.bo.save(update_fields=["is_active"])
    assert mail_program().get(url).status_code == 404
    assert mail_program().post(url, ONE_CLICK).status_code == 404
    assert not Stop.objects.exists()


def test_it_holds_when_the_site_has_another_key(world, thread, settings):
    url, settings.SECRET_KEY_FALLBACKS = address(world.bo, thread), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert mail_program().get(url).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert mail_program().get(url).status_code == 404


def test_it_signs_nobody_in_and_shows_no_address(world, thread):
    client = mail_program()
    page = client.get(address(world.bo, thread)).content.decode()
    assert world.bo.email not in page
    assert client.get("/notifications/").status_code == 302


def test_each_size_can_be_chosen_and_undone(world, thread):
    place, community = thread.place, world.community
    client, url = mail_program(), address(world.bo, thread)
    for size, subject in (
        (f"thread-{thread.pk}", thread),
        (f"place-{place.pk}", place),
        (f"community-{community.pk}", community),
    ):
        assert "Undo" in client.post(url, {"size": size}).content.decode()
        kind = subject._meta.model_name
        assert levels(world.bo) == {(kind, subject.pk): Level.MUTED}
        assert told(world.bo, thread, world.fay) == (False, False)
        client.post(url, {"undo": size})
        assert levels(world.bo) == {}
        assert told(world.bo, thread, world.fay)[0]
    client.post(url, {"size": "all"})
    assert not MailSettings.objects.get(person=world.bo).may_be_mailed
    client.post(url, {"undo": "all"})
    assert MailSettings.objects.get(person=world.bo).may_be_mailed


def test_what_was_chosen_within_is_put_aside_and_comes_back(world, thread):
    elsewhere = make.a_thread(make.commons_of(make.a_community(members=(world.bo,))), author=world.bo)
    for subject, level in ((thread, Level.ALL), (thread.place, Level.MENTIONS), (elsewhere, Level.ALL)):
        Following.objects.create(person=world.bo, subject=subject, level=level)
    before = levels(world.bo)
    client, url = mail_program(), address(world.bo, world.community)
    client.post(url, ONE_CLICK)
    kept = ("thread", elsewhere.pk)
    assert levels(world.bo) == {kept: Level.ALL, ("community", world.community.pk): Level.MUTED}
    assert told(world.bo, thread, world.fay) == (False, False)
    client.post(url, {"undo": f"community-{world.community.pk}"})
    assert levels(world.bo) == before


def test_what_was_chosen_since_stands(world, thread):
    Following.objects.create(person=world.bo, subject=thread, level=Level.DIGEST)
    stop_mail(person=world.bo, subject=thread)
    Following.objects.of(world.bo).update(level=Level.MENTIONS)
    client, url = mail_program(), address(world.bo, thread)
    client.post(url, {"undo": f"thread-{thread.pk}"})
    assert levels(world.bo) == {("thread", thread.pk): Level.MENTIONS}
    client.post(url, ONE_CLICK)  # and it stops anew
    assert levels(world.bo) == {("thread", thread.pk): Level.MUTED}


def test_who_follows_again_of_their_own_accord_can_stop_it_again(world, thread):
    stop_mail(person=world.bo, subject=thread)
    Following.objects.of(world.bo).update(level=Level.ALL)
    mail_program().post(address(world.bo, thread), ONE_CLICK)
    assert levels(world.bo) == {("thread", thread.pk): Level.MUTED}
    mail_program().post(address(world.bo, thread), {"undo": f"thread-{thread.pk}"})
    assert levels(world.bo) == {("thread", thread.pk): Level.ALL}


def test_two_presses_are_one_stop(world, thread):
    for _press in range(2):
        mail_program().post(address(world.bo, thread), ONE_CLICK)
        mail_program().post(address(world.bo), ONE_CLICK)
    assert Stop.objects.count() == 2
    mail_program().post(address(world.bo), {"undo": "all"})
    mail_program().post(address(world.bo), {"undo": "all"})
    assert not MailSettings.objects.get(person=world.bo).stopped_at


def test_it_stops_nothing_else(world, thread):
    other = make.a_thread(world.place, author=world.bo)
    answer = mail_program().post(address(world.bo, thread), {"size": f"thread-{other.pk}"})
    assert answer.status_code == 422
    assert not Stop.objects.exists()


def test_titles_are_shown_only_to_whom_they_are_visible(world, thread):
    assert "Does counting help?" in mail_program().get(address(world.bo, thread)).content.decode()
    Membership.objects.get(user=world.bo, community=world.community).delete()
    page = mail_program().get(address(world.bo, thread)).content.decode()
    for words in ("Does counting help?", world.community.title, world.place.title):
        assert words not in page


def test_a_merged_conversation_is_stopped_where_it_went_on(world, thread):
    into = make.a_thread(world.place, author=world.fay)
    url = address(world.bo, thread)
    merge_threads(by=world.alice, thread=thread, into=into, key=uuid.uuid4())
    mail_program().post(url, ONE_CLICK)
    assert levels(world.bo) == {("thread", into.pk): Level.MUTED}


def test_where_the_thing_is_gone_only_all_mail_is_left_to_stop(world):
    community = make.a_community(members=(world.bo,))
    url = address(world.bo, community)
    community.places.all().delete()
    community.memberships.all().delete()
    community.delete()
    page = mail_program().get(url)
    assert [size.name for size in page.context["going_on"]] == ["all"]
