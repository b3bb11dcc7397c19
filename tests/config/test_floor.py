"""The floor that the figures of docs/benchmarks.md are shares of."""

import pytest
from django.test import override_settings
from django.urls import Resolver404, resolve

from tests.cast import World


def test_the_floor_asks_one_question_beside_session_and_user(world: World, client, django_assert_num_queries):
    client.force_login(world.bo)
    path = f"/c/{world.community.slug}/floor/5000/"
    with override_settings(ROOT_URLCONF="tests.bench.floor"):
        client.get(path)  # the first visit of a day writes
        with django_assert_num_queries(3):
            answer = client.get(path)
    assert (answer.status_code, len(answer.content)) == (200, 5000)
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_site_itself_has_no_floor(world: World):
    with pytest.raises(Resolver404):
        resolve(f"/c/{world.community.slug}/floor/5000/")
