"""Suggesting, deciding and writing at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.actions import Decided, accept_suggestion, decline_suggestion, edit_unit
from courses.models import Suggestion, Unit, UnitPlace
from notifications.models import Event
from tests.factories import a_suggestion

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each of `acts` gives, all begun together; a refusal is given back."""

    def done(act):
        try:
            return act()
        except Decided as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def open_count(world):
    return UnitPlace.objects.get(place=world.place).open_suggestions


def test_a_double_click_makes_one_suggestion_and_tells_once(world):
    key = uuid.uuid4()
    made = at_once(*[lambda: a_suggestion(world.unit, by=world.bo, title="Once", key=key)] * 6)
    assert len({suggestion.pk for suggestion in made}) == 1
    assert (open_count(world), Event.objects.filter(verb="suggested").count()) == (1, 1)


def test_of_two_decisions_one_stands(world):
    suggestion = a_suggestion(world.unit, by=world.bo)

    def accept():
        return accept_suggestion(by=world.fay, suggestion=suggestion, version=1)

    def decline():
        return decline_suggestion(by=world.alice, suggestion=suggestion, version=1, reason="No.")

    answers = at_once(accept, decline, accept, decline)
    suggestion = Suggestion.objects.get()
    taken = suggestion.state == "accepted"
    assert [isinstance(answer, Decided) for answer in answers] == [not taken, taken, not taken, taken]
    assert Unit.objects.get(pk=world.unit.pk).version == 1 + taken
    assert open_count(world) == 0
    assert Event.objects.filter(verb__in=["taken", "declined"]).count() == 1


def test_authors_of_different_paragraphs_lose_nothing(world):
    paragraphs = [f"Paragraph {n} as it was." for n in range(9)]
    unit = edit_unit(unit=world.unit, author=world.fay, source="\n\n".join(paragraphs), version=1)
    suggestion = a_suggestion(unit, by=world.bo, body=unit.source.replace("8 as it was", "8 as Bo would have it"))

    def write(n):
        body = unit.source.replace(f"{n} as it was", f"{n} as it is now")
        return edit_unit(unit=unit, author=world.fay, source=body, version=2)

    def accept():
        return accept_suggestion(by=world.alice, suggestion=suggestion, version=1)

    at_once(accept, *[lambda n=n: write(n) for n in range(8)])
    now = Unit.objects.get(pk=unit.pk)
    expected = [f"Paragraph {n} as it is now." for n in range(8)] + ["Paragraph 8 as Bo would have it."]
    assert now.source.split("\n\n") == expected
    assert sorted(now.revisions.values_list("number", flat=True)) == list(range(1, 12))
