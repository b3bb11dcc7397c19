"""The cache while its Redis is away, silent, or full."""

import time

import pytest
from redis import Redis

from config import redis_cache
from config.caches import caches
from tests.lines import line_to
from tests.needs import redis_server
from tests.serving import redis

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with redis(redis_server() or "", tmp_path_factory.mktemp("redis")) as url:
        yield int(url.rpartition(":")[2].partition("/")[0])


@pytest.fixture
def line(port):
    Redis(port=port).flushall()
    Redis(port=port).config_set("maxmemory", 0)
    with line_to(("127.0.0.1", port)) as line:
        yield line


@pytest.fixture
def cache(line, tmp_path):
    given = caches(f"redis://127.0.0.1:{line.port}/0", tmp_path)["default"]
    found = redis_cache.RedisOrOwn(given["LOCATION"], {"OPTIONS": given["OPTIONS"]})
    yield found
    found.own.clear()


def timed(do):
    begun = time.monotonic()
    return do(), time.monotonic() - begun


def test_while_redis_is_there_it_is_what_remembers(cache, port):
    cache.set("a", [1, 2], 60)
    assert cache.get("a") == [1, 2]
    assert Redis(port=port).dbsize() == 1
    assert cache.own.get("a") is None


def test_while_redis_is_away_the_process_remembers_for_itself_and_later_redis_does(cache, line, monkeypatch):
    cache.set("a", "before", 60)
    line.cut()
    assert cache.get("a", "nothing") == "nothing"
    cache.set("b", "meanwhile", 60)
    assert cache.add("b", "again", 60) is False
    assert cache.get_many(["a", "b"]) == {"b": "meanwhile"}
    cache.delete("b")
    assert cache.get_or_set("b", "anew", 60) == "anew"
    line.mend()
    assert cache.get("a") is None  # Redis is left alone for a while
    monkeypatch.setattr(cache, "away_until", time.monotonic())
    assert cache.get("a") == "before"
    assert cache.get("b") is None


def test_a_redis_that_was_started_again_is_asked_at_once(cache, line):
    cache.set("a", "before", 60)
    line.cut()
    line.mend()
    assert cache.get("a") == "before"


def test_a_silent_redis_costs_a_moment_and_that_once(cache, line):
    cache.set("a", "before", 60)
    line.fall_silent()
    found, first_s = timed(lambda: cache.get("a", "nothing"))
    assert found == "nothing"
    assert first_s < 2
    _, next_s = timed(lambda: [cache.get("a") for _ in range(100)])
    assert next_s < 0.2


def test_a_redis_that_is_full_takes_nothing_more_and_the_process_does(cache, port):
    Redis(port=port).config_set("maxmemory", 1)
    cache.set("a", "kept", 60)
    assert cache.get("a") == "kept"
    assert cache.own.get("a") == "kept"
