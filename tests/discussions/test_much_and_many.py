"""Odd sizes and odd words: very many posts, scripts of every direction, one person in three communities."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.actions import join
from discussions.actions import merge_threads, read_posts, undo_transfer
from discussions.models import Post, Thread, Transfer, new_counts_for
from tests.factories import a_cohort, a_post, a_thread, a_thread_on, place_of, split_off

SCRIPTS = {
    "Hebrew": "למה הם שותקים?",
    "Arabic": "لماذا يقرأون فقط؟",
    "mixed": "Why שותקים and يقرأون, 2.5 mm?",
    "isolates": "\u2067abc\u2069 \u202edcba\u202c",
    "emoji": "👩🏽‍🏫 says 🇸🇪",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
}


def fill(thread, author, count):
    """As so many posts of one person would be there."""
    posts = (Post(thread=thread, author=author, source=f"{n}", html=f"<p>{n}</p>", renderer=1) for n in range(count))
    Post.objects.bulk_create(posts, 500)
    thread.post_count = thread.posts.count()
    thread.save(update_fields=["post_count"])
    type(thread.place).objects.filter(pk=thread.place_id).update(post_count=thread.post_count)


def queries_of(client, url):
    client.get(url)  # the first page of the day notes the visit
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.usefixtures("made_anew")
def test_2000_posts_in_one_conversation_take_as_many_queries_and_each_is_a_page_away(world, client_of):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al)
    a_post(thread, author=world.al)
    bo, fay = client_of(world.bo), client_of(world.fay)
    url, split = thread.get_absolute_url(), reverse("split_thread", args=["heron", thread.pk])
    pages = [(bo, url), (bo, world.place.path), (bo, "/c/heron/"), (fay, url), (fay, split)]
    few = [queries_of(client, page) for client, page in pages]
    fill(thread, world.al, 2_000)
    assert [queries_of(client, page) for client, page in pages] == few
    first = bo.get(url).content.decode()
    assert "Page 1 of 41" in first
    post = thread.posts.in_order()[1_500]
    page = bo.get(f"{url}?post={post.pk}").content.decode()
    assert "Page 31 of 41" in page
    assert f'id="post-{post.pk}"' in page
    assert url in bo.get(world.place.path).content.decode()  # the way to the earlier ones
    assert f'id="post-{post.pk}"' in bo.get(post.get_absolute_url()).content.decode()
    assert len(first) < 600_000


def test_2000_posts_are_split_merged_and_brought_back_with_what_was_read(world):
    thread, other = (a_thread(world.place, author=world.al) for _ in range(2))
    fill(thread, world.al, 2_000)
    ids = list(thread.posts.in_order().values_list("pk", flat=True))
    read_posts(world.bo, place=world.place, seen=ids[:1_000])
    made = split_off(thread, *thread.posts.in_order()[500:1_500], by=world.fay)
    assert Post.objects.in_threads([made]).new_to(world.bo).count() == 500
    merge_threads(by=world.fay, thread=made, into=other, key=uuid.uuid4())
    new = {*ids[1_000:], other.posts.openings().get().pk}
    assert set(Post.objects.new_to(world.bo).values_list("pk", flat=True)) == new
    for transfer in Transfer.objects.order_by("-pk"):
        undo_transfer(by=world.fay, transfer=transfer)
    assert list(thread.posts.in_order().values_list("pk", flat=True)) == ids


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS)
def test_words_of_every_script_come_back_as_they_were_and_each_text_has_its_own_direction(world, client_of, words):
    thread = a_thread(world.place, author=world.al, title=words, body=words)
    post = a_post(thread, author=world.bo, body=words)
    made = split_off(thread, post, by=world.fay, title=words)
    assert Thread.objects.get(pk=made.pk).title == words
    for url in (thread.get_absolute_url(), made.get_absolute_url(), world.place.path):
        page = client_of(world.bo).get(url).content.decode()
        assert f'<div class="body said" dir="auto" hx-disable><p>{words}' in page
    page = client_of(world.fay).get(made.get_absolute_url()).content.decode()
    assert page.count(f"<bdi>{words}</bdi>") >= 1  # beside the words of the interface
    assert 'dir="auto"' in page[page.index("<h1") : page.index("</h1>")]


@pytest.fixture
def three(world):
    """Bo in three cohorts of the course; a conversation of each about the same paragraph, of 1, 2 and 3 posts."""
    communities = [world.community]
    for slug in ("egret", "stork"):
        communities.append(a_cohort(world.course, host=world.alice, title=slug.title(), slug=slug).community)
        join(communities[-1], world.bo)
    threads = []
    for number, community in enumerate(communities):
        words = {"author": world.alice, "title": f"Of {community.slug}", "body": f"Only {community.slug} says this."}
        threads.append(a_thread_on(world.unit, "Counting posts", community=community, **words))
        for _ in range(number):
            a_post(threads[-1], author=world.alice, body=f"Only {community.slug} says this too.")
    return threads


def test_the_same_unit_in_three_communities_of_one_person_keeps_numbers_and_words_apart(world, client_of, three):
    bo, slugs = client_of(world.bo), ["heron", "egret", "stork"]
    for number, thread in enumerate(three, start=1):
        page = bo.get(thread.place.path).content.decode()
        others = [slug for slug in slugs if slug != thread.place.community.slug]
        assert f"Only {thread.place.community.slug} says this." in page
        assert not any(f"Only {slug} says" in page or f"Of {slug}" in page for slug in others)
        assert f'data-new="place">{number} new to you' in page
        place = place_of(world.unit, thread.place.community)
        assert (place.post_count, Post.objects.at(place).count()) == (number, number)
    read_posts(world.bo, place=three[2].place, seen=list(three[2].posts.values_list("pk", flat=True)))
    counts = new_counts_for(world.bo)
    assert [counts.places.get(thread.place_id, 0) for thread in three] == [1, 2, 0]
    assert counts.total == 3


def test_a_link_leads_to_the_right_one_of_three(world, client_of, three):
    bo = client_of(world.bo)
    wrong, right = place_of(world.unit, world.community), three[1]
    post = right.posts.in_order().first()
    assert bo.get(f"{wrong.path}?post={post.pk}").url == f"{right.place.path}?post={post.pk}#post-{post.pk}"
    assert bo.get(f"/c/stork/t/{right.pk}/").url == right.get_absolute_url()
    sent = {"body": "Where it belongs.", "key": uuid.uuid4()}
    assert bo.post(f"/c/heron/t/{right.pk}/replies/", sent).url.startswith("/c/egret/")
    assert Post.objects.get(source="Where it belongs.").thread == right
    assert client_of(world.fay).get(f"{wrong.path}?post={post.pk}").status_code == 404  # she is in Heron only
