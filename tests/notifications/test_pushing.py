"""Browser messages: asked for, encrypted for one browser, and never more than the subject of a mail says. Nobody is
dialled: what would go to a push service is recorded."""

import json
import os
import socket
import threading

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from community.actions import remove_member
from notifications import tasks
from notifications.actions import deliver, mark_read
from notifications.models import Browser, Delivery, MailSettings
from outbound import client as outbound_client
from outbound import push as outbound_push
from outbound import wire
from outbound.push import encoded
from tests.factories import a_post, a_thread

pytestmark = pytest.mark.django_db
ON, OFF, PAGE = "/settings/push/", "/settings/push/off/", "/settings/notifications/"
SERVICE = "https://push.example/browser/"


class Reader:
    """A browser that asked for messages: its keys, and what its push service says and got."""

    def __init__(self, name):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.endpoint = SERVICE + name

    @property
    def asks(self):
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": encoded(point), "auth": encoded(self.secret)}

    def reads(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"))


@pytest.fixture
def site_key(settings, tmp_path):
    """Browser messages are on, with a key of the site's own."""
    settings.OUTBOUND_PORTS, settings.DATA_DIR = [80, 443], tmp_path
    outbound_push.signer.cache_clear()
    yield
    outbound_push.signer.cache_clear()


@pytest.fixture
def pushed(site_key, monkeypatch):
    """What went out: target, head and body of each. `pushed.says` is what a service answers."""

    class Pushed(list):
        says = "201 Created"

    got = Pushed()

    def connected(target, policy, budget):
        ours, theirs = socket.socketpair()
        threading.Thread(target=hear, args=(theirs, target), daemon=True).start()
        plain = wire.PlainSocket(ours.family, ours.type, fileno=ours.detach())
        plain.budget = budget
        return plain

    def hear(theirs, target):
        head, _, body = theirs.recv(65536).partition(b"\r\n\r\n")
        lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        while len(body) < int(lines["Content-Length"]):
            body += theirs.recv(65536)
        got.append((target, {name.lower(): value for name, value in lines.items()}, body))
        theirs.sendall(f"HTTP/1.1 {got.says}\r\nContent-Length: 0\r\n\r\n".encode())
        theirs.close()

    monkeypatch.setattr(outbound_client, "open_connection", connected)
    return got


@pytest.fixture
def bos(world, client_of, pushed):
    """Bo's client, and a browser in which he asked."""
    client, reader = client_of(world.bo), Reader("bo")
    assert client.post(ON, reader.asks).status_code == 204
    return client, reader


def told():
    tasks.sweep()
    Delivery.objects.waiting().update(due_at=timezone.now())
    deliver()


def test_a_mention_comes_encrypted_and_says_who_and_where_and_none_of_the_words(world, bos, pushed):
    thread = a_thread(world.place, author=world.alice, title="What herons do", body="@bo a canary.")
    told()
    ((target, head, body),) = pushed
    said = bos[1].reads(body)
    assert said == {
        "title": "Alice Moreau mentioned you",
        "body": "What herons do · Heron cohort",
        "url": thread.posts.get().get_absolute_url(),
        "tag": f"thread:{thread.pk}",
    }
    assert b"canary" not in body
    assert (target.scheme, target.host, target.path) == ("https", "push.example", "/browser/bo")
    assert head["authorization"].startswith("vapid t=")
    assert head["authorization"].endswith(f"k={outbound_push.public_key()}")
    assert (head["content-encoding"], head["ttl"], len(head["topic"])) == ("aes128gcm", "86400", 32)
    assert "cookie" not in head


def test_it_is_off_until_somebody_asks_and_off_again_when_they_say_so(world, bos, pushed, client_of):
    a_thread(world.place, author=world.alice, body="@fay and @bo?")
    told()
    assert len(pushed) == 1
    client, reader = bos
    assert client.post(OFF, {"endpoint": reader.endpoint}).status_code == 204
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    assert len(pushed) == 1
    client.post(ON, reader.asks)
    assert "You are told in 1 browser." in client.get(PAGE).content.decode()
    client.post(OFF)
    assert not Browser.objects.exists()


def test_what_is_not_mailed_at_once_is_not_pushed(world, bos, pushed):
    thread = a_thread(world.place, author=world.alice)
    a_post(thread, author=world.bo)
    a_post(thread, author=world.fay)
    told()
    assert pushed == []


def test_rights_and_reading_are_asked_again_when_it_goes_out(world, bos, pushed):
    a_thread(world.place, author=world.alice, body="@bo?")
    tasks.sweep()
    mark_read(world.bo, up_to=10**9)
    told()
    a_thread(world.place, author=world.alice, body="@bo?")
    tasks.sweep()
    remove_member(world.community.membership_of(world.bo))
    told()
    assert pushed == []


def test_who_signed_out_is_told_nothing_there(world, bos, pushed):
    bos[0].logout()
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    assert pushed == []


def test_a_browser_is_of_who_asked_last(world, bos, pushed, client_of):
    client_of(world.al).post(ON, bos[1].asks)
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    assert pushed == []
    assert Browser.objects.get().person == world.al


def test_who_stopped_all_mail_is_told_in_the_browser_all_the_same(world, bos, pushed):
    MailSettings.objects.update_or_create(person=world.bo, defaults={"stopped_at": timezone.now()})
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    assert len(pushed) == 1


@pytest.mark.parametrize("says", ["404 Not Found", "410 Gone"])
def test_a_browser_that_is_gone_is_forgotten(world, bos, pushed, says):
    pushed.says = says
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    assert not Browser.objects.exists()
    assert Delivery.objects.of_kind(Delivery.Kind.PUSH).get().state == Delivery.State.SENT


@pytest.mark.parametrize("says", ["503 Away", "429 Slowly", "302 Found\r\nLocation: https://other.example/"])
def test_a_service_that_takes_nothing_now_is_asked_again_later(world, bos, pushed, says):
    pushed.says = says
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    row = Delivery.objects.of_kind(Delivery.Kind.PUSH).get()
    assert (row.state, row.failures, Browser.objects.count()) == (Delivery.State.WAITING, 1, 1)
    pushed.says = "201 Created"
    told()
    row.refresh_from_db()
    assert (row.state, len(pushed)) == (Delivery.State.SENT, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://localhost/x"},
        {"endpoint": "https://testserver/x"},
        {"endpoint": "https://push.example:8443/x"},
        {"endpoint": "javascript:alert(1)"},
        {"p256dh": "short"},
        {"auth": "?" * 22},
        {"auth": ""},
    ],
    ids=str,
)
def test_what_no_browser_says_is_refused(world, client_of, pushed, wrong):
    assert client_of(world.bo).post(ON, Reader("bo").asks | wrong).status_code == 422
    assert not Browser.objects.exists()


def test_keys_that_are_no_point_of_the_curve_hold_up_nobody(world, bos, pushed):
    Browser.objects.update(p256dh=encoded(b"\4" + b"\1" * 64))
    a_thread(world.place, author=world.alice, body="@bo?")
    told()
    assert pushed == []
    assert not Browser.objects.exists()


def test_more_than_ten_browsers_are_not_kept(world, client_of, pushed):
    client = client_of(world.bo)
    for number in range(12):
        client.post(ON, Reader(str(number)).asks)
    assert [b.endpoint.rpartition("/")[2] for b in Browser.objects.order_by("pk")] == [str(n) for n in range(2, 12)]


def test_the_key_is_made_once_and_without_one_there_is_no_button(world, client_of, site_key, settings):
    html, first = client_of(world.bo).get(PAGE).content.decode(), outbound_push.public_key()
    assert f'data-key="{first}"' in html
    outbound_push.signer.cache_clear()
    assert outbound_push.public_key() == first
    outbound_push.signer.cache_clear()
    settings.OUTBOUND_PORTS = []
    assert "<push-switch" not in client_of(world.bo).get(PAGE).content.decode()
