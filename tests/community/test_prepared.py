"""A query that is built once gives what it would give if it were built each time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.models import Place
from community.models.prepared import SHAPES_KEPT, Plan, prepared
from tests import factories as make


def places_of(user, *, words=""):
    places = Place.objects.visible_to(user).select_related("community").order_by("pk")
    return places.filter(title__icontains=words) if words else places


@pytest.fixture
def asked():
    return prepared(places_of)


def test_it_answers_each_of_them_for_themselves(world, asked):
    for person in [*filter(None, world.cast.values())] * 2:
        assert asked(person) == list(places_of(person))
        assert asked(person, words="good") == list(places_of(person, words="good"))
    assert len(asked.plans) == 4  # for who is staff and who is not, with words and without


def test_it_is_written_out_once(world, asked):
    asked(world.bo)
    with mock.patch.object(SQLCompiler, "as_sql", side_effect=AssertionError), CaptureQueriesContext(connection) as sql:
        places = asked(world.al)
        assert all(place.community.title for place in places)
    assert places
    assert len(sql) == 1


def test_the_time_is_that_of_the_call(world, asked, time_machine):
    place = make.place_of(world.unit, world.community)
    Place.objects.filter(pk=place.pk).update(opens_at=timezone.now() + timedelta(hours=1))
    assert place not in asked(world.bo)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert place in asked(world.bo)


def test_some_days_ago_is_not_kept(world, time_machine):
    lately = prepared(lambda: Place.objects.filter(opens_at__gt=timezone.now() - timedelta(days=1)))
    place = make.place_of(world.unit, world.community)
    Place.objects.filter(pk=place.pk).update(opens_at=timezone.now())
    assert lately() == [place]
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert lately() == []


def test_a_day_that_is_given_is_kept(world):
    before = prepared(lambda day: Place.objects.filter(opens_at__date__lt=day))
    tomorrow = timezone.now().date() + timedelta(days=1)
    assert before(tomorrow)
    assert before(tomorrow - timedelta(days=99)) == []
    assert all(before.plans.values())


def test_a_deactivated_person_sees_nothing(world, asked):
    assert asked(world.bo)
    world.bo.is_active = False
    assert asked(world.bo) == []


def test_lists_are_asked_by_their_length(world):
    numbered = prepared(lambda ids: Place.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    ids = list(Place.objects.order_by("pk").values_list("pk", flat=True))
    for some in (ids, ids[:1], ids[1:2], ids[::-1], []):
        assert numbered(some) == sorted(some)
    assert [bool(plan) for plan in numbered.plans.values()] == [True, True, False]


def test_what_can_not_be_kept_is_asked_plainly(world):
    by_half = prepared(
        lambda number: Place.objects.filter(pk__lt=number // 2).order_by("pk").values_list("pk", flat=True)
    )
    assert by_half(10_000) == list(Place.objects.order_by("pk").values_list("pk", flat=True))
    assert by_half(0) == []
    assert list(by_half.plans.values()) == [None]


def test_no_more_is_kept_than_so_many(world):
    numbered = prepared(lambda ids: Place.objects.filter(pk__in=ids).order_by("pk"))
    for length in range(1, SHAPES_KEPT + 5):
        assert numbered([world.place.pk, *range(-length, -1)]) == [world.place]
    assert len(numbered.plans) == SHAPES_KEPT


def test_words_stay_values(world, asked):
    assert asked(world.bo, words="'; drop table") == []
    assert asked(world.bo, words="%") == list(places_of(world.bo, words="%"))


def test_when_its_replica_goes_away_it_is_asked_again_for_the_same(world, asked, monkeypatch):
    places, went = asked(world.bo), []

    def gone_once(plan, connection, params):
        if not went:
            went.append(plan)
            raise OperationalError
        return plan.sql, params

    monkeypatch.setattr(Plan, "spelled_for", gone_once)
    monkeypatch.setattr(Plan, "may_be_asked_again", lambda *_given: True)
    assert asked(world.bo) == places
    assert places
    assert went


# --- On PostgreSQL -----------------------------------------------------------------------------------------------

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time.")


@pytest.fixture
def room(monkeypatch):
    """However much stands ready at this connection, from other tests."""
    monkeypatch.setattr("community.models.prepared.STATEMENTS_MOST", 100_000)


def numbered(rows=Place.objects):
    return prepared(lambda ids: rows.filter(pk__in=ids).order_by("pk"))


def of_postgresql(asked):
    (plan,) = asked.plans.values()
    return plan.statement_for(connection)[0]


@on_postgresql
def test_it_is_planned_once_and_run_by_its_name(world, asked, room):
    for person in (world.bo, world.al):
        with CaptureQueriesContext(connection) as sql:
            assert asked(person) == list(places_of(person))
        assert sql[0]["sql"].startswith(f"EXECUTE {of_postgresql(asked)} (")


@on_postgresql
def test_where_too_many_stand_ready_it_is_asked_plainly(world, monkeypatch):
    monkeypatch.setattr("community.models.prepared.STATEMENTS_MOST", 0)
    with CaptureQueriesContext(connection) as sql:
        assert numbered()([world.place.pk] * 7) == [world.place]
    assert sql[0]["sql"].startswith("SELECT ")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_does_not_fit_its_tables_any_more_is_asked_plainly(room):
    asked, kinds = numbered(ContentType.objects), ContentType.objects.order_by("pk")[:2]
    assert asked([kinds[0].pk]) == [kinds[0]]
    with connection.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {of_postgresql(asked)}")
    assert [asked([kind.pk]) for kind in kinds] == [[kind] for kind in kinds]


@pytest.mark.django_db(transaction=True)
def test_one_thread_writes_it_out_for_all(room):
    """Threads share plans, but no connections."""
    asked, kinds = numbered(ContentType.objects), ContentType.objects.order_by("pk")[:2]

    def elsewhere(kind):
        try:
            return asked([kind.pk])
        finally:
            connection.close()

    with mock.patch.object(Plan, "ask", return_value=[]), ThreadPoolExecutor(1) as other:
        assert other.submit(elsewhere, kinds[0]).result() == []
    assert [asked([kind.pk]) for kind in kinds] == [[kind] for kind in kinds]
    with ThreadPoolExecutor(2) as others:
        assert [*others.map(elsewhere, kinds)] == [[kind] for kind in kinds]
