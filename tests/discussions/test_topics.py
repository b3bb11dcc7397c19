"""A community's topic of the day or week: set for a time, opened by itself, one at a time."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.actions import cancel_topic, delete_post
from discussions.models import Post, Thread
from discussions.tasks import open_due_threads
from notifications.models import Event
from tests.courses.test_unit_page import queries_of
from tests.factories import a_community, a_post, a_topic, commons_of

DAY = datetime.timedelta(days=1)
COMMUNITY, TOPICS, NEW = "/c/heron/", "/c/heron/topics/", "/c/heron/topics/new/"
HTMX = {"HX-Request": "true"}


def today():
    return timezone.localdate()


def set_topic(client, **words):
    fields = {"title": "What fell flat?", "body": "One thing.", "key": uuid.uuid4(), "starts_on": today()}
    return client.post(NEW, fields | {"span": "week"} | words)


def clock_runs_to(thread, when):
    """Let a waiting topic's time come."""
    until = thread.current_until - (thread.opens_at - when)
    Thread.objects.filter(pk=thread.pk).update(opens_at=when, current_until=until)
    open_due_threads()


def on_top(client, url=COMMUNITY):
    """The titles that stand on top of the community's page, or in short on Today."""
    html = client.get(url).content.decode()
    return re.findall(r'<h[23] class="topic-title"[^>]*><a href="[^"]*">([^<]*)</a>', html)


def listed(client, name, url=TOPICS):
    html = client.get(url).content.decode()
    _, found, rest = html.partition(f'aria-labelledby="{name}"')
    return re.findall(r'class="t" dir="auto"[^>]*>([^<]*)<', rest.partition("</section>")[0]) if found else []


def test_a_guide_sets_the_topic_of_this_week_and_everybody_finds_it(world, client_of):
    assert set_topic(client_of(world.fay)).status_code == 302
    thread = Thread.objects.topics().get()
    assert (thread.starts_on, thread.ends_on) == (today(), today() + 6 * DAY)
    assert timezone.localtime(thread.current_until).isoformat()[:19] == f"{today() + 7 * DAY}T00:00:00"
    assert Event.objects.get().verb == "opened"
    for person in (world.bo, world.al, world.alice):
        assert on_top(client_of(person)) == on_top(client_of(person), "/") == ["What fell flat?"]
    page = client_of(world.bo).get(COMMUNITY).content.decode()
    assert "Topic of the week" in page
    assert "One thing." in page
    assert on_top(client_of(world.cy), "/") == []


def test_days_are_those_of_who_sets_it(world, client_of):
    world.fay.time_zone = "Pacific/Auckland"
    world.fay.save(update_fields=["time_zone"])
    there = timezone.localdate(timezone=world.fay.zone)
    set_topic(client_of(world.fay), span="day", starts_on=there + DAY)
    thread = Thread.objects.get(kind="topic")
    midnight = datetime.datetime.combine(there + DAY, datetime.time(), world.fay.zone)
    assert (thread.opens_at, thread.starts_on, thread.ends_on) == (midnight, there + DAY, there + DAY)
    assert thread.current_until == datetime.datetime.combine(there + 2 * DAY, datetime.time(), world.fay.zone)


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ({"starts_on": today() - 7 * DAY}, "over already"),
        ({"starts_on": "9999-12-31"}, "too far away"),
        ({"starts_on": "0001-01-01"}, "too far away"),
        ({"starts_on": "tomorrow"}, "valid date"),
        ({"span": "month"}, "valid choice"),
        ({"body": " "}, "Write something first."),
    ],
)
def test_a_refused_topic_keeps_its_words(world, client_of, words, trouble):
    response = set_topic(client_of(world.fay), **{"title": "A title to keep"} | words)
    assert response.status_code == 422
    assert trouble in response.content.decode()
    assert "A title to keep" in response.content.decode()
    assert not Thread.objects.topics().exists()


def test_sent_twice_it_is_set_once_and_takes_its_draft_along(world, client_of):
    key, client = uuid.uuid4(), client_of(world.fay)
    world.fay.drafts.create(slot=f"topic:{world.commons.pk}:", body="One")
    for _ in range(2):
        assert set_topic(client, key=key, slot=f"topic:{world.commons.pk}:").status_code == 302
    assert Thread.objects.topics().count() == 1
    assert not world.fay.drafts.exists()


def test_members_see_nothing_of_a_topic_before_it_opens(world, client_of):
    assert set_topic(client_of(world.fay), title="Next one", starts_on=today() + 2 * DAY).url == TOPICS
    thread = Thread.objects.get(kind="topic")
    post, slug = thread.posts.get(), world.community.slug
    urls = [reverse(name, args=[slug, thread.pk]) for name in ("thread", "terms")]
    urls += [reverse(name, args=[slug, thread.pk, post.pk]) for name in ("post", "edit_post", "post_history")]
    for person in (world.bo, world.al):
        client = client_of(person)
        assert {client.get(url).status_code for url in [*urls, f"{COMMUNITY}?post={post.pk}"]} == {404}
        for url in ("/", COMMUNITY, TOPICS):
            assert "Next one" not in client.get(url).content.decode()
    assert listed(client_of(world.alice), "to-come") == ["Next one"]
    assert client_of(world.alice).get(urls[0]).status_code == 200
    assert on_top(client_of(world.alice)) == []
    world.commons.refresh_from_db()
    assert (world.commons.post_count, Event.objects.count()) == (0, 0)


def test_the_next_one_opens_by_itself_and_takes_over(world, client_of):
    first = a_topic(world.commons, asker=world.fay, days=-6, title="An old one")
    second = a_topic(world.commons, asker=world.fay, days=1, title="A new one")
    bo = client_of(world.bo)
    assert on_top(bo) == ["An old one"]
    clock_runs_to(second, timezone.now())
    assert first.current_until > timezone.now()
    assert on_top(bo) == on_top(bo, "/") == ["A new one"]
    assert listed(bo, "earlier") == ["An old one"]
    assert listed(bo, "earlier-topics", COMMUNITY) == ["An old one"]
    assert 'id="row-' not in bo.get(COMMUNITY).content.decode()
    assert Post.objects.new_to(world.bo).filter(thread=second).count() == 1


def test_after_a_day_of_its_own_the_weeks_topic_is_back(world, client_of):
    a_topic(world.commons, asker=world.fay, days=-3, title="For a week")
    day = a_topic(world.commons, asker=world.fay, days=-0.5, for_days=1, title="For a day")
    bo = client_of(world.bo)
    assert on_top(bo) == ["For a day"]
    assert "Topic of the day" in bo.get(COMMUNITY).content.decode()
    Thread.objects.filter(pk=day.pk).update(current_until=timezone.now())
    assert on_top(bo) == ["For a week"]
    assert listed(bo, "earlier") == ["For a day"]


def test_when_its_days_are_over_it_is_on_top_no_longer_but_talked_about(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, days=-9, title="Over")
    bo = client_of(world.bo)
    assert on_top(bo) == on_top(bo, "/") == []
    post = a_post(thread, author=world.bo)
    found = bo.get(post.get_absolute_url(), follow=True)
    assert found.redirect_chain[0][0].startswith(thread.get_absolute_url())
    assert f'id="post-{post.pk}"' in found.content.decode()


def test_its_talk_stands_with_it_and_not_among_the_rows_and_one_replies_there(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, title="Now")
    answer = a_post(thread, author=world.al, body="In four lines.")
    bo = client_of(world.bo)
    html = bo.get(COMMUNITY).content.decode()
    assert html.count(f'id="post-{answer.pk}"') == html.count(f'id="thread-{thread.pk}"') == 1
    assert f'id="row-{thread.pk}"' not in html
    assert '<details class="fold" open>' in html.partition('id="topic"')[2].partition("</section>")[0]
    url = reverse("reply", args=["heron", thread.pk])
    swapped = bo.post(url, {"body": "And in three.", "key": uuid.uuid4()}, headers=HTMX).content.decode()
    assert f'<div class="topic-talk" id="thread-{thread.pk}"' in swapped
    assert "And in three." in swapped


def test_a_topic_is_cancelled_and_put_back_before_it_opens(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, days=2, title="Perhaps")
    urls = [reverse(name, args=["heron", thread.pk]) for name in ("cancel_topic", "put_back_topic")]
    fay = client_of(world.fay)
    for _ in range(2):
        assert fay.post(urls[0]).url == TOPICS
    assert listed(client_of(world.alice), "to-come") == ["Perhaps"]
    assert "cancelled</span>" in client_of(world.alice).get(TOPICS).content.decode()
    clock_runs_to(thread, timezone.now())
    assert on_top(client_of(world.bo)) == []
    assert not Event.objects.filter(verb="opened").exists()
    Thread.objects.filter(pk=thread.pk).update(opens_at=timezone.now() + DAY, opened_at=None)
    for _ in range(2):
        assert fay.post(urls[1]).url == TOPICS
    thread.refresh_from_db()
    clock_runs_to(thread, timezone.now())
    assert on_top(client_of(world.bo)) == ["Perhaps"]


def test_what_has_opened_is_not_cancelled_but_its_words_can_be_removed(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, title="Too late")
    url = reverse("cancel_topic", args=["heron", thread.pk])
    assert client_of(world.bo).post(url).status_code == 403
    response = client_of(world.fay).post(url, follow=True)
    assert "It has opened by now." in response.content.decode()
    assert on_top(client_of(world.bo)) == ["Too late"]
    answer = a_post(thread, author=world.bo)
    delete_post(by=world.fay, post=thread.posts.openings().get())
    html = client_of(world.bo).get(COMMUNITY).content.decode()
    assert "Too late" not in html
    assert f'id="row-{thread.pk}"' in html
    assert f'id="post-{answer.pk}"' in html


def test_title_and_days_can_be_changed(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, days=2, title="Draft")
    url, fay = reverse("terms", args=["heron", thread.pk]), client_of(world.fay)
    days = {"starts_on": today() + 3 * DAY, "span": "day"}
    assert fay.post(url, {"title": "Better", "was": "Draft", **days}).url == TOPICS
    thread.refresh_from_db()
    assert (thread.title, thread.starts_on, thread.ends_on) == ("Better", today() + 3 * DAY, today() + 3 * DAY)
    assert fay.post(url, {"title": "Now", "was": "Better", "starts_on": today(), "span": "week"}).status_code == 302
    assert on_top(client_of(world.bo)) == ["Now"]
    assert fay.post(url, {"title": "Now", "was": "Now", "ends_on": today() - 9 * DAY}).status_code == 422
    assert fay.post(url, {"title": "Now", "was": "Now", "ends_on": today() + DAY}).status_code == 302
    thread.refresh_from_db()
    assert timezone.localtime(thread.current_until).date() == today() + 2 * DAY
    assert client_of(world.bo).post(url, {"title": "Mine"}).status_code == 403


def test_of_two_who_change_its_title_the_second_is_told(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, days=2, title="One")
    url, days = reverse("terms", args=["heron", thread.pk]), {"starts_on": today() + 2 * DAY, "span": "week"}
    client_of(world.alice).post(url, {"title": "Hers", "was": "One", **days})
    fay = client_of(world.fay)
    refused = fay.post(url, {"title": "Mine", "was": "One", **days})
    assert refused.status_code == 422
    assert "changed it to “Hers”" in refused.content.decode()
    assert 'value="Mine"' in refused.content.decode()
    assert 'name="was" value="Hers"' in refused.content.decode()
    assert fay.post(url, {"title": "Mine", "was": "Hers", **days}).status_code == 302


def test_each_community_has_its_own_and_they_cost_no_more(world, client_of):
    bo, fay = client_of(world.bo), client_of(world.fay)
    a_topic(world.commons, asker=world.fay, title="Here")
    pages = [(bo, "/"), (bo, COMMUNITY), (fay, COMMUNITY), (bo, TOPICS), (fay, TOPICS)]
    for n in range(2):
        a_topic(world.commons, asker=world.fay, days=-20 - n)
    a_topic(world.commons, asker=world.fay, days=3)
    for client, url in pages:
        client.get(url)  # what is asked once for a process, as the ids of content types are
    few = [queries_of(client, url) for client, url in pages]
    a_topic(commons_of(a_community("Aviary", members=(world.bo,))), title="There")
    for n in range(3):
        a_topic(world.commons, asker=world.fay, days=-30 - n)
        a_topic(world.commons, asker=world.alice, days=3 + n)
    assert [queries_of(client, url) for client, url in pages] == few
    assert on_top(bo, "/") == ["There", "Here"]
    assert on_top(bo) == ["Here"]


def test_guides_are_invited_to_set_one_where_there_is_none(world, client_of):
    assert f'href="{NEW}"' in client_of(world.fay).get(COMMUNITY).content.decode()
    assert f'href="{NEW}"' not in client_of(world.bo).get(COMMUNITY).content.decode()
    for person, words in ((world.fay, "Set the first topic"), (world.bo, "When a facilitator sets one")):
        assert words in client_of(person).get(TOPICS).content.decode()


def test_a_cancelled_topic_is_put_back_by_who_cancelled_it(world, client_of):
    thread = a_topic(world.commons, asker=world.fay, days=2)
    cancel_topic(by=world.fay, thread=thread)
    assert client_of(world.alice).post(reverse("put_back_topic", args=["heron", thread.pk])).status_code == 403
