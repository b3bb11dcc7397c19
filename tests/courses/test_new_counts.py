"""The unit, the outline, the community and Today say the same numbers of what is new, for the same few queries."""

import re

import pytest

from community.actions import join, remove_member
from discussions.actions import catch_up, read_posts
from discussions.models import Post
from tests.courses.test_unit_page import QUERIES_AT_MOST, filled, queries_of
from tests.factories import a_community, a_post, a_thread, a_thread_on, commons_of, place_of

IN_THE_UNIT = ["unit", "outline", "course", "its units"]
IN_ALL = ["community", "today"]


@pytest.fixture
def said(world):
    """Five posts on the first unit, one on the second, two on the commons, and one in another community of Bo's."""
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    posts = [thread.posts.get(), *(a_post(thread, author=world.fay) for _ in range(2))]
    whole = a_thread(world.place, author=world.al, title="On all of it")
    a_post(whole, author=world.bo)
    posts += [whole.posts.first(), a_post(whole, author=world.alice)]
    a_thread(place_of(world.units[1], world.community), author=world.fay)
    for _ in range(2):
        a_thread(world.commons, author=world.fay)
    a_thread(commons_of(a_community("Circle of choirs", members=(world.bo,))))
    return posts


def page(client, url):
    """The page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(url).content.decode()).split())


def shown_on(client, world):
    """What each page says is new: the unit, its outline, the course, the community (all, units), Today, communities."""
    unit, course = page(client, world.place.path), page(client, f"/courses/{world.course.slug}/")
    community, today = page(client, world.community.get_absolute_url()), page(client, "/")
    line = rf"{world.unit.title} .{{0,90}}? posts ?, (\d) new"
    return {
        "unit": re.findall(r"(\d) new to you · Catch up on this unit", unit),
        "outline": re.findall(rf"{world.unit.title} .{{0,20}}?6 posts , (\d) new", unit),
        "course": re.findall(line, course),
        "community": re.findall(r"(\d) new to you · Catch up on all", community),
        "its units": re.findall(line, community),
        "today": re.findall(r"Heron cohort · (\d) new to you", today),
        "all of today": re.findall(r"Latest talk (\d) new to you", today),
        "communities": re.findall(r"(\d) new to you", page(client, "/communities/")),
    }


def shown(number, where):
    return {name: [number] for name in where}


def test_all_pages_say_the_same_numbers(world, client_of, said):
    client = client_of(world.bo)
    five = shown("5", IN_THE_UNIT)
    eight = shown("8", IN_ALL)
    assert shown_on(client, world) == five | eight | {"all of today": ["9"], "communities": ["1", "8"]}
    read_posts(world.bo, place=world.place, seen=[post.pk for post in said[:2]])
    three = shown("3", IN_THE_UNIT)
    six = shown("6", IN_ALL)
    assert shown_on(client, world) == three | six | {"all of today": ["7"], "communities": ["1", "6"]}


def test_a_knot_its_thread_and_its_posts_say_what_is_new(world, client_of, said):
    read_posts(world.bo, place=world.place, seen=[said[0].pk])
    client = client_of(world.bo)
    html = client.get(world.place.path).content.decode()
    assert re.search(r'<summary class="knot knot-talked knot-fresh"', html)
    assert "Discuss this paragraph 3 , 3 posts , 2 new" in page(client, world.place.path)
    assert set(re.findall(r'class="post post-new" id="post-(\d+)"', html)) == {str(post.pk) for post in said[1:]}
    assert html.count('class="row-new"') == 2
    catch_up(world.bo, among=Post.objects.at(world.place), up_to=said[-1].pk)
    html = client.get(world.place.path).content.decode()
    for name in ("knot-talked knot-fresh", "post post-new", 'class="row-new"', "thread-news thread-fresh"):
        assert name not in html


def test_who_comes_later_and_who_left_are_shown_nothing_new(world, client_of, said):
    join(world.community, world.cy)
    remove_member(world.community.memberships.current().get(user=world.bo))
    a_circle = a_community("Circle of readers", members=(world.bo,))
    for person, urls in ((world.cy, ["/", world.place.path]), (world.bo, [a_circle.get_absolute_url()])):
        for url in urls:
            assert "new to you" not in page(client_of(person), url)
    assert "Latest talk 1 new to you" in page(client_of(world.bo), "/")  # from the choirs, where he still is


def test_the_pages_ask_the_same_queries_whatever_is_new(world, client_of):
    client = client_of(world.fay)
    urls = [world.place.path, world.community.get_absolute_url(), "/", f"/courses/{world.course.slug}/"]
    filled(world, threads=5, posts=2)
    a_thread(world.commons, author=world.alice)
    for url in urls:
        client.get(url)  # the first time, kinds of things are looked up
    few = [queries_of(client, url) for url in urls]
    filled(world, threads=15, posts=12)
    assert Post.objects.new_to(world.fay).count() == 191
    assert [queries_of(client, url) for url in urls] == few
    assert few[0] <= QUERIES_AT_MOST
    assert max(few) <= QUERIES_AT_MOST + 6, "a guide's community page asks for open questions, topics and flags as well"


def test_more_new_posts_than_a_page_usually_shows_are_all_shown(world, client_of):
    thread = a_thread(world.place, author=world.alice)
    posts = [thread.posts.get(), *(a_post(thread, author=world.fay) for _ in range(8))]
    html = client_of(world.bo).get(world.place.path).content.decode()
    assert [post.pk for post in posts if f'id="post-{post.pk}"' in html] == [post.pk for post in posts]
    read_posts(world.bo, place=world.place, seen=[post.pk for post in posts[:2]])
    html = client_of(world.bo).get(world.place.path).content.decode()
    assert [post.pk for post in posts if f'id="post-{post.pk}"' in html] == [post.pk for post in posts[2:]]
