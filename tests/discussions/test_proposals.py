"""Proposed topics: members propose, say “me too” and see what comes next; guides set the times and put some first."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions import keep_draft, pause_writing
from community.models import Draft
from discussions.actions import delete_post
from discussions.models import Thread, TopicSeries
from tests.courses.test_unit_page import queries_of
from tests.factories import a_proposal

COMMUNITY, TOPICS = "/c/heron/", "/c/heron/topics/"
NEW, ALL, SERIES = f"{TOPICS}proposed/new/", f"{TOPICS}proposed/", f"{TOPICS}series/"
HTMX = {"HX-Request": "true"}


def propose(client, **words):
    fields = {"title": "What did you stop doing?", "body": "One thing.", "key": uuid.uuid4(), "slot": ""}
    return client.post(NEW, fields | words)


def proposed(client, url=TOPICS):
    html = client.get(url).content.decode()
    return re.findall(r'<li id="proposal-\d+">.*?class="t"[^>]*>([^<]*)<', html, flags=re.DOTALL)


def address(name, thread):
    return reverse(name, args=["heron", thread.pk])


def test_a_member_proposes_a_topic_and_everybody_finds_it(world, client_of):
    key = uuid.uuid4()
    keep_draft(person=world.bo, slot=f"proposal:{world.commons.pk}:", title="", body="One thing.")
    for _twice in range(2):
        answer = propose(client_of(world.bo), key=key, slot=f"proposal:{world.commons.pk}:")
        assert answer.url == f"{TOPICS}#proposed"
    thread = Thread.objects.proposals().get()
    assert (thread.title, thread.created_by, thread.place) == ("What did you stop doing?", world.bo, world.commons)
    assert not Draft.objects.exists()
    for person in (world.al, world.fay):
        assert proposed(client_of(person)) == proposed(client_of(person), ALL) == ["What did you stop doing?"]
        page = client_of(person).get(COMMUNITY).content.decode()
        assert page.count(thread.get_absolute_url()) == 1  # in what is on, not among the conversations
        assert "One thing." in client_of(person).get(thread.get_absolute_url()).content.decode()


@pytest.mark.once
def test_a_refused_proposal_keeps_its_words(world, client_of):
    bo = client_of(world.bo)
    for words in ({"title": "t" * 201}, {"title": ""}, {"body": " "}):
        answer = propose(bo, **{"title": "To keep", "body": "These words."} | words)
        assert answer.status_code == 422
        assert ("These words." in answer.content.decode()) == (words.get("body") is None)
    pause_writing(world.community.membership_of(world.bo), until=timezone.now() + timedelta(days=1))
    answer = propose(bo, body="These words.")
    assert answer.status_code == 409
    assert "These words." in answer.content.decode()
    assert "paused" in answer.content.decode()


def test_what_most_people_want_comes_first_and_what_a_guide_picks_before_it(world, client_of):
    one, two, three = (a_proposal(world.commons, author=world.bo, title=title) for title in ("One", "Two", "Three"))
    bo, fay = client_of(world.bo), client_of(world.fay)
    for _twice in range(2):
        answer = bo.post(address("vote", two), headers=HTMX)
        assert 'aria-pressed="true"' in answer.content.decode()
    assert two.posts.get().me_too_count == 1
    assert proposed(bo) == ["Two", "One", "Three"]
    assert fay.post(address("pick_topic", three)).url == f"{TOPICS}#proposal-{three.pk}"
    assert fay.post(address("pick_topic", one), headers=HTMX).status_code == 200
    assert bo.post(address("pick_topic", two)).status_code == 403
    assert proposed(bo) == ["Three", "One", "Two"]
    fay.post(address("pick_topic", three), {"take": 1})
    bo.post(address("vote", two), {"take": 1})
    assert proposed(bo) == ["One", "Two", "Three"]


@pytest.mark.once
def test_what_waits_no_more_takes_no_votes(world, client_of):
    thread = a_proposal(world.commons, author=world.bo)
    delete_post(by=world.bo, post=thread.posts.get())
    answer = client_of(world.al).post(address("vote", thread), headers=HTMX)
    assert answer.status_code == 302
    assert thread.posts.get().me_too_count == 0
    assert proposed(client_of(world.al)) == []


def test_a_guide_says_when_topics_open_by_themselves(world, client_of):
    fay, bo = client_of(world.fay), client_of(world.bo)
    starts = timezone.localdate()
    times = {"rhythm": "weekly", "starts_on": str(starts), "at": "09:00", "time_zone": "Europe/Berlin"}
    assert fay.post(SERIES, times | {"time_zone": "Mars/Olympus"}).status_code == 422
    assert fay.post(SERIES, times | {"starts_on": "9999-12-31"}).status_code == 422
    assert fay.post(SERIES, times).url == TOPICS
    series = TopicSeries.objects.get()
    assert series.next_at.astimezone(series.zone).strftime("%H:%M %A") == f"09:00 {starts:%A}"
    for page in (COMMUNITY, TOPICS):
        assert f"Every {starts:%A} at 9" in bo.get(page).content.decode()
    assert SERIES not in bo.get(TOPICS).content.decode()
    assert fay.post(f"{SERIES}rest/").url == TOPICS
    assert "Topics rest" in fay.get(TOPICS).content.decode()
    assert "Every" not in bo.get(TOPICS).content.decode()


def test_many_proposals_cost_no_more_than_few(world, client_of):
    pages = [(client_of(world.bo), url) for url in (COMMUNITY, TOPICS, ALL)] + [(client_of(world.fay), COMMUNITY)]
    a_proposal(world.commons, author=world.al)
    for client, url in pages:
        client.get(url)  # what is asked once for a process, as the ids of content types are
    few = [queries_of(client, url) for client, url in pages]
    for author in (world.al, world.fay, world.alice, world.al, world.fay, world.alice, world.al):
        a_proposal(world.commons, author=author)
    assert [queries_of(client, url) for client, url in pages] == few
    assert few[3] <= 19
    assert len(proposed(client_of(world.bo))) == 6
    assert len(proposed(client_of(world.bo), ALL)) == 8
