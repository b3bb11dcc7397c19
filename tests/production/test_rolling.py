"""The processes of production in the small: two web processes behind the proxy, on the test's own database. All of it
is in `make prod-test`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from discussions.models import Post
from tests.cast import World
from tests.factories import a_thread
from tests.needs import missing
from tests.production.restarts import Load, Restarts
from tests.production.stack import WEB, Stack
from tests.production.visitor import Visitor
from tests.production.walk import TOKENS, carries_what_it_must
from tests.serving import database_url

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stack(world: World, tmp_path: Path) -> Iterator[Stack]:
    if problem := missing("caddy") or missing("redis"):
        pytest.fail(problem)
    made = Stack(tmp_path, 0, database_url())
    try:
        made.start_base()
        tmp_path.joinpath("secrets", "secret_key").write_text(settings.SECRET_KEY)  # which has signed our sessions
        made.start_all(*WEB, "proxy")
        yield made
    finally:
        made.end()


@pytest.fixture
def people(world: World) -> dict[str, Any]:
    sessions = []
    for person in (world.bo, world.fay, world.alice):
        client = Client()
        client.force_login(person)
        sessions.append(client.cookies["weft-session"].value)
    thread = a_thread(world.place, author=world.fay)
    return {"sessions": {"writers": sessions, "bo": sessions[0]}, "threads": [{"id": thread.pk}]}


def test_a_web_process_is_restarted_and_nobody_notices(stack: Stack, people: dict[str, Any]) -> None:
    answer = Visitor(stack, people["sessions"]["bo"]).get("/")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    carries_what_it_must(answer)
    with Load(stack, people, at_a_time=2, a_second=3) as load:
        assert Restarts(stack, None, people).restart("web-a", is_web=True) == 0
    assert load.failures == []
    assert load.told
    there = re.findall(TOKENS, " ".join(Post.objects.values_list("source", flat=True)))
    assert sorted(there) == sorted(load.told)  # each once
