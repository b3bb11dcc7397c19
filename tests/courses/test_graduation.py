"""A cohort's season turns in place: same address, people and words; and it can be turned back without loss."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import join, pause_writing, remove_member, run_job
from community.models import AuditEntry, Community, Job, Membership, Place
from courses.actions import StillTurning, graduating, move_date, turn_season, undo_turn
from courses.actions.dating import make_dates
from courses.models import Graduate, Graduation
from discussions.actions import start_weekly_series
from discussions.models import TopicSeries
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_cohort, a_community, a_member, a_person, a_post, a_thread, commons_of, place_of


@pytest.fixture
def cohort(world):
    """One that has not opened its units yet, with Bo as learner and Fay as facilitator; Alice hosts."""
    cohort = a_cohort(world.course, host=world.alice, members=(world.bo,), days_ago=-3, title="Egret")
    join(cohort.community, world.fay, role=Membership.Role.FACILITATOR)
    return cohort


def role(community, person):
    membership = community.membership_of(person)
    return membership and membership.role


def season(community):
    return Community.objects.get(pk=community.pk).season


def act(client, name, community, **words):
    return client.post(reverse(name, args=[community.slug]), words)


def test_it_goes_on_in_place_and_learners_are_alumni(world, client_of, cohort):
    community, place = cohort.community, place_of(world.unit, cohort.community)
    thread = a_thread(commons_of(community), author=world.bo, title="Goes on")
    bo = client_of(world.bo)
    assert bo.get(place.path).status_code == 404, "not open yet"
    turn_season(cohort=cohort, by=world.alice)
    assert season(community) == "practice"
    assert [role(community, one) for one in (world.bo, world.fay, world.alice)] == ["alum", "facilitator", "host"]
    assert bo.get(place.path).status_code == 200
    assert "Goes on" in bo.get(community.get_absolute_url()).content.decode()
    assert a_post(thread, author=world.bo).thread == thread
    assert AuditEntry.objects.get(act="graduated").community == community


def test_undoing_it_is_as_if_it_had_not_been_and_loses_no_word(world, cohort):
    community, place = cohort.community, place_of(world.unit, cohort.community)
    other = place_of(world.units[1], community)
    opened, places = place.opens_at, set(community.places.values_list("pk", "opens_at"))
    turn_season(cohort=cohort, by=world.alice)
    late = a_member(community, "Late")
    said = a_thread(place, author=world.bo, title="Said meanwhile")
    undo_turn(cohort=cohort, by=world.alice)
    assert season(community) == "cohort"
    assert [role(community, one) for one in (world.bo, world.fay, world.alice)] == ["member", "facilitator", "host"]
    assert role(community, late) == "member"
    assert not Graduate.objects.exists()
    now = set(community.places.values_list("pk", "opens_at"))
    assert {pk for pk, at in places ^ now if at} == {place.pk}, "where Bo has written it stays open"
    assert Place.objects.get(pk=other.pk).opens_at == opened
    assert said.place.accepts_words_from(world.bo)
    assert AuditEntry.objects.get(act="undone").by == world.alice


def test_the_schedule_gives_way_to_a_topic_each_week_and_undoing_lets_it_rest(world, cohort):
    turn_season(cohort=cohort, by=world.alice)
    series = TopicSeries.objects.get(place=commons_of(cohort.community))
    assert (series.time_zone, series.rhythm, series.rests) == ("UTC", "weekly", False)
    undo_turn(cohort=cohort, by=world.alice)
    series.refresh_from_db()
    assert series.rests


def test_topics_that_open_by_themselves_already_are_left_as_they_are(world, cohort):
    start_weekly_series(cohort.community, world.alice, time_zone="Asia/Tokyo")
    turn_season(cohort=cohort, by=world.alice)
    undo_turn(cohort=cohort, by=world.alice)
    series = TopicSeries.objects.get()
    assert (series.time_zone, series.rests) == ("Asia/Tokyo", False)


def test_a_second_call_turns_nothing_and_tells_nobody_again(world, cohort):
    first = turn_season(cohort=cohort, by=world.alice)
    assert turn_season(cohort=cohort, by=world.alice) == first
    assert Event.objects.filter(verb="graduated").count() == 1


def test_everybody_hears_of_it(world, cohort, client_of):
    turn_season(cohort=cohort, by=world.alice)
    fan_out(Event.objects.get(verb="graduated").pk)
    told = Notification.objects.filter(event__verb="graduated")
    assert {one.person for one in told} == {world.bo, world.fay}
    page = client_of(world.bo).get("/notifications/").content.decode()
    assert "Egret goes on as a community of practice" in page
    undo_turn(cohort=cohort, by=world.alice)
    assert "Egret is a cohort again" in client_of(world.bo).get("/notifications/").content.decode()


def test_it_turns_again_after_an_undoing(world, cohort):
    turn_season(cohort=cohort, by=world.alice)
    undo_turn(cohort=cohort, by=world.alice)
    turn_season(cohort=cohort, by=world.alice)
    assert role(cohort.community, world.bo) == "alum"
    assert Graduation.objects.filter(undone_at=None).count() == 1


def test_who_came_after_it_and_who_has_another_role_by_then_stays_as_they_are(world, cohort):
    community, gus = cohort.community, a_member(cohort.community, role=Membership.Role.GUEST)
    turn_season(cohort=cohort, by=world.alice)
    assert role(community, gus) == "guest"
    community.memberships.filter(user=world.bo).update(role=Membership.Role.FACILITATOR)
    undo_turn(cohort=cohort, by=world.alice)
    assert role(community, world.bo) == "facilitator"


def test_with_many_people_a_job_goes_on_and_an_undoing_meanwhile_brings_all_back(world, cohort, monkeypatch):
    monkeypatch.setattr(graduating, "PEOPLE_AT_ONCE", 2)
    community, people = cohort.community, [a_member(cohort.community) for _ in range(4)]
    graduation = turn_season(cohort=cohort, by=world.alice)
    job = Job.objects.get()
    assert (graduation.is_settled, job.total) == (False, 3)
    assert community.memberships.filter(role="alum").count() == 2
    undo_turn(cohort=cohort, by=world.alice)
    with pytest.raises(StillTurning):
        turn_season(cohort=cohort, by=world.alice)
    for one in Job.objects.all():
        run_job(one.pk)
    assert {role(community, one) for one in [*people, world.bo]} == {"member"}
    turn_season(cohort=cohort, by=world.alice)
    late = a_member(community)
    run_job(Job.objects.latest("pk").pk)
    assert {role(community, one) for one in [*people, world.bo]} == {"alum"}
    assert role(community, late) == "member", "who comes after it has taken no course here"
    assert Job.objects.latest("pk").done == 3


@pytest.fixture
def practice(world, cohort):
    """The course's standing community, which this cohort's people join."""
    practice = a_community("Guild", host=world.al)
    cohort.course.practice = practice
    cohort.course.save(update_fields=["practice"])
    cohort.joins_practice = True
    cohort.save(update_fields=["joins_practice"])
    return practice


def test_its_people_join_the_standing_community_and_none_with_more_than_a_member_has(world, cohort, practice):
    turn_season(cohort=cohort, by=world.alice)
    people = (world.bo, world.fay, world.alice, world.al)
    assert [role(practice, one) for one in people] == ["alum", "member", "member", "host"]
    assert role(cohort.community, world.bo) == "alum", "and the way back stays open"


def test_who_has_left_the_standing_community_is_not_brought_back_and_a_pause_goes_along(world, cohort, practice):
    remove_member(join(practice, world.bo))
    until = timezone.now() + timedelta(days=2)
    pause_writing(cohort.community.membership_of(world.fay), until=until, why="It was loud.")
    turn_season(cohort=cohort, by=world.alice)
    assert role(practice, world.bo) is None
    assert practice.membership_of(world.fay).is_paused


def test_undoing_takes_those_out_again_who_took_no_part_there(world, cohort, practice):
    before = join(practice, a_person())
    turn_season(cohort=cohort, by=world.alice)
    a_thread(commons_of(practice), author=world.bo)
    undo_turn(cohort=cohort, by=world.alice)
    assert [role(practice, one) for one in (world.bo, world.fay, world.al)] == ["alum", None, "host"]
    assert practice.membership_of(before.user) == before
    turn_season(cohort=cohort, by=world.alice)
    assert role(practice, world.fay) == "member", "an undoing is no leaving"


def test_a_standing_community_that_is_none_any_more_leaves_them_where_they_are(world, cohort, practice):
    cohort.course.practice = None
    cohort.course.save(update_fields=["practice"])
    assert turn_season(cohort=cohort, by=world.alice).into is None
    assert role(practice, world.bo) is None


def test_the_page_turns_it_and_turns_it_back(world, client_of):
    hal = client_of(a_member(world.community, role=Membership.Role.HOST))
    page = hal.get(reverse("season", args=[world.community.slug])).content.decode()
    assert "1 learner becomes an alum" in page
    key = uuid.uuid4()
    for _ in range(2):
        assert act(hal, "turn_season", world.community, key=key).status_code == 302
    assert (season(world.community), Graduation.objects.count()) == ("practice", 1)
    assert "Make it a cohort again" in hal.get(reverse("season", args=[world.community.slug])).content.decode()
    act(hal, "undo_turn", world.community)
    assert season(world.community) == "cohort"
    again = act(hal, "undo_turn", world.community)
    assert "nothing to undo" in hal.get(again.url).content.decode()


def test_the_old_form_of_one_who_undid_it_turns_nothing(world, client_of):
    alice, key = client_of(world.alice), uuid.uuid4()
    act(alice, "turn_season", world.community, key=key)
    act(alice, "undo_turn", world.community)
    again = act(alice, "turn_season", world.community, key=key)
    assert season(world.community) == "cohort"
    assert "undone since" in alice.get(again.url).content.decode()


@pytest.mark.parametrize("who", ["bo", "fay", "al"])
def test_it_is_for_hosts_and_admins(world, client_of, who):
    client = client_of(getattr(world, who))
    for name in ("turn_season", "undo_turn", "set_end"):
        assert act(client, name, world.community, key=uuid.uuid4()).status_code == 404
    assert season(world.community) == "cohort"


def test_dates_that_are_moved_afterwards_close_nothing(world, cohort):
    place = place_of(world.unit, cohort.community)
    step = world.course.steps.create(kind="unit", unit=world.unit, week=2, weekday=0, time="09:00")
    make_dates(cohort)
    assert Place.objects.get(pk=place.pk).opens_at > timezone.now()
    turn_season(cohort=cohort, by=world.alice)
    date = cohort.dates.get(step=step)
    move_date(by=world.alice, date=date, day=date.day + timedelta(days=1), at=date.time, key=uuid.uuid4())
    assert Place.objects.get(pk=place.pk).opens_at is None


def test_what_has_been_a_practice_from_the_start_does_not_turn(world, client_of, cohort):
    Community.objects.filter(pk=cohort.community_id).update(season=Community.Season.PRACTICE)
    alice = client_of(world.alice)
    said = act(alice, "turn_season", cohort.community, key=uuid.uuid4())
    page = alice.get(said.url).content.decode()
    assert "There is no last day." in page
    assert reverse("turn_season", args=[cohort.community.slug]) not in page
    assert not Graduation.objects.exists()
    assert role(cohort.community, world.bo) == "member"
