"""Moving people between cohorts."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import join, run_job
from community.models import AuditEntry, Job, Membership, Move
from courses.actions import mark_done, move_people, moving
from courses.models import UnitProgress
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_cohort, a_member, a_person, a_thread

pytestmark = pytest.mark.django_db
ROLES = Membership.Role


@pytest.fixture
def egret(world):
    return a_cohort(world.course, host=world.alice, title="Egret").community


@pytest.fixture
def move(world, egret):
    def moved(*people, by=None, key=None, everybody=False, target=egret):
        ids = [world.community.membership_of(person).pk for person in people]
        of = {"by": by or world.alice, "source": world.community, "target": target}
        return move_people(**of, memberships=None if everybody else ids, key=key or uuid4(), path="/there/")

    return moved


def role_of(community, person):
    membership = community.membership_of(person)
    return membership and membership.role


def test_they_are_there_instead_and_hear_of_it(world, egret, move, client_of):
    mark_done(user=world.bo, unit=world.unit)
    thread = a_thread(world.place, author=world.bo, title="What Bo wrote", body="Bo's words.")
    moved = move(world.bo)
    assert (role_of(world.community, world.bo), role_of(egret, world.bo)) == (None, ROLES.MEMBER)
    bo = client_of(world.bo)
    assert bo.get(thread.get_absolute_url()).status_code == 404
    assert "What Bo wrote" in bo.get("/words/").content.decode()
    assert UnitProgress.objects.of(world.bo, world.course).exists()
    fan_out(Event.objects.get(verb=Event.Verb.ADMITTED).pk)
    assert Notification.objects.get(person=world.bo).event.target == moved
    assert "Egret" in bo.get("/notifications/").content.decode()
    entry = AuditEntry.objects.of(world.community).newest_first().first()
    assert (entry.act, entry.details) == ("moved", {"people": 1, "to": egret.slug})


def test_who_is_there_already_only_leaves_and_keeps_the_higher_role(world, egret, move):
    join(egret, world.bo, role=ROLES.FACILITATOR)
    move(world.bo)
    assert (role_of(world.community, world.bo), role_of(egret, world.bo)) == (None, ROLES.FACILITATOR)
    assert egret.memberships.filter(user=world.bo).count() == 1


def test_a_known_member_is_no_new_one_there(world, egret, move):
    old, new = a_member(world.community), a_member(world.community)
    world.community.memberships.filter(user=old).update(joined_at=timezone.now() - timezone.timedelta(days=9))
    move(old, new)
    assert [egret.membership_of(person).is_new for person in (old, new)] == [False, True]


def test_the_last_host_stays(world, egret, move):
    moved = move(world.alice, world.bo)
    assert role_of(world.community, world.alice) == ROLES.HOST
    assert (moved.stayed, list(moved.people.all())) == (1, [world.bo])


def test_nobody_moves_people_by_rights_they_do_not_have_in_both(world, egret, move):
    hal = a_member(world.community, role=ROLES.HOST)
    moved = move(world.bo, by=hal)
    assert moved.stayed == 1
    assert role_of(world.community, world.bo) == ROLES.MEMBER
    assert role_of(egret, world.bo) is None


def test_a_move_that_nobody_may_do_any_more_comes_to_its_end(world, egret, move, monkeypatch):
    monkeypatch.setattr(moving, "AT_ONCE", 2)
    a_member(world.community)
    moved = move(everybody=True, by=a_member(world.community, role=ROLES.HOST))
    run_job(moved.job.pk)
    moved.refresh_from_db()
    assert (moved.people.count(), moved.stayed, moved.finished_at is not None) == (0, 3, True)


def test_done_twice_it_is_done_once(world, egret, move):
    key, fay = uuid4(), world.fay
    assert move(world.bo, key=key) == move(fay, key=key)
    assert role_of(world.community, fay) == ROLES.FACILITATOR
    assert Move.objects.count() == 1


def test_many_are_moved_part_by_part_and_it_goes_on_where_a_worker_died(world, egret, move, monkeypatch):
    monkeypatch.setattr(moving, "AT_ONCE", 2)
    people = [a_member(world.community) for _ in range(4)]
    moved = move(everybody=True)
    job = Job.objects.get()
    assert (job.total, moved.job, moved.finished_at) == (6, job, None)  # with Bo and Al; Gus is none of this world's
    one, calls = moving.move_one, []

    def dying(*args):
        calls.append(1)
        if len(calls) == 4:
            raise OSError("The machine is gone.")
        return one(*args)

    monkeypatch.setattr(moving, "move_one", dying)
    with pytest.raises(OSError, match="gone"):
        run_job(job.pk)
    assert Job.objects.get().done == 2
    run_job(job.pk)
    run_job(job.pk)
    assert all(role_of(egret, person) for person in (*people, world.bo))
    assert role_of(world.community, world.fay) == ROLES.FACILITATOR, "guides stay"
    assert Event.objects.filter(verb=Event.Verb.ADMITTED).count() == 1
    moved.refresh_from_db()
    assert (moved.people.count(), moved.finished_at is not None) == (6, True)


def test_an_admin_ticks_people_and_says_where_they_are_to_be(world, egret, client_of):
    alice, url = client_of(world.alice), reverse("move_to_cohort", args=[world.community.slug])
    page = alice.get(url).content.decode()
    assert "Egret" in page
    asked = {"people": world.community.membership_of(world.bo).pk, "key": uuid4(), "target": egret.cohort.pk}
    assert "Tick who shall go." in alice.post(url, {**asked, "people": ""}).content.decode()
    assert "1 person is in Egret now." in alice.post(url, asked, follow=True).content.decode()
    assert "They are not here any more." in alice.post(url, {**asked, "key": uuid4()}).content.decode()
    theirs = a_cohort(world.course, host=a_person())
    client = client_of(a_member(world.community, role=ROLES.HOST))
    assert client.post(url, {**asked, "key": uuid4(), "target": theirs.pk}).status_code == 422, "not theirs to fill"
