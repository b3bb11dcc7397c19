"""Open pages hear that something happened, at once, and only those of who may see it."""

import json
import time

import pytest
from redis import Redis
from websockets.exceptions import ConnectionClosed, InvalidStatus

from community.actions import remove_member
from community.models import Place
from discussions.actions import delete_post
from notifications.models import Event
from tests.factories import a_member, a_post, a_thread
from tests.needs import redis_server
from tests.serving import another_process, redis, soon_s, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def letter(page, within=30.0):
    return json.loads(page.recv(timeout=within))


def silent(page, for_s=1.2):
    try:
        return not page.recv(timeout=for_s)
    except (TimeoutError, ConnectionClosed):
        return True


def closed_within(page, seconds):
    """The code with which the other side closes in time; None if it doesn't."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            page.recv(timeout=0.1)
        except TimeoutError:
            continue
        except ConnectionClosed as end:
            return end.rcvd and end.rcvd.code
    return None


def status(connect, *args, **more):
    with pytest.raises(InvalidStatus) as refused:
        connect(*args, **more)
    return refused.value.response.status_code


def test_a_post_is_told_by_numbers_only_and_to_who_may_see_it_only(site, world):
    thread = a_thread(world.place, author=world.alice)
    with site.connect(world.bo, world.place) as bo, site.connect(world.cy, world.other.places.get()) as cy:
        newest = Event.objects.newest()
        assert letter(bo) == {"place": world.place.pk, "seq": newest, "first": True}
        letter(cy)
        post = a_post(thread, author=world.fay, body="A canary.")
        event = Event.objects.get(verb=Event.Verb.REPLIED)
        assert letter(bo, within=soon_s()) == {"place": world.place.pk, "seq": event.pk}
        delete_post(by=world.fay, post=post)
        assert letter(bo, within=soon_s()) == {"place": world.place.pk, "seq": Event.objects.newest()}
        assert silent(cy)
        assert silent(bo, 0.1), "told twice"


def test_who_may_not_see_a_place_is_refused_at_the_door(site, world):
    for person in (world.cy, world.ed, None):
        assert status(site.connect, person, world.place) == 403
    assert status(site.connect, world.bo, 10**17) == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://sub.localhost:{port}", "http://localhost:1"]
)
def test_only_pages_of_this_site_connect(site, world, origin):
    given = origin and origin.format(port=site.port)
    assert status(site.connect, world.bo, world.place, origin=given) == 403


def lose_membership(world, client):
    remove_member(world.community.membership_of(world.bo))


def be_deactivated(world, client):
    world.bo.is_active = False
    world.bo.save(update_fields=["is_active"])


def sign_out(world, client):
    client.logout()


def change_password(world, client):
    world.bo.set_password("another one, for once")
    world.bo.save(update_fields=["password"])


def see_the_place_close(world, client):
    from django.utils import timezone

    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timezone.timedelta(days=1))


ENDS = [lose_membership, be_deactivated, sign_out, change_password, see_the_place_close]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_who_loses_the_right_hears_nothing_more_and_is_let_go_within_two_seconds(site, world, client, end):
    thread = a_thread(world.place, author=world.alice)
    client.force_login(world.bo)
    cookie = f"weft-session={client.cookies['weft-session'].value}"
    with site.connect(None, world.place, cookie=cookie) as bo, site.connect(world.fay, world.place) as fay:
        letter(bo), letter(fay)
        end(world, client)
        a_post(thread, author=world.alice)
        assert letter(fay, within=soon_s())["seq"]
        assert closed_within(bo, soon_s()) == 4403
        assert status(site.connect, None, world.place, cookie=cookie) == 403


def test_a_frame_that_is_too_long_closes_and_nonsense_is_passed_over(site, world):
    with site.connect(world.bo, world.place) as page:
        letter(page)
        for nonsense in ("{", "[]", '{"here": 7}', "null", b"\xff\x00"):
            page.send(nonsense)
        a_thread(world.place, author=world.alice)
        assert letter(page)["seq"] == Event.objects.newest()
        page.send("x" * (64 * 1024 + 1))
        assert closed_within(page, 30) == 1009


def test_who_talks_too_much_is_let_go(site, world):
    with site.connect(world.bo, world.place) as page:
        for _ in range(60):
            try:
                page.send("{}")
            except ConnectionClosed:
                break
        assert closed_within(page, 30) == 1008


def test_the_rule_for_many_people_is_the_rule_for_one(world):
    from django.utils import timezone

    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timezone.timedelta(days=1))
    a_member(world.other, "Flo")
    people = [person for person in world.cast.values() if person]
    places = Place.objects.all()
    one_by_one = {(place.pk, p.pk) for p in people for place in Place.objects.visible_to(p)}
    assert places.seen_by([p.pk for p in people]) == one_by_one
    assert len(one_by_one) > 8


def test_another_process_hears_of_it_without_redis(site, world):
    thread = a_thread(world.place, author=world.alice)
    with another_process() as other, other.connect(world.bo, world.place) as page:
        letter(page)
        a_post(thread, author=world.fay)
        assert letter(page, within=soon_s()) == {"place": world.place.pk, "seq": Event.objects.newest()}


@pytest.mark.once
def test_over_redis_every_process_hears_at_once_and_without_it_a_little_later(site, world, tmp_path, monkeypatch):
    from notifications.consumers import bell

    thread = a_thread(world.place, author=world.alice)
    with redis(redis_server(), tmp_path) as url, another_process(poll_s=3600, REDIS_URL=url) as never_looks:
        monkeypatch.setattr(bell, "bell", bell.Bell(url))
        with never_looks.connect(world.bo, world.place) as page:
            letter(page)
            wait_until(lambda: Redis.from_url(url).pubsub_channels())  # until it listens
            a_post(thread, author=world.fay)
            assert letter(page, within=soon_s())["seq"] == Event.objects.newest()
    began = time.monotonic()
    a_post(thread, author=world.fay, body="Redis is away.")
    a_post(thread, author=world.fay, body="Still.")
    assert time.monotonic() - began < 2
