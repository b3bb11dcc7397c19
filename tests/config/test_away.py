"""A server whose Redis or database goes away while people are there, and comes back."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from websockets.exceptions import InvalidStatus

from tests.factories import a_thread
from tests.lines import line_to
from tests.needs import redis_server
from tests.serving import another_process, longer, redis
from tests.visitors import Visitor

LONGEST_S = 10.0  # for the first who meets a Redis that is silent: two tries of two seconds, on a busy machine
A_MOMENT_S = 1.5  # for all who come after
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(world):
    return a_thread(world.place, author=world.alice)


@pytest.fixture
def reply(thread):
    """Send a reply; gives the answer."""
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])

    def sent(visitor, body, key=None):
        return visitor.post(url, body=body, key=key or uuid4())

    return sent


def told(page, within=30.0):
    return json.loads(page.recv(timeout=within))


@pytest.fixture
def redis_line(tmp_path):
    with redis(redis_server() or "", tmp_path) as url:
        port = int(url.rpartition(":")[2].partition("/")[0])
        with line_to(("127.0.0.1", port)) as line:
            yield line


@pytest.mark.parametrize("trouble", ["cut", "fall_silent"])
def test_without_redis_people_read_and_write_and_still_hear_of_each_other(world, thread, reply, redis_line, trouble):
    seen = reverse("readers", args=[world.community.slug, world.place.pk])
    url = f"redis://127.0.0.1:{redis_line.port}/0"
    with (
        another_process(REDIS_URL=url, BROKER_URL=url) as served,
        served.connect(world.fay, world.place) as page,
    ):
        bo = Visitor(served.port, served.cookie_of(world.bo))
        told(page)
        assert reply(bo, "Redis is there.").status == 302
        told(page)
        getattr(redis_line, trouble)()
        first = reply(bo, "Without it.")
        others = [bo.get("/"), bo.post(seen), reply(bo, "Again.")]
        assert [answer.status for answer in (first, *others)] == [302, 200, 200, 302]
        assert first.seconds < longer(LONGEST_S)
        assert max(answer.seconds for answer in others) < longer(A_MOMENT_S)
        told(page), told(page)
        redis_line.mend()
        assert reply(bo, "It is back.").status == 302
        told(page)
    assert thread.posts.count() == 5


@pytest.fixture
def pg_line():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no line that could be cut")
    given = connection.settings_dict
    with line_to(f"{given['HOST']}/.s.PGSQL.{given['PORT'] or 5432}") as line:
        line.url = f"postgres://{given['USER']}@127.0.0.1:{line.port}/{given['NAME']}"
        yield line


def test_without_a_database_there_is_a_503_and_afterwards_all_is_as_before(world, thread, reply, pg_line):
    with another_process(DATABASE_URL=pg_line.url) as site:
        cookie, key = site.cookie_of(world.bo), uuid4()
        bo = Visitor(site.port, cookie)
        with site.connect(world.fay, world.place) as page:
            told(page)
            assert bo.get("/").status == 200
            pg_line.cut()
            sent = reply(bo, "Words that must not be lost.", key)
            answers = [bo.get("/"), sent, Visitor(site.port, "").get("/health/live")]
            assert [answer.status for answer in answers] == [503, 503, 200]
            assert "Words that must not be lost." in answers[1].text
            assert max(answer.seconds for answer in answers) < longer(1)
            with pytest.raises(InvalidStatus) as refused:
                site.connect(world.bo, world.place, cookie=cookie)
            assert refused.value.response.status_code == 503
            pg_line.mend()
            assert {bo.get("/").status for _ in range(3)} == {200}
            assert reply(bo, "Words that must not be lost.", key).status == 302
            told(page)
    assert thread.posts.count() == 2


def test_connections_that_the_database_ended_are_nobodys_error(world, thread, reply, pg_line):
    with another_process(DATABASE_URL=pg_line.url) as site:
        bo = Visitor(site.port, site.cookie_of(world.bo))
        with site.connect(world.fay, world.place) as page:
            told(page)
            for number in range(2):
                assert bo.get("/").status == 200
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                with connection.cursor() as cursor:
                    cursor.execute(f"{others} AND datname = current_database() AND state = 'idle'")
                assert {bo.get("/").status for _ in range(3)} == {200}
                assert reply(bo, f"After {number}.").status == 302
            told(page)
    assert thread.posts.count() == 3
