"""Load data and rendering again: quick, and as right as what people write."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from community.models import Community, Place
from courses.actions import rerendering
from courses.actions.seeding import Wanted, seed
from courses.models import Unit, UnitPlace
from discussions.models import Post, Thread
from markup import RENDERER_VERSION
from resources.models import Resource
from tests import factories as make
from wiki.models import WikiPage


def called(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_seeding_makes_as_many_as_asked_for_and_says_how_fast(db):
    said = called("seed", "--units", "12", "--members", "15", "--threads", "40", "--posts", "250")
    assert (Unit.objects.count(), Thread.objects.count(), Post.objects.count()) == (12, 40, 250)
    assert Community.objects.get().memberships.current().count() == User.objects.count() == 15
    assert "250 posts" in said
    assert "a second" in said


def test_seeded_counters_times_and_blocks_are_right(db):
    made = seed(Wanted(units=5, members=6, threads=30, posts=120))
    for thread in Thread.objects.all():
        posts = list(thread.posts.in_order())
        assert thread.post_count == len(posts) > 0
        assert (thread.created_at, thread.last_post_at) == (posts[0].created_at, posts[-1].created_at)
        assert thread.created_by_id == posts[0].author_id
        blocks = thread.place.unit_place.unit.block_texts()
        assert not thread.block_id or blocks[thread.block_id].startswith(thread.quote)
    for place in Place.objects.filter(unit_place__community=made.community):
        assert place.thread_count == place.threads.count()
        assert place.post_count == Post.objects.filter(thread__place=place).count()
    assert Thread.objects.exclude(block_id="").values("block_id").distinct().count() > 10
    assert Thread.objects.filter(post_count__gt=10).exists()


def test_seeded_pages_open(db, client_of):
    made = seed(Wanted(units=2, members=3, threads=5, posts=30))
    member = made.community.memberships.order_by("pk").last().user
    assert client_of(member).get(UnitPlace.objects.first().get_absolute_url()).status_code == 200


def test_seeding_again_makes_another_community(db):
    arguments = ("--units", "1", "--members", "2", "--threads", "2", "--posts", "3")
    called("seed", *arguments)
    called("seed", *arguments)
    called("seed", *arguments, "--community", "mine")
    assert list(Community.objects.order_by("pk").values_list("slug", flat=True)) == ["load-1", "load-2", "mine"]
    with pytest.raises(CommandError, match="mine"):
        called("seed", *arguments, "--community", "mine")


@pytest.mark.parametrize("wrong", [("--units", "0"), ("--threads", "5", "--posts", "4"), ("--threads", "0")])
def test_what_cannot_be_seeded_is_refused(db, wrong):
    with pytest.raises(CommandError):
        called("seed", *wrong)
    assert not User.objects.exists()


def make_old():
    for model in (Unit, WikiPage, Resource, Post):
        model.objects.update(renderer=RENDERER_VERSION - 1, html="<p>old</p>")


def test_rendering_again_keeps_blocks_mentions_and_versions(world):
    post = make.a_thread_on(world.unit, "Counting", community=world.community, author=world.bo).posts.get()
    answer = make.a_post(post.thread, author=world.fay, body="So says @bo, and @cy does not hear it.")
    page = make.a_wiki_page(world.place, author=world.fay)
    resource = make.a_resource(world.place, sharer=world.bo)
    before = [row.html for row in (world.unit, answer)]
    blocks = [block["id"] for block in world.unit.blocks], [block["id"] for block in page.blocks]
    make_old()
    said = called("rerender", "--batch", "2")
    for row in (world.unit, page, resource, post, answer):
        row.refresh_from_db()
        assert (row.renderer, "old" in row.html) == (RENDERER_VERSION, False)
    assert [world.unit.html, answer.html] == before
    assert ([b["id"] for b in world.unit.blocks], [b["id"] for b in page.blocks]) == blocks
    assert (world.unit.version, page.version) == (1, 1)
    assert "3 units" in said
    assert "2 posts" in said


def test_rendering_again_leaves_alone_what_is_of_today(world):
    make.a_thread(world.place, author=world.bo)
    Post.objects.update(html="<p>as it is</p>")
    assert "present version" in called("rerender")
    assert Post.objects.get().html == "<p>as it is</p>"


def test_a_text_that_is_too_long_by_now_stays_as_it_was(world):
    post = make.a_post(make.a_thread(world.place, author=world.bo))
    make_old()
    Post.objects.filter(pk=post.pk).update(source="x" * 20_000)
    said = called("rerender", "--batch", "1")
    post.refresh_from_db()
    assert post.html == "<p>old</p>"
    assert "1 posts are longer" in said
    assert Post.objects.exclude(pk=post.pk).get().renderer == RENDERER_VERSION


def test_rendering_again_can_be_ended_and_goes_on(world, monkeypatch):
    for _ in range(3):
        make.a_thread(world.place, author=world.bo)
    make_old()
    batches = rerendering.rerender_all(batch_size=1)
    next(batches)
    batches.close()
    assert Unit.objects.filter(renderer=RENDERER_VERSION).count() == 1
    called("rerender")
    assert not Post.objects.exclude(renderer=RENDERER_VERSION).exists()
