"""What needs those who look after a community, on one page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Community
from discussions.actions import NotTheirs, claim, flag_post, let_rest
from discussions.models import Thread
from tests.announced import an_announcement
from tests.courses.test_unit_page import queries_of
from tests.factories import (
    a_community,
    a_post,
    a_prompt,
    a_proposal,
    a_suggestion,
    a_summary,
    a_thread,
    a_topic,
    commons_of,
)

PAGE, COMMUNITY = "/c/heron/facilitate/", "/c/heron/"


def section(client, name, url=PAGE):
    _, found, rest = client.get(url).content.decode().partition(f'aria-labelledby="{name}"')
    return rest.partition("</section>")[0] if found else ""


def titles(html):
    return re.findall(r'<a class="t"[^>]*>([^<]*)</a>', html)


def said_days_ago(thread, days):
    then = timezone.now() - timedelta(days=days)
    Thread.objects.filter(pk=thread.pk).update(created_at=then, last_post_at=then)
    return thread


def a_question(world, title, days, place=None):
    return said_days_ago(a_thread(place or world.place, author=world.bo, kind="question", title=title), days)


def test_open_questions_stand_by_age_what_nobody_answered_first_and_what_others_took_last(world, client_of):
    old, new = a_question(world, "Old", 9), a_question(world, "New", 1)
    answered = a_question(world, "Answered", 12)
    a_post(answered, author=world.al)
    taken = a_question(world, "Taken", 20, world.commons)
    claim(by=world.alice, thread=taken)
    claim(by=world.fay, thread=new)
    a_question(world, "Elsewhere", 3, commons_of(a_community(host=world.fay, members=(world.bo,))))
    assert titles(section(client_of(world.fay), "questions")) == ["Old", "New", "Answered", "Taken"]
    let_rest(by=world.alice, thread=old, days=1)
    assert titles(section(client_of(world.fay), "questions")) == ["New", "Answered", "Taken"]


def test_what_rests_stands_apart_and_is_gone_from_the_other_lists_of_guides(world, client_of):
    client = client_of(world.fay)
    question = a_question(world, "Later", 9)
    let_rest(by=world.alice, thread=question, days=1)
    assert "1 rests" in section(client, "questions")
    assert titles(client.get(f"{PAGE}?resting=yes").content.decode()) == ["Later"]
    for url in (COMMUNITY, "/"):
        assert not section(client, "open-questions", url)
    let_rest(by=world.alice, thread=question, days=0)
    for url in (COMMUNITY, "/"):
        assert section(client, "open-questions", url)


def test_conversations_gone_quiet_are_those_worth_a_push(world, client_of):
    talked = a_thread(world.commons, author=world.bo, title="Talked")
    a_post(talked, author=world.al)
    said_days_ago(talked, 6)
    said_days_ago(a_thread(world.place, author=world.bo, title="Alone"), 10)
    said_days_ago(a_thread(world.place, author=world.bo, title="Lately"), 1)
    said_days_ago(a_thread(world.place, author=world.bo, title="Long over"), 60)
    said_days_ago(an_announcement(world.community, by=world.fay, title="Told"), 6)
    said_days_ago(a_proposal(world.commons, author=world.al), 6)
    a_question(world, "Asked", 6)
    in_text = world.place.threads.in_text().get()
    a_post(in_text, author=world.bo)
    said_days_ago(in_text, 6)
    distilled = a_thread(world.place, author=world.bo, title="Distilled")
    a_summary(distilled, by=world.fay)
    said_days_ago(distilled, 6)
    rests = said_days_ago(a_thread(world.place, author=world.bo, title="Rests"), 6)
    let_rest(by=world.fay, thread=rests, days=3)
    assert titles(section(client_of(world.fay), "quiet")) == ["Alone", "Talked"]


def test_what_is_asked_now_and_later_and_what_was_announced(world, client_of):
    a_prompt(world.place, asker=world.fay, title="Now")
    a_topic(world.commons, asker=world.fay, title="This week")
    a_prompt(world.place, asker=world.fay, title="Closed", closes_at=timezone.now() - timedelta(hours=1))
    a_topic(world.commons, asker=world.fay, title="Last week", days=-9)
    a_prompt(world.place, asker=world.fay, title="Tomorrow", opens_at=timezone.now() + timedelta(days=1))
    an_announcement(world.community, by=world.fay, title="No call")
    html = section(client_of(world.fay), "running")
    running, later, announced = re.split(r'<h3 class="row-head">', html)
    assert titles(running) == ["This week", "Now"]
    assert titles(later) == ["Tomorrow"]
    assert titles(announced) == ["No call"]


def test_suggestions_and_flags_lead_to_where_they_are_decided(world, client_of):
    client = client_of(world.fay)
    assert "No suggested edit" in section(client, "suggestions")
    assert "Nobody has asked for a look" in section(client, "flags")
    suggestion = a_suggestion(world.unit, by=world.bo)
    for by in (world.bo, world.fay):
        flag_post(by=by, post=a_post(a_thread(world.commons, author=world.al), author=world.al), why="other", words="")
    assert suggestion.get_absolute_url() in section(client, "suggestions")
    assert "2 posts need a look" in section(client, "flags")


def test_when_nothing_is_there_it_says_so(world, client_of):
    html = client_of(world.fay).get(PAGE).content.decode()
    for words in ("No question waits for you.", "No conversation has stopped", "Nothing at the moment."):
        assert words in html
    assert "Nothing rests." in client_of(world.fay).get(f"{PAGE}?resting=yes").content.decode()


def test_a_community_of_practice_has_it_too_and_only_for_its_guides(world, client_of):
    circle = a_community(host=world.fay, members=(world.bo,))
    assert client_of(world.fay).get(f"/c/{circle.slug}/facilitate/").status_code == 200
    assert client_of(world.bo).get(f"/c/{circle.slug}/facilitate/").status_code == 403
    assert client_of(world.alice).get(f"/c/{circle.slug}/facilitate/").status_code == 404


def test_in_an_archived_community_there_is_nothing_to_share_out(world, client_of):
    question = a_question(world, "Old", 9)
    assert "I take care of it" in client_of(world.fay).get(PAGE).content.decode()
    Community.objects.filter(pk=world.community.pk).update(archived_at=timezone.now())
    page = client_of(world.fay).get(PAGE).content.decode()
    assert titles(page) == ["Old"]
    assert "I take care of it" not in page
    assert "Write to everybody" not in page
    with pytest.raises(NotTheirs):
        claim(by=world.fay, thread=question)


@pytest.mark.once
def test_it_asks_the_database_as_often_for_four_times_as_much(world, client_of):
    client = client_of(world.fay)

    def more(n):
        for number in range(n):
            claim(by=world.alice, thread=a_question(world, f"Question {number}", 5))
            said_days_ago(a_thread(world.place, author=world.bo), 6)
            a_prompt(world.place, asker=world.fay)

    more(1)
    few = queries_of(client, PAGE)
    more(3)
    assert queries_of(client, PAGE) == few <= 19
