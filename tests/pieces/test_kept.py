"""Pages kept in memory: the same page, made once, for its reader alone, while nothing changed."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.actions import remove_member
from discussions.models import Post
from pieces import KEPT
from tests.factories import a_post, a_thread

ON_A_HIT = 3  # the session, its person, and whether anything changed
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')
KEYS = re.compile(r'name="key" value="([0-9a-f-]{36})"')


@pytest.fixture
def bo(world, client_of):
    client = client_of(world.bo)
    a_thread(world.place, author=world.al, title="Old words")
    client.get(world.place.path)
    client.get(world.place.path)
    return client


def asked(client, path):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    return answer, len(queries)


def test_the_second_time_a_page_costs_three_queries(world, bo):
    first, _many = asked(bo, world.place.path)
    again, few = asked(bo, world.place.path)
    assert few == ON_A_HIT
    assert plain(again) == plain(first)
    assert again.headers.items() >= {"Cache-Control": "private, no-cache"}.items()


def test_each_answer_has_a_token_and_keys_of_its_own(world, bo):
    answers = [bo.get(world.place.path).content.decode() for _ in range(3)]
    keys = [set(KEYS.findall(html)) for html in answers]
    assert all(len(found) == len(KEYS.findall(html)) >= 3 for found, html in zip(keys, answers, strict=True))
    assert not keys[0] & keys[1]
    tokens = [set(TOKENS.findall(html)) for html in answers]
    assert [len(found) for found in tokens] == [1, 1, 1]
    assert tokens[0] != tokens[1]
    secret = bo.cookies[settings.CSRF_COOKIE_NAME].value
    assert all(secret not in html for html in answers)


def test_two_open_pages_make_two_replies_and_a_page_kept_before_takes_none_of_them_back(world, bo):
    thread = world.place.threads.get(title="Old words")
    bodies = ("From one tab.", "From another tab.")
    for body, html in [(body, bo.get(world.place.path).content.decode()) for body in bodies]:
        form = html.partition(f'id="reply-{thread.pk}"')[2]
        fields = {"key": KEYS.search(form)[1], "csrfmiddlewaretoken": TOKENS.search(form)[1], "body": body}
        bo.post(reverse("reply", args=[world.community.slug, thread.pk]), fields)
    assert [post.source for post in thread.posts.in_order()[1:]] == [*bodies]


def test_what_changed_is_there_at_once(world, bo):
    thread = world.place.threads.get(title="Old words")
    post = a_post(thread, author=world.al, body="Just now")
    assert "Just now" in bo.get(world.place.path).content.decode()
    Post.objects.filter(pk=post.pk).update(html="<p>By hand</p>")
    assert "By hand" in bo.get(world.place.path).content.decode()
    world.al.name = "Another Name"
    world.al.save(update_fields=["name"])
    assert "Another Name" in bo.get(world.place.path).content.decode()


def test_a_removed_member_gets_nothing_kept(world, bo):
    remove_member(by=world.alice, membership=world.community.membership_of(world.bo))
    assert bo.get(world.place.path).status_code == 404


def test_nobody_gets_the_page_of_another(world, bo, client_of):
    for who in (world.fay, world.al, world.cy, None):
        answer = client_of(who).get(world.place.path)
        assert world.bo.email not in answer.content.decode()


def test_words_for_a_reader_are_said_once(world, bo):
    thread = world.place.threads.get(title="Old words")
    bo.post(reverse("reply", args=[world.community.slug, thread.pk]), {"key": "", "body": ""})
    _first, second, third = (bo.get(world.place.path).content.decode() for _ in range(3))
    assert 'class="messages"' not in second + third


def test_with_no_room_nothing_is_kept(world, bo, monkeypatch):
    monkeypatch.setattr(KEPT, "limit", 0)
    KEPT.clear()
    _answer, many = asked(bo, world.place.path)
    assert asked(bo, world.place.path)[1] == many > ON_A_HIT


def plain(answer):
    """Its HTML without what is new in each answer."""
    return KEYS.sub("", TOKENS.sub("", answer.content.decode()))
