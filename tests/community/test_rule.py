"""The access rule as subqueries whose SQL is made once says the same as the rule itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from community.models import Community, Place, communities_guided_by, communities_of, places_visible_to
from discussions.models import Thread, threads_visible_to
from tests.factories import a_member, a_prompt, a_thread, a_wiki_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(world):
    """Some that are open, one that opens tomorrow, one within it, and one of another community."""
    later = world.cohort.community.places.exclude(pk=world.place.pk).exclude(pk=world.commons.pk).first()
    Place.objects.filter(pk=later.pk).update(opens_at=timezone.now() + timedelta(days=1))
    a_wiki_page(later, author=world.fay)
    for place in (world.place, world.commons, later):
        a_thread(place, author=world.fay)
    a_prompt(world.place, asker=world.fay, opens_at=timezone.now() + timedelta(days=1))
    return later


def seen(user):
    """What one may see, as asked from within other queries."""
    return (
        set(Place.objects.filter(pk__in=places_visible_to(user))),
        set(Thread.objects.filter(pk__in=threads_visible_to(user))),
        set(Community.objects.filter(pk__in=communities_of(user))),
        set(Community.objects.filter(pk__in=communities_guided_by(user))),
    )


def test_everybody_gets_what_is_theirs_whoever_asked_before(world, places):
    for person in [*world.cast.values(), *reversed(world.cast.values())]:
        user = person or AnonymousUser()
        current = [] if person is None else person.memberships.current()
        assert seen(user) == (
            set(Place.objects.visible_to(user)),
            set(Thread.objects.visible_to(user)),
            {membership.community for membership in current},
            {membership.community for membership in current if membership.is_guide},
        )
    assert places in seen(world.fay)[0]
    assert places not in seen(world.bo)[0]
    assert seen(world.ed) == seen(AnonymousUser()) == (set(), set(), set(), set())


def test_the_moment_is_that_of_the_question_and_not_that_of_the_first(world, places):
    before = seen(world.bo)
    Place.objects.filter(pk=places.pk).update(opens_at=timezone.now())
    after = seen(world.bo)
    assert after[0] - before[0] == {places, *places.places_within.all()}
    assert after[1] - before[1] == set(places.threads.all())
    assert Thread.objects.filter(opens_at__gt=timezone.now()).exclude(pk__in=threads_visible_to(world.bo)).exists()


def test_who_was_deactivated_or_left_sees_nothing_at_once(world, places):
    member = a_member(world.community)
    assert seen(member) != (set(), set(), set(), set())
    world.bo.is_active = False
    member.memberships.current().update(left_at=timezone.now())
    assert seen(world.bo) == seen(member) == (set(), set(), set(), set())
