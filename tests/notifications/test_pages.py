"""The page of what concerns somebody, and the same lines on Today."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests import factories as make


@pytest.mark.usefixtures("made_anew")
@pytest.mark.parametrize("address", ["/notifications/", "/"])
def test_many_notifications_take_as_many_queries_as_few(address, world, client_of):
    client = client_of(world.bo)
    make.a_thread(world.place, author=world.alice, body="@bo what do you think?")
    tell_everybody()
    client.get(address)  # fills the caches that outlive a request
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(5):
        make.a_thread(world.place, author=world.fay, title=f"Thread {n}", body="@bo and of this?")
    tell_everybody()
    with CaptureQueriesContext(connection) as many:
        assert b"Thread 4" in client.get(address).content
    assert len(many) == len(few)


def test_a_line_says_who_did_what_where_and_why(world, client_of):
    make.a_thread(world.place, author=world.alice, title="Does a reaction count?", body="@bo what do you think?")
    tell_everybody()
    page = client_of(world.bo).get("/notifications/").content.decode()
    for words in (
        "Alice Moreau",
        "started a conversation",
        "Does a reaction count?",
        "Lurkers are learning too",
        "Heron cohort",
        "You were mentioned",
    ):
        assert words in page


def test_marking_as_read_leaves_what_came_in_meanwhile(world, client_of):
    client = client_of(world.bo)
    make.a_thread(world.place, author=world.alice, body="@bo one")
    tell_everybody()
    shown = client.get("/notifications/").context["up_to"]
    make.a_thread(world.place, author=world.alice, body="@bo two")
    tell_everybody()
    client.post("/notifications/read/", {"up_to": shown})
    assert Notification.objects.filter(person=world.bo).unread().count() == 1


def tell_everybody():
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
