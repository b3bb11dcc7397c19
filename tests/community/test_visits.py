"""The day of somebody's last visit: noted once a day, of those who let it be."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions import stop_counting_reading


@pytest.fixture
def seen(world):
    def of(person):
        return world.community.memberships.get(user=person).seen_on

    return of


def test_a_page_of_a_community_notes_the_day_once(world, client_of, seen, time_machine):
    time_machine.move_to(datetime(2027, 2, 28, 23, 30, tzinfo=UTC), tick=False)
    client, url = client_of(world.bo), reverse("people", args=[world.community.slug])
    client.get(url)
    assert seen(world.bo) == date(2027, 2, 28)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert not [query for query in captured if query["sql"].startswith("UPDATE")]
    time_machine.move_to(datetime(2027, 3, 1, 0, 30, tzinfo=UTC), tick=False)
    client.get(url)
    assert seen(world.bo) == date(2027, 3, 1)
    assert seen(world.fay) is None


def test_nothing_is_noted_of_who_does_not_want_it_or_is_not_in(world, client_of, seen):
    stop_counting_reading(world.bo)
    url = reverse("people", args=[world.community.slug])
    answers = [client_of(person).get(url).status_code for person in (world.bo, world.ed, world.cy, None)]
    assert answers == [200, 404, 404, 302]
    assert not world.community.memberships.exclude(seen_on=None).exists()
    client_of(world.bo).get("/")
    assert seen(world.bo) is None
