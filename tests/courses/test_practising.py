"""The standing community of a course, which the people of its cohorts join when these end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.models import AuditEntry, Membership
from courses.actions import NotToBeJoined, set_end, set_practice, turn_season
from courses.models import Course
from tests.factories import a_cohort, a_community, a_member


def choose(client, community):
    return client.post(reverse("course_practice", args=["learning-together"]), {"practice": community.pk})


@pytest.fixture
def guild(world):
    return a_community("Guild", host=world.alice)


def test_an_admin_chooses_it_and_a_cohorts_host_says_that_its_people_join_it(world, client_of, guild):
    hal = client_of(a_member(world.community, role=Membership.Role.HOST))
    season = reverse("season", args=["heron"])
    assert "joins_practice" not in hal.get(season).content.decode()
    assert choose(client_of(world.alice), guild).status_code == 302
    assert AuditEntry.objects.get(act="practice").details == {"community": guild.slug}
    assert "Its people join Guild" in hal.get(season).content.decode()
    day = timezone.localdate() + timedelta(days=20)
    hal.post(reverse("set_end", args=["heron"]), {"ends_on": day, "joins_practice": "on"})
    assert "Its people join Guild, as members." in hal.get(season).content.decode()
    turn_season(cohort=world.cohort, by=world.alice)
    assert guild.membership_of(world.bo).role == Membership.Role.ALUM
    assert "We go on in" in client_of(world.bo).get("/c/heron/").content.decode()
    assert client_of(world.bo).get(f"/c/{guild.slug}/").status_code == 200


def test_a_cohort_of_the_course_that_has_ended_can_be_it(world, client_of):
    ended = a_cohort(world.course, host=world.fay, title="Egret")
    turn_season(cohort=ended, by=world.fay)
    choose(client_of(world.alice), ended.community)
    assert Course.objects.get(pk=world.course.pk).practice == ended.community


def test_nobody_lets_people_into_a_community_that_is_not_theirs(world, client_of):
    assert choose(client_of(world.alice), world.other).status_code == 422
    for who in (world.alice, world.fay):
        with pytest.raises(NotToBeJoined):
            set_practice(by=who, course=world.course, community=world.other)
    assert choose(client_of(world.fay), world.other).status_code == 403


def test_an_archived_one_takes_nobody_in(world, guild):
    set_practice(by=world.alice, course=world.course, community=guild)
    set_end(cohort=world.cohort, by=world.alice, ends_on=None, joins_practice=True)
    guild.archived_at = timezone.now()
    guild.save(update_fields=["archived_at"])
    world.cohort.course.refresh_from_db()
    assert turn_season(cohort=world.cohort, by=world.alice).into is None
    assert guild.membership_of(world.bo) is None
