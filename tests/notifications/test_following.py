"""Choosing how much one hears: where one reads, on a page of its own, and for much at once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import hide_person
from community.actions import remove_member
from notifications import tasks
from notifications.actions import follow
from notifications.models import Following, Hearing, Level, visible_followable
from tests.factories import a_resource, a_thread, a_wiki_page


def level_at(subject, user, kind):
    return Hearing.of(visible_followable(kind, user).get(pk=subject.pk), user.pk).level


def chosen(user):
    return {(row.content_type.model, row.object_id): row.level for row in Following.objects.of(user)}


@pytest.fixture
def thread(world):
    return a_thread(world.place, author=world.alice, title="Does a reaction count?")


def test_one_click_on_a_thread_chooses_and_shows_it_in_its_place(world, client_of, thread):
    answer = client_of(world.bo).post(
        f"/following/thread/{thread.pk}/?at=place", {"level": "all"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert level_at(thread, world.bo, "thread") == Level.ALL
    page = answer.content.decode()
    assert '<button form="marks"' in page
    assert 'value="all" title="Everything, at once" aria-pressed="true" data-focus' in page
    assert "Does a reaction count?: Everything, at once" in answer.headers["HX-Trigger"]


def test_without_a_script_one_is_led_back_to_where_one_read(world, client_of, thread):
    client, url = client_of(world.bo), f"/following/thread/{thread.pk}/"
    leads = {at: client.post(f"{url}?at={at}", {"level": "muted"}).url for at in ("", "place", "here", "list", "//x")}
    anchor = f"#level-thread-{thread.pk}"
    assert leads == {
        "": thread.get_absolute_url(),
        "place": f"{world.place.path}#thread-{thread.pk}",
        "here": f"{url}{anchor}",
        "list": f"/settings/following/{anchor}",
        "//x": thread.get_absolute_url(),
    }
    assert level_at(thread, world.bo, "thread") == Level.MUTED


def test_the_last_word_counts_and_none_takes_the_choice_away(world, client_of, thread):
    client, url = client_of(world.bo), f"/following/thread/{thread.pk}/"
    for level in ("all", "muted", "muted"):
        client.post(url, {"level": level})
    assert chosen(world.bo) == {("thread", thread.pk): "muted"}
    client.post(url, {"level": ""})
    assert chosen(world.bo) == {}


@pytest.mark.parametrize("level", [None, "loud", "ALL"])
def test_what_is_no_level_changes_nothing_and_offers_the_choice_again(world, client_of, thread, level):
    answer = client_of(world.bo).post(f"/following/thread/{thread.pk}/", {"level": level} if level else {})
    assert answer.status_code == 422
    assert b'value="mentions"' in answer.content
    assert chosen(world.bo) == {}


def test_each_of_them_has_a_level_where_one_reads_it(world, client_of, thread):
    wiki = a_wiki_page(world.place, author=world.bo)
    resource = a_resource(world.place, sharer=world.fay)
    client = client_of(world.bo)
    pages = {
        f"/c/{world.community.slug}/": f"community-{world.community.pk}",
        world.place.path: f"place-{world.place.pk}",
        wiki.get_absolute_url(): f"place-{wiki.talk_id}",
        resource.get_absolute_url(): f"place-{resource.talk_id}",
        thread.get_absolute_url(): f"thread-{thread.pk}",
    }
    for path, name in pages.items():
        assert f'id="level-{name}"' in client.get(path).content.decode(), path
    assert f'id="level-thread-{thread.pk}"' in client.get(world.place.path).content.decode()


def test_a_page_says_what_counts_and_whether_one_chose_it(world, client_of, thread):
    client = client_of(world.bo)
    follow(person=world.bo, subjects=[world.place], level=Level.MENTIONS)
    unit = client.get(world.place.path)
    assert unit.context["hearing"].level == Level.MENTIONS
    assert unit.context["hearing"].chosen
    shown = client.get(thread.get_absolute_url()).context["thread"].hearing
    assert (shown.level, shown.chosen) == (Level.MENTIONS, None)
    mine = client_of(world.alice).get(thread.get_absolute_url()).context["thread"].hearing
    assert (mine.level, mine.has_started) == (Level.ALL, True)


def test_levels_cost_the_unit_page_no_query(world, client_of, thread):
    client = client_of(world.bo)
    client.get(world.place.path)
    with CaptureQueriesContext(connection) as without:
        client.get(world.place.path)
    follow(person=world.bo, subjects=[thread, world.place, world.community], level=Level.ALL)
    with CaptureQueriesContext(connection) as chosen:
        client.get(world.place.path)
    about = [query["sql"] for query in chosen if 'FROM "notifications_following"' in query["sql"][:600]]
    assert len(chosen) == len(without)
    assert not [sql for sql in about if sql.startswith('SELECT "notifications_following"')]


def test_what_one_may_not_see_has_no_level(world, client_of, thread):
    cy = client_of(world.cy)
    for path in (f"thread/{thread.pk}", f"place/{world.place.pk}", f"community/{world.community.pk}", "post/1"):
        assert cy.get(f"/following/{path}/").status_code == 404
        assert cy.post(f"/following/{path}/", {"level": "all"}).status_code == 404
    assert not Following.objects.exists()


def test_the_page_of_a_thread_offers_what_is_around_it_too(world, client_of, thread):
    follow(person=world.bo, subjects=[world.community], level=Level.MUTED)
    hearings = client_of(world.bo).get(f"/following/thread/{thread.pk}/").context["hearings"]
    assert [(row.title, row.level) for row in hearings] == [
        ("Does a reaction count?", Level.MUTED),
        (world.place.title, Level.MUTED),
        (world.community.title, Level.MUTED),
    ]
    assert [bool(row.chosen) for row in hearings] == [False, False, True]


def listed(client, query=""):
    return [row.title for row in client.get(f"/settings/following/{query}").context["hearings"]]


def test_everything_that_one_follows_is_listed_by_community(world, client_of, thread):
    mine = a_thread(world.commons, author=world.bo, title="Mine")
    client = client_of(world.bo)
    assert listed(client) == [world.community.title, "Mine"]
    follow(person=world.bo, subjects=[thread, world.place], level=Level.DIGEST)
    everything = [world.community.title, world.place.title, "Does a reaction count?", "Mine"]
    assert listed(client) == everything
    assert listed(client, "?level=all") == ["Mine"]
    assert listed(client, "?level=muted") == []
    assert listed(client, "?level=nonsense") == everything
    page = client.get("/settings/following/").content.decode()
    assert len(re.findall('class="level"[^>]* hx-disable>', page)) == 4  # its rows depend on one another
    follow(person=world.bo, subjects=[mine], level=Level.MUTED)
    assert listed(client, "?level=muted") == ["Mine"]


def test_the_list_hides_what_one_may_no_longer_see_and_words_of_who_is_blocked(world, client_of, thread):
    client = client_of(world.bo)
    follow(person=world.bo, subjects=[thread], level=Level.ALL)
    hide_person(person=world.bo, hidden=world.alice)
    assert listed(client) == [world.community.title, "A conversation begun by somebody you blocked"]
    remove_member(world.community.membership_of(world.bo))
    assert listed(client) == []


def test_many_are_changed_at_once_and_only_ones_own(world, client_of, thread):
    client, url = client_of(world.bo), "/settings/following/"
    other = a_thread(world.commons, author=world.fay)
    follow(person=world.bo, subjects=[thread, other, world.place], level=Level.ALL)
    follow(person=world.fay, subjects=[thread], level=Level.ALL)
    names = [f"thread-{thread.pk}", f"place-{world.place.pk}", "thread-0", "nonsense"]
    assert client.post(url, {"level": "muted", "subject": names}).status_code == 302
    assert chosen(world.bo) == {
        ("thread", thread.pk): "muted",
        ("place", world.place.pk): "muted",
        ("thread", other.pk): "all",
    }
    client.post(f"{url}?level=muted", {"level": "", "all": "on"})
    assert chosen(world.bo) == {("thread", other.pk): "all"}
    client.post(url, {"level": "loud", "all": "on"})
    assert chosen(world.bo) == {("thread", other.pk): "all"}
    assert chosen(world.fay) == {("thread", thread.pk): "all"}


def test_a_long_list_comes_in_pages_and_takes_as_many_queries(world, client_of, monkeypatch):
    client = client_of(world.bo)
    threads = [a_thread(world.commons, author=world.fay, title=f"Thread {n:02}") for n in range(3)]
    follow(person=world.bo, subjects=threads[:1], level=Level.ALL)
    client.get("/settings/following/")
    with CaptureQueriesContext(connection) as few:
        assert len(listed(client)) == 2
    follow(person=world.bo, subjects=threads, level=Level.ALL)
    with CaptureQueriesContext(connection) as many:
        assert len(listed(client)) == 4
    assert len(many) == len(few)
    monkeypatch.setattr("notifications.views.levels.ROWS_A_PAGE", 2)
    assert listed(client, "?page=2") == ["Thread 01", "Thread 02"]
    client.post("/settings/following/?page=2", {"level": "muted", "all": "on"})
    assert set(chosen(world.bo).values()) == {"muted"}


def test_a_notification_leads_to_where_one_changes_it(world, client_of, thread):
    a_thread(world.place, author=world.alice, body="@bo what do you think?")
    tasks.sweep()
    page = client_of(world.bo).get(reverse("notifications")).content.decode()
    assert "You were mentioned" in page
    assert 'href="/following/thread/' in page


def test_a_list_of_changes_and_sharings_takes_as_many_queries_as_one_of_each(world, client_of):
    follow(person=world.bo, subjects=[world.community], level=Level.ALL)
    client, counts = client_of(world.bo), []
    for n in (1, 3):
        for _ in range(n):
            a_wiki_page(world.place, author=world.fay)
            a_resource(world.place, sharer=world.fay)
        tasks.sweep()
        client.get("/notifications/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/notifications/").content.count(b"/following/place/") == 2 * (n if n == 1 else 4)
        counts.append(len(queries))
    assert counts[0] == counts[1]
