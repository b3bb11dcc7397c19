"""Joining a community that is open, asking to join one by request, and what hosts do about it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import Decided, remove_member
from community.models import JoinRequest, Membership, Openness
from courses.actions import admit, ask_to_join
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.discussions.test_at_once import at_once
from tests.factories import a_community, a_member, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia(db):
    return a_person("Nia Bell", handle="nia")


@pytest.fixture
def asking(db):
    """A community by request."""
    return a_community("Heron circle", openness=Openness.REQUEST, purpose="For who watches herons.")


def door(community):
    return reverse("join_community", args=[community.slug])


def decide(community, request, verb):
    return reverse(verb, args=[community.slug, request.pk])


def text_of(answer):
    return answer.content.decode()


def host_of(community):
    return community.memberships.get(role=Membership.Role.HOST).user


def told(person):
    """What the bell says, once all that happened has been told."""
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    return [str(one.event.verb) for one in Notification.objects.visible_to(person)]


def test_whoever_finds_an_open_community_joins_by_a_button(client_of, nia):
    open_one, client = a_community("Owl circle", openness=Openness.OPEN), client_of(nia)
    assert client.get(open_one.get_absolute_url()).url == door(open_one)
    page = text_of(client.get(door(open_one)))
    assert "Join Owl circle" in page
    assert host_of(open_one).name in page
    assert open_one.membership_of(nia) is None
    answer = client.post(door(open_one))
    assert answer.url == open_one.get_absolute_url()
    assert open_one.membership_of(nia).role == Membership.Role.MEMBER
    assert client.get(door(open_one)).url == client.post(door(open_one)).url == open_one.get_absolute_url()
    assert open_one.memberships.filter(user=nia).count() == 1


def test_what_is_invisible_has_no_door(client_of, nia):
    hidden = a_community("Secret circle", host=a_person())
    client = client_of(nia)
    for answer in (client.get(hidden.get_absolute_url()), client.get(door(hidden)), client.post(door(hidden))):
        assert answer.status_code == 404
        assert "Secret circle" not in text_of(answer)
    assert hidden.membership_of(nia) is None


def test_who_was_removed_asks_even_where_it_is_open(client_of, nia):
    open_one = a_community(openness=Openness.OPEN, members=(nia,))
    remove_member(open_one.membership_of(nia), by=host_of(open_one))
    client = client_of(nia)
    assert "Ask to join" in text_of(client.get(door(open_one)))
    client.post(door(open_one), {"words": "Sorry about that."})
    assert open_one.membership_of(nia) is None
    assert JoinRequest.objects.get().words == "Sorry about that."


def test_who_left_by_themselves_comes_back_to_an_open_one(client_of, nia):
    open_one = a_community(openness=Openness.OPEN, members=(nia,))
    remove_member(open_one.membership_of(nia), by=nia)
    client_of(nia).post(door(open_one))
    assert open_one.membership_of(nia)


def test_a_request_reaches_the_hosts_with_its_words_and_they_let_the_asker_in(client_of, nia, asking):
    alice, bo = host_of(asking), a_member(asking)
    client_of(nia).post(door(asking), {"words": "I ring\nherons."})
    request = JoinRequest.objects.get()
    assert (told(alice), told(bo)) == (["asked_in"], [])
    host = client_of(alice)
    assert "1 person asks to join" in text_of(host.get(asking.get_absolute_url()))
    assert "I ring\nherons." in text_of(host.get(request.get_absolute_url()))
    assert host.get(nia.get_absolute_url()).status_code == 200
    assert client_of(bo).get(request.get_absolute_url()).status_code == 403
    assert "1 person asks" not in text_of(client_of(bo).get(asking.get_absolute_url()))
    host.post(decide(asking, request, "admit"))
    assert asking.membership_of(nia).role == Membership.Role.MEMBER
    assert told(nia) == ["admitted"]
    assert Notification.objects.get(person=nia).event.target.get_absolute_url() == asking.get_absolute_url()


def test_asking_twice_is_one_request_and_it_can_be_taken_back(client_of, nia, asking):
    client = client_of(nia)
    client.post(door(asking), {"words": "Please."})
    client.post(door(asking), {"words": "Please, I ring herons."})
    assert JoinRequest.objects.get().words == "Please, I ring herons."
    assert "You have asked to join." in text_of(client.get(door(asking)))
    assert told(host_of(asking)) == ["asked_in"]
    client.post(reverse("withdraw_request", args=[asking.slug]))
    assert not JoinRequest.objects.open().exists()
    client.post(door(asking), {"words": "After all."})
    assert JoinRequest.objects.open().get().words == "After all."


def test_who_is_declined_reads_why_and_asks_again_in_a_week(client_of, nia, asking):
    client, host = client_of(nia), client_of(host_of(asking))
    client.post(door(asking), {"words": "Please."})
    request = JoinRequest.objects.get()
    host.post(decide(asking, request, "decline"), {"reason": "We are full until spring."})
    page = text_of(client.get(door(asking)))
    assert "We are full until spring." in page
    assert "Ask to join" not in page
    refused = client.post(door(asking), {"words": "But still."})
    assert refused.status_code == 409
    assert "But still." in text_of(refused)
    JoinRequest.objects.update(declined_at=timezone.now() - timedelta(days=JoinRequest.AGAIN_AFTER_DAYS))
    assert client.post(door(asking), {"words": "But still."}).status_code == 302
    assert told(nia) == []


def test_of_a_request_two_hosts_decide_once(client_of, nia, asking):
    request = ask_to_join(community=asking, person=nia, words="")
    host = client_of(host_of(asking))
    host.post(decide(asking, request, "decline"), {"reason": ""})
    page = text_of(host.post(decide(asking, request, "admit"), follow=True))
    assert "That was decided or taken back meanwhile." in page
    with pytest.raises(Decided):
        admit(request=request, by=host_of(asking))
    assert asking.membership_of(nia) is None


def test_nobody_decides_on_requests_to_a_community_that_they_don_t_host(client_of, nia, asking):
    request, other = ask_to_join(community=asking, person=nia, words=""), a_community()
    eve, fay = host_of(other), a_member(asking, role=Membership.Role.FACILITATOR)
    for person, status in ((eve, 404), (nia, 404), (fay, 403)):
        for verb in ("admit", "decline"):
            assert client_of(person).post(decide(asking, request, verb)).status_code == status
    assert client_of(eve).post(decide(other, request, "admit")).status_code == 404
    assert request.is_open
    assert client_of(eve).get(nia.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_request_sent_at_once_five_times_is_one(nia, asking):
    asked = at_once(lambda _n: ask_to_join(community=asking, person=nia, words="Please.").pk, range(5))
    assert (set(asked), Event.objects.count()) == ({JoinRequest.objects.get().pk}, 1)
