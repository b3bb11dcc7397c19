"""By what one sees that rows are as they were, on either database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.models import Place
from discussions.models import Post
from pieces import Rows, among, stamp
from tests.factories import a_post, a_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(world):
    return a_thread(world.place, author=world.bo)


def test_what_changes_in_a_row_shows_and_what_changes_elsewhere_does_not(world, thread):
    post, other = a_post(thread, author=world.al), a_post(a_thread(world.commons, author=world.al), author=world.bo)
    rows = [Rows("discussions.Post", "t.thread_id = %s", (thread.pk,))]
    before = stamp(rows)
    assert before == stamp(rows)
    Post.objects.filter(pk=other.pk).update(html="<p>Another word.</p>")
    assert before == stamp(rows)
    Post.objects.filter(pk=post.pk).update(html="<p>Another word.</p>")
    changed = stamp(rows)
    assert changed != before
    a_post(thread, author=world.fay)
    more = stamp(rows)
    assert more != changed
    Post.objects.filter(pk=post.pk).update(thread=other.thread)
    assert stamp(rows) not in (before, changed, more)


def test_of_rows_by_number_only_those_count(world, thread):
    first, second = a_post(thread, author=world.al), a_post(thread, author=world.fay)
    rows = [among("discussions.Post", "id", [first.pk], "t.author_id = %s", (world.al.pk,))]
    before = stamp(rows)
    Post.objects.filter(pk=second.pk).update(version=7)
    assert stamp(rows) == before
    Post.objects.filter(pk=first.pk).update(version=7)
    assert stamp(rows) != before


def test_no_rows_are_different_from_some_and_always_the_same(world, thread):
    nothing = [among("discussions.Post", "id", []), Rows("discussions.StillNew", "t.person_id = %s", (world.bo.pk,))]
    assert stamp(nothing) == stamp(nothing) == (None, None)
    assert stamp([]) == ()


def test_where_only_some_columns_count_the_others_may_change(world):
    rows = [Rows("community.Place", "t.id = %s", (world.place.pk,), columns=("title", "within_id"))]
    before = stamp(rows)
    Place.objects.filter(pk=world.place.pk).update(post_count=9)
    assert stamp(rows) == before
    Place.objects.filter(pk=world.place.pk).update(title="It's “another”, one")
    assert stamp(rows) != before


def test_the_last_rows_show_that_one_joined_them(world, thread):
    rows = [Rows("discussions.Post", "t.thread_id = %s", (thread.pk,), last="id")]
    for _ in range(7):
        before = stamp(rows)
        a_post(thread, author=world.al)
        assert stamp(rows) != before


def test_all_is_asked_in_one_query_also_the_next_time(world, thread):
    rows = [
        Rows("discussions.Thread", "t.place_id = %s", (world.place.pk,)),
        among("discussions.Post", "id", [1, 2, 3]),
        Rows("accounts.User", "t.id = %s", (world.bo.pk,)),
    ]
    stamp(rows)
    with CaptureQueriesContext(connection) as asked:
        stamp(rows)
    assert len(asked) == 1
