"""One post that concerns many people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import HiddenPerson, User
from community.models import Membership
from notifications.actions import fan_out, follow
from notifications.actions.fanning import ROWS_AT_ONCE
from notifications.models import Delivery, Event, Following, Level, Notification
from tests.factories import a_community, a_member, a_post, a_thread, commons_of

pytestmark = pytest.mark.django_db


def many_members(community, count, start=0):
    numbers = range(start, start + count)
    people = [User(name=f"Many {n}", handle=f"many_{n}", email=f"many_{n}@example.org") for n in numbers]
    people = User.objects.bulk_create(people)
    Membership.objects.bulk_create([Membership(community=community, user=person) for person in people])
    return people


def follow_all(people, subject, level=Level.ALL):
    Following.objects.bulk_create([Following(person=person, subject=subject, level=level) for person in people])


def queries_of_telling():
    event = Event.objects.order_by("pk").last()
    with CaptureQueriesContext(connection) as queries:
        told = fan_out(event.pk)
    return told, len(queries)


@pytest.mark.once
def test_a_thousand_followers_take_as_many_queries_as_ten_but_for_whole_batches():
    community = a_community()
    thread, author = a_thread(commons_of(community)), a_member(community)
    many = many_members(community, 10)
    follow_all(many, community)
    a_post(thread, author=author)
    told, few = queries_of_telling()
    assert told == 11  # and who began it
    more = many_members(community, 990, start=10)
    follow_all(more, community)
    a_post(thread, author=author)
    told, queries = queries_of_telling()
    assert told == 1_001
    per_batch = connection.ops.bulk_batch_size(Notification._meta.concrete_fields, [None] * ROWS_AT_ONCE)
    assert queries - few <= 2 * (1_001 // min(per_batch, ROWS_AT_ONCE) + 8)
    assert Delivery.objects.count() == 1_001


@pytest.mark.once
def test_among_many_each_ones_level_block_and_membership_still_counts(monkeypatch):
    monkeypatch.setattr("notifications.actions.fanning.MANY", 5)
    monkeypatch.setattr("notifications.models.level.MANY", 5)
    community, other = a_community(), a_community()
    thread, author = a_thread(commons_of(community)), a_member(community)
    many = many_members(community, 12)
    follow_all(many, community)
    follow(person=many[0], subjects=[thread], level=Level.MUTED)
    HiddenPerson.objects.create(person=many[1], hidden=author)
    community.memberships.filter(user=many[2]).update(left_at=thread.created_at)
    User.objects.filter(pk=many[3].pk).update(is_active=False)
    stranger = a_member(other)
    follow(person=stranger, subjects=[community], level=Level.ALL)
    a_post(thread, author=author)
    told, _ = queries_of_telling()
    heard = set(Notification.objects.values_list("person", flat=True))
    assert heard - {thread.created_by_id} == {person.pk for person in many[4:]}
    assert told == len(heard)
