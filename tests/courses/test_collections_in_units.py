"""A unit shows a collection, to each reader as they see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.actions import join
from courses.actions import edit_unit
from courses.models import Unit
from markup import RENDERER_VERSION, Profile, collections_in, render
from resources.models import CollectionItem
from tests.factories import a_collection, a_resource

pytestmark = pytest.mark.django_db


def lay(world, *lines):
    unit = Unit.objects.get(pk=world.unit.pk)
    text = "\n\n".join([unit.source.partition("\n\n")[0], *lines, "The end."])
    edit_unit(unit=unit, author=world.alice, source=text, version=unit.version)


@pytest.fixture
def laid(world):
    """Fay's collection for the cohort, in the unit: one thing that all see, and one that only Fay does."""
    join(world.other, world.fay)
    beyond = a_resource(world.other.places.commons().get(), sharer=world.cy, title="canary-beyond")
    study = a_resource(world.place, sharer=world.fay, title="A field study")
    made = a_collection(world.commons, beyond, study, by=world.fay, title="For new hosts")
    lay(world, f"::collection{{{made.pk}}}")
    return made


def read(client, world):
    return client.get(world.place.path).content.decode()


def test_each_reader_finds_what_they_see_of_it_where_the_text_names_it(world, client_of, laid):
    page = read(client_of(world.bo), world)
    text = page[page.index("Most members of a community") : page.index("The end.")]
    assert "For new hosts" in text
    assert "A field study" in text
    assert "About it, number" in text
    assert "canary" not in page
    assert "canary-beyond" in read(client_of(world.fay), world)


def test_of_one_that_the_reader_may_not_see_there_is_nothing(world, client_of, laid):
    private = a_collection(None, a_resource(world.place, sharer=world.fay), by=world.alice, title="canary-private")
    lay(world, f"::collection{{{private.pk}}}", "::collection{999999}")
    page = read(client_of(world.bo), world)
    assert "canary" not in page
    assert "/collections/" not in page[page.index("Most members") : page.index("The end.")]
    assert "canary-private" in read(client_of(world.alice), world)


def test_one_in_which_a_reader_sees_nothing_leaves_no_trace(world, client_of, laid):
    CollectionItem.objects.filter(kind="resource", collection=laid).exclude(position=1).delete()
    assert "For new hosts" not in read(client_of(world.bo), world).partition("The end.")[0]


@pytest.mark.usefixtures("made_anew")
def test_a_unit_without_one_asks_no_query_for_it_and_one_with_it_two(world, client_of):
    def asked():
        client.get(world.place.path)
        with CaptureQueriesContext(connection) as captured:
            client.get(world.place.path)
        return len(captured)

    client = client_of(world.bo)
    things = [a_resource(world.place, sharer=world.fay) for _ in range(3)]
    made = [a_collection(world.commons, *things, by=world.fay) for _ in range(2)]
    lay(world)
    before = asked()
    lay(world, *(f"::collection{{{one.pk}}}" for one in made))
    assert asked() == before + 2


@pytest.mark.once
def test_it_is_words_where_it_is_no_unit_and_after_the_fifth():
    assert "::collection{7}" in render("::collection{7}", Profile.POST).html
    assert collections_in(render("::collection{7}", Profile.WIKI).html) == []
    many = render("\n\n".join(f"::collection{{{n}}}" for n in range(1, 8)), Profile.UNIT)
    assert collections_in(many.html) == [1, 2, 3, 4, 5]
    assert "::collection{6}" in many.html
    assert many.version == RENDERER_VERSION


ODD = ["::collection{0}", "::collection{x}", "::collection{-1}", "::collection{1} and", "a ::collection{1}"]


@pytest.mark.once
@pytest.mark.parametrize("line", ODD)
def test_what_is_no_number_or_not_alone_is_words(line):
    assert collections_in(render(line, Profile.UNIT).html) == []
