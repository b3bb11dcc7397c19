"""The outline beside a unit shows each reader theirs, whatever of it differs."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.template import Context, engines
from django.utils import timezone

from courses.models import Outline, outline_of
from courses.templatetags.outlined import outline_beside
from pieces import PIECES

OTHER = {"opens_at": timezone.now() + timedelta(days=40), "is_open": False, "is_current": False, "done_by": "said"}
SHOWN = {"title", "path", "post_count", "new_count", "opens_at", "is_open", "done_by", "is_current", "section"}


@pytest.fixture
def draw(world, rf):
    request = rf.get("/")
    request.is_being_kept = True

    def drawn(outline, *, alone=False):
        if alone:
            PIECES.clear()
        around = {"user": world.bo, "guides": {}, "may_write": True, "community": world.community, "place": world.place}
        context = Context({"request": request, **around})
        with context.bind_template(engines["django"].from_string("").template):
            return outline_beside(context, outline)

    return drawn


@pytest.fixture
def outline(world):
    def made() -> Outline:
        found = outline_of(world.community.membership_of(world.bo), current=world.units[0])
        for unit in found.units:
            unit.post_count = unit.new_count = 3
        return found

    return made


@pytest.mark.once
def test_what_differs_is_drawn_anew(outline, draw):
    changed = set()
    for field in fields(outline().units[0]):
        first, other = outline(), outline()
        first.units[0].is_open = other.units[0].is_open = field.name != "opens_at"
        before, value = draw(first, alone=True), getattr(other.units[0], field.name)
        new = OTHER.get(field.name, value + 1 if isinstance(value, int) else f"{value}-other")
        setattr(other.units[0], field.name, new)
        after = draw(other)
        assert after == draw(other, alone=True), field.name
        changed |= {field.name} if after != before else set()
    assert changed == SHOWN, "or the test would prove nothing"


@pytest.mark.once
@pytest.mark.parametrize("name", ["course_title", "course_slug"])
def test_the_course_is_the_one_it_is(outline, draw, name):
    before, other = draw(outline(), alone=True), outline()
    setattr(other, name, "another")
    assert draw(other) == draw(other, alone=True) != before


@pytest.mark.once
def test_it_is_drawn_once(outline, draw):
    draw(outline(), alone=True)
    held = len(PIECES)
    draw(outline())
    assert len(PIECES) == held == 1
