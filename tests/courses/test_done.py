"""By what a unit is done: a rule that its author sets, and the reader's word, which comes before it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import mark_done, mark_undone, set_done_when
from courses.models import Unit, UnitReading, outline_of
from discussions.actions import delete_post
from discussions.models import Thread
from tests.factories import a_cohort, a_post, a_prompt, place_of

RULES = Unit.DoneWhen


def read(world, *, community=None, person=None):
    places = world.unit.places.filter(community=community or world.community)
    UnitReading.objects.create(person=person or world.bo, unit_place=places.get(), read_at=timezone.now())


def answer(world, person=None):
    return a_post(Thread.objects.in_text().get(place=world.place), author=person or world.bo)


def done_by(world, person=None):
    membership = world.community.membership_of(person or world.bo)
    return [unit.done_by for unit in outline_of(membership).units]


@pytest.mark.parametrize(
    ("rule", "deeds", "is_done"),
    [
        (RULES.SAID, "read answer", False),
        (RULES.READ, "", False),
        (RULES.READ, "answer", False),
        (RULES.READ, "read", True),
        (RULES.ANSWERED, "read", False),
        (RULES.ANSWERED, "answer", True),
        (RULES.BOTH, "read", False),
        (RULES.BOTH, "answer", False),
        (RULES.BOTH, "read answer", True),
    ],
)
def test_a_unit_is_done_by_its_rule(world, rule, deeds, is_done):
    for deed in deeds.split():
        {"read": read, "answer": answer}[deed](world)
    set_done_when(world.unit, rule)
    assert done_by(world) == [rule if is_done else "", "", ""]
    assert done_by(world, world.fay) == ["", "", ""]


def test_ones_own_word_comes_before_the_rule(world):
    set_done_when(world.unit, RULES.READ)
    mark_done(world.bo, world.unit)
    assert done_by(world)[0] == RULES.SAID
    read(world)
    mark_undone(world.bo, world.unit)
    assert done_by(world)[0] == ""
    mark_done(world.bo, world.unit)
    assert done_by(world)[0] == RULES.SAID


def test_what_begins_a_prompt_and_what_was_removed_is_no_answer(world):
    set_done_when(world.unit, RULES.ANSWERED)
    a_prompt(world.place, asker=world.fay)
    assert done_by(world, world.fay)[0] == ""
    post = answer(world)
    delete_post(by=world.bo, post=post)
    assert done_by(world)[0] == ""


def test_what_somebody_read_with_another_cohort_counts_here(world):
    set_done_when(world.unit, RULES.READ)
    egret = a_cohort(world.course, members=(world.bo,))
    read(world, community=egret.community)
    assert done_by(world)[0] == RULES.READ
    assert place_of(world.unit, egret.community) != world.place


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RULES.SAID, "Only you see this."),
        (RULES.READ, "Or read it to its end."),
        (RULES.ANSWERED, "Or answer a prompt in it."),
        (RULES.BOTH, "Or read it to its end and answer a prompt in it."),
    ],
)
def test_the_unit_says_by_what_it_is_done(world, client_of, rule, words):
    set_done_when(world.unit, rule)
    assert words in client_of(world.bo).get(world.place.path).content.decode()


def test_an_author_sets_the_rule_beside_the_text(world, client_of):
    url = reverse("unit_done_when", args=[world.course.slug, world.unit.slug])
    edit = reverse("edit_unit", args=[world.course.slug, world.unit.slug])
    client = client_of(world.fay)
    assert client.post(url, {"done_when": "both"}).url == edit
    world.unit.refresh_from_db()
    assert (world.unit.done_when, world.unit.version) == (RULES.BOTH, 1)
    assert "Done when they have read it and answered a prompt of it, or say so" in client.get(edit).content.decode()
    assert '<option value="both" selected>' in client.get(url).content.decode()
    assert client.post(url, {"done_when": "never"}).status_code == 422
    world.unit.refresh_from_db()
    assert world.unit.done_when == RULES.BOTH
