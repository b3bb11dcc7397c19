"""What tells of something is read by opening the thing itself, whatever that is."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.models import JoinRequest, Move
from courses.models import EndNotice, Graduation, Shift, ThingNomination
from discussions.actions import edit_post, flag_post
from discussions.models import CareEntry, Flag, Nomination, PostRevision, SummaryRevision, TopicSeries, Turn
from notifications import tasks
from notifications.models import Event, Notification
from resources.models import Curator
from tests import factories as make

pytestmark = pytest.mark.django_db
IN_FRONT = {"Post": "is read on the screen, by discussions.actions.read_posts", "Collection": "tells nobody"}


def things(world):
    """One of each kind that people are told of, and who reads it."""
    community, cohort, by = world.community, world.cohort, world.alice
    post = make.a_post(make.a_thread(world.place, author=by), author=world.bo)
    edit_post(author=world.bo, post=post, body="@al: look.", version=1)
    yield PostRevision.objects.get(post=post), world.al
    yield SummaryRevision.objects.get(summary=make.a_summary(post.thread, by=world.fay)), world.bo
    flag_post(by=world.al, post=post, why=Flag.Why.OTHER, words="")
    yield Flag.objects.get(), world.fay
    made = {"community": community, "by": by, "person": world.bo}
    yield CareEntry.objects.create(act=CareEntry.Act.WARN, post=post, **made), world.bo
    yield Nomination.objects.create(thread=post.thread, by=by), world.bo
    sharing = make.a_sharing(world.place, sharer=by)
    yield sharing, world.bo
    yield ThingNomination.objects.create(resource=sharing.resource, by=by), world.bo
    monday = timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday())
    yield Turn.objects.create(community=community, week=monday, person=world.bo), world.bo
    series = {"place": world.commons, "time_zone": "UTC", "starts_on": monday, "set_by": by}
    yield TopicSeries.objects.create(**series), world.alice
    yield JoinRequest.objects.create(community=community, person=world.cy), world.alice
    admitted = {"admitted_at": timezone.now(), "decided_by": by}
    yield JoinRequest.objects.create(community=community, person=world.bo, **admitted), world.bo
    yield community.membership_of(world.bo), world.bo
    yield Move.objects.create(source=world.other, target=community, by=by), world.bo
    yield EndNotice.objects.create(cohort=cohort, ends_on=monday, days_before=3), world.bo
    yield Graduation.objects.create(cohort=cohort, undone_at=timezone.now(), undone_by=by), world.bo
    yield Shift.objects.create(cohort=cohort, by=by, count=2, key="5b2d9f0a-9b0e-4d7e-8a51-0e9f6f4c3a10"), world.bo
    yield make.a_suggestion(world.unit, by=world.bo, community=community), world.bo
    curator = {"collection": make.a_collection(world.commons, by=by), "invited_by": by}
    yield Curator.objects.create(person=world.bo, **curator), world.bo
    page = make.a_wiki_page(world.place, author=by)
    yield page.revisions.get(), world.bo


def told(target, *people, place):
    """Tell these people of `target`, all alone."""
    Notification.objects.all().delete()
    event = Event.objects.create(verb=Event.Verb.DECIDED, actor=people[0], place=place, target=target)
    for person in people:
        Notification.objects.create(person=person, event=event, reason="care")


def unread(person):
    return Notification.objects.of(person).unread().count()


def test_visiting_a_thing_marks_what_told_of_it_and_only_for_who_visits(world, client_of):
    seen, left = set(), []
    for target, reader in things(world):
        told(target, reader, world.cy, place=world.commons)
        seen.add(type(target).__name__)
        response = client_of(reader).get(target.get_absolute_url(), follow=True)
        if response.status_code != 200 or unread(reader) or unread(world.cy) != 1:
            left.append((target, response.status_code))
    assert left == []
    kinds = {model.__name__ for model in apps.get_models() if hasattr(model, "audience")}
    assert kinds == seen | IN_FRONT.keys()


def test_the_page_of_a_thing_says_at_once_that_nothing_is_new(world, client_of):
    sharing = make.a_sharing(world.place, sharer=world.alice)
    told(sharing, world.bo, place=world.commons)
    html = client_of(world.bo).get(sharing.resource.get_absolute_url()).content.decode()
    assert 'data-bell="0-0"' in html


def test_a_wiki_page_reads_what_told_of_all_its_versions(world, client_of):
    page = make.a_wiki_page(world.place, author=world.alice)
    told(page.revisions.get(), world.bo, place=world.commons)
    client_of(world.bo).get(page.get_absolute_url())
    assert unread(world.bo) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda client, url: client.head(url),
        lambda client, url: client.get(url, headers={"Sec-Purpose": "prefetch;prerender"}),
        lambda client, url: client.get(url.replace("/r/", "/r/9")),
    ],
    ids=["only its head", "ahead of a click", "another one"],
)
def test_what_nobody_looks_at_stays_unread(world, client_of, ask):
    sharing = make.a_sharing(world.place, sharer=world.alice)
    told(sharing, world.bo, place=world.commons)
    ask(client_of(world.bo), sharing.resource.get_absolute_url())
    assert unread(world.bo) == 1


def test_a_page_asks_nothing_more_where_nothing_is_unread_and_one_thing_where_something_is(world, client_of):
    client, url = client_of(world.bo), make.a_resource(world.place, sharer=world.alice).get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as quiet:
        client.get(url)
    make.a_post(make.a_thread(world.place, author=world.bo), author=world.fay)
    tasks.sweep()
    with CaptureQueriesContext(connection) as unread_elsewhere:
        client.get(url)
    assert len(unread_elsewhere) == len(quiet) + 1
