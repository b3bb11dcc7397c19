"""Reading what concerns me, and marking it as read."""

import pytest

from community.actions import join, remove_member
from discussions.actions import read_posts
from notifications import tasks
from notifications.models import Delivery, Notification
from tests.factories import a_community, a_member, a_post, a_thread, commons_of

pytestmark = pytest.mark.django_db
PAGE, READ = "/notifications/", "/notifications/read/"


@pytest.fixture
def community(db):
    return a_community("Heron circle")


@pytest.fixture
def bo(community):
    return a_member(community, "Bo Lindqvist", handle="bo")


@pytest.fixture
def thread(community, bo):
    return a_thread(commons_of(community), author=bo, title="What herons do")


@pytest.fixture
def answers(thread):
    """Answer Bo's conversation, each time as somebody new."""

    def write(count=1):
        posts = [a_post(thread, author=a_member(thread.place.community)) for _ in range(count)]
        tasks.sweep()
        return posts

    return write


def unread(person):
    return Notification.objects.visible_to(person).unread().count()


def test_the_page_says_who_did_what_where_and_why_and_leads_there(client_of, bo, answers, thread):
    (post,) = answers()
    html = client_of(bo).get(PAGE).content.decode()
    assert f'href="{post.get_absolute_url()}"' in html
    for words in (post.author.name, "replied", "What herons do", "Heron circle", "You started this"):
        assert words in html


def test_marking_as_read_goes_up_to_what_was_shown(client_of, bo, answers):
    answers(2)
    client = client_of(bo)
    shown = client.get(PAGE).context["up_to"]
    answers(1)
    assert client.post(READ, {"up_to": shown}).url == PAGE
    assert unread(bo) == 1
    left = client.get(PAGE).context["up_to"]
    client.post(READ, {"up_to": left})
    assert unread(bo) == 0
    assert "Mark all as read" not in client.get(PAGE).content.decode()


def test_who_reads_it_before_they_are_told_is_told_of_nothing_new(bo, thread):
    post = a_post(thread, author=a_member(thread.place.community), body="@bo?")
    read_posts(bo, place=thread.place, seen=[post.pk])
    tasks.sweep()
    assert Notification.objects.of(bo).get().read_at
    assert unread(bo) == 0
    assert not Delivery.objects.of(bo).exists()
    a_post(thread, author=post.author)
    tasks.sweep()
    assert unread(bo) == 1


def test_what_was_read_keeps_the_time_it_was_read(client_of, bo, answers):
    answers()
    client = client_of(bo)
    client.post(READ, {"up_to": 10**17})
    first = Notification.objects.get(person=bo).read_at
    client.post(READ, {"up_to": 10**17})
    assert Notification.objects.get(person=bo).read_at == first


@pytest.mark.parametrize("up_to", ["", "x", "-1", "1.5", "9" * 19, "9" * 5000, "²", "0"])
def test_an_odd_number_marks_nothing(client_of, bo, answers, up_to):
    answers()
    assert client_of(bo).post(READ, {"up_to": up_to}).status_code == 302
    assert unread(bo) == 1


def test_nobody_marks_or_sees_what_concerns_others(client_of, bo, answers, community):
    answers()
    eve = a_member(community)
    client_of(eve).post(READ, {"up_to": 10**17})
    assert unread(bo) == 1
    assert "What herons do" not in client_of(eve).get(PAGE).content.decode()


def test_a_removed_member_sees_no_notification_and_no_number_and_all_again_when_back(client_of, bo, answers, community):
    answers(3)
    client = client_of(bo)
    assert "What herons do" in client.get(PAGE).content.decode()
    remove_member(community.membership_of(bo))
    html = client.get(PAGE).content.decode()
    assert "What herons do" not in html
    assert "Heron circle" not in html
    assert "Nothing yet." in html
    client.post(READ, {"up_to": 10**17})
    join(community, bo)
    assert unread(bo) == 3


def test_who_is_led_to_a_post_has_read_what_told_of_it_and_not_what_stands_before_it(bo, answers, thread):
    earlier, told = answers(2)
    read_posts(bo, place=thread.place, seen=[told.pk])
    left = Notification.objects.visible_to(bo).unread()
    assert [notification.event.target for notification in left] == [earlier]
