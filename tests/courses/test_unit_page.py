"""The unit page: everything of a unit in one answer, for the same few queries however much there is."""

import uuid
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import edit_unit, mark_done
from courses.models import Unit, UnitProgress
from discussions.models import Post, Thread
from pieces import KEPT
from tests.factories import (
    a_block,
    a_cohort,
    a_post,
    a_resource,
    a_summary,
    a_thread,
    a_thread_on,
    a_wiki_page,
    place_of,
)

QUERIES_AT_MOST = 15
ON_A_HIT = 3


def filled(world, *, threads, posts):
    """Conversations on the blocks of the unit and on the whole of it, with `posts` posts each; made in bulk."""
    blocks = list(world.unit.block_texts().items())
    made = Thread.objects.bulk_create(
        Thread(
            place=world.place,
            created_by=world.fay,
            title=f"Thread {n}",
            block_id=blocks[n % len(blocks)][0] if n % 3 else "",
            quote=blocks[n % len(blocks)][1][:300] if n % 3 else "",
            post_count=posts,
        )
        for n in range(threads)
    )
    Post.objects.bulk_create(
        Post(thread=thread, author=world.bo, source="x", html="<p>x</p>", renderer=1, key=uuid.uuid4())
        for thread in made
        for _ in range(posts)
    )


def queries_of(client, url, *, again=False):
    """How many it takes to make the page; or to find that it was kept and is as it was."""
    if not getattr(client, "was_here", False):
        client.get(url)  # the session's first page writes to it
        client.was_here = True
    limit = KEPT.limit if again else 0
    with mock.patch.object(KEPT, "limit", limit), CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_unit_page_asks_the_same_few_queries_for_10_and_for_1000_posts(world, client_of):
    client = client_of(world.bo)
    filled(world, threads=5, posts=2)
    for n in range(2):
        a_resource(world.place, sharer=world.fay, tags=[f"tag{n}"])
    a_wiki_page(world.place, author=world.fay)
    a_summary(Thread.objects.filter(place=world.place, is_in_text=False).first(), by=world.fay)
    few = queries_of(client, world.place.path)
    filled(world, threads=45, posts=22)
    for thread in Thread.objects.filter(place=world.place, is_in_text=False, distilled_at=None)[:20]:
        a_summary(thread, by=world.fay)
    for n in range(6):
        a_resource(world.place, sharer=world.alice, tags=[f"more{n}"])
    many = queries_of(client, world.place.path)
    assert few == many
    assert many <= QUERIES_AT_MOST
    client.get(world.place.path)
    assert queries_of(client, world.place.path, again=True) == ON_A_HIT


@pytest.mark.parametrize("url", ["/", "/courses/", "/courses/{course}/", "/c/{community}/", "/communities/"])
def test_the_other_main_pages_ask_the_same_queries_for_much_and_for_little(world, client_of, url):
    client, url = client_of(world.bo), url.format(course=world.course.slug, community=world.community.slug)
    filled(world, threads=5, posts=2)
    a_thread(world.commons, author=world.alice)
    few = queries_of(client, url)
    filled(world, threads=40, posts=5)
    for _ in range(4):
        a_thread(world.commons, author=world.alice)
        a_wiki_page(world.place, author=world.fay)
    assert queries_of(client, url) == few
    assert few <= QUERIES_AT_MOST + 4  # a community has its shelf, topics and people, and counts what is new


def test_everything_of_a_unit_is_in_the_first_html(world, client_of):
    a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice, body="Beside the text.")
    a_thread(world.place, author=world.fay, title="On all of it")
    a_resource(world.place, sharer=world.al, title="A paper worth reading")
    a_wiki_page(world.place, author=world.bo, title="Field guide", body="What we *know*.")
    page = client_of(world.bo).get(world.place.path).content.decode()
    for words in (
        "Counting posts makes those readers look absent", "Beside the text.", "On all of it", "A paper worth reading",
        "What we <em>know</em>.", "What did you take from a group where you mostly read?",
    ):  # fmt: skip
        assert words in page


def test_with_many_conversations_the_rest_is_a_link_away(world, client_of):
    filled(world, threads=80, posts=1)
    world.place.thread_count = 80
    world.place.save(update_fields=["thread_count"])
    page = client_of(world.bo).get(world.place.path).content.decode()
    assert page.count('id="row-') == 60
    assert f"/p/{world.place.pk}/threads/" in page


def test_a_deleted_paragraph_leaves_its_conversation_with_the_old_words(world, client_of):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo)
    rest = world.unit.source.replace("Counting posts makes those readers look absent.\n", "")
    edit_unit(unit=world.unit, author=world.fay, source=rest, version=world.unit.version)
    page = client_of(world.bo).get(world.place.path).content.decode()
    assert f'id="thread-{thread.pk}"' in page
    assert "on an earlier wording" in page
    assert "Counting posts makes those readers look absent." in page


def test_an_edited_and_moved_paragraph_keeps_its_conversation(world, client_of):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo)
    moved = world.unit.source.replace("Counting posts makes those readers look absent.\n\n", "")
    moved += "\nCounting posts makes those quiet readers look absent.\n"
    edit_unit(unit=world.unit, author=world.fay, source=moved, version=world.unit.version)
    unit = Unit.objects.get(pk=world.unit.pk)
    assert unit.block_texts()[thread.block_id] == "Counting posts makes those quiet readers look absent."


def test_answers_of_a_prompt_stay_when_its_words_change(world, client_of):
    prompt = Thread.objects.get(place=world.place, kind="prompt")
    a_post(prompt, author=world.bo, body="A choir.")
    source = world.unit.source.replace("What did you take", "What, if anything, did you take")
    edit_unit(unit=world.unit, author=world.fay, source=source, version=world.unit.version)
    prompt.refresh_from_db()
    assert prompt.title.startswith("What, if anything,")
    assert Thread.objects.filter(place=world.place, kind="prompt").count() == 1
    assert "A choir." in client_of(world.bo).get(world.place.path).content.decode()


@pytest.mark.parametrize("query", ["?post=x", "?post=" + "9" * 40, "?discuss=nonsense", "?post=-1"])
def test_an_address_with_nonsense_shows_the_unit(world, client_of, query):
    assert client_of(world.bo).get(world.place.path + query).status_code == 200


def test_a_post_of_another_community_is_not_shown_through_a_unit_of_ones_own(world, client_of):
    secret = a_thread(author=None, body="Not for Bo.")
    for pk in (secret.posts.get().pk, 999999999999):
        assert client_of(world.bo).get(f"{world.place.path}?post={pk}").status_code == 404


def test_the_same_unit_in_another_cohort_has_its_own_talk(world, client_of):
    a_thread(world.place, author=world.bo, title="Only in Heron")
    egret = a_cohort(world.course, host=world.cy, members=(world.bo,))
    path = place_of(world.unit, egret.community).path
    assert "Only in Heron" not in client_of(world.cy).get(path).content.decode()
    assert "Only in Heron" not in client_of(world.bo).get(path).content.decode()


def test_a_unit_that_has_not_opened_is_there_for_guides_only(world, client_of):
    later = a_cohort(world.course, host=world.fay, members=(world.cy,), days_ago=-5)
    path = place_of(world.unit, later.community).path
    assert client_of(world.fay).get(path).status_code == 200
    assert client_of(world.cy).get(path).status_code == 404
    outline = client_of(world.cy).get(f"/courses/{world.course.slug}/").content.decode()
    assert world.unit.title in outline
    assert path not in outline


def test_being_done_with_a_unit_is_said_and_taken_back(world, client_of):
    client, url = client_of(world.bo), f"{world.place.path}done/"
    response = client.post(url, {"done": "yes"})
    assert response.url == place_of(world.units[1], world.community).path
    assert "You are done with this unit." in client.get(world.place.path).content.decode()
    client.post(url, {"done": "no"})
    assert not UnitProgress.objects.exists()


def test_nobody_sees_how_far_others_are(world, client_of):
    mark_done(world.bo, world.unit)
    for person in (world.alice, world.fay, world.al):
        assert "You are done with this unit." not in client_of(person).get(world.place.path).content.decode()


def test_a_fragment_holds_the_talk_of_one_block_and_a_form(world, client_of):
    block_id, _text = a_block(world.unit, "Counting posts")
    url = f"{world.place.path}talk/{block_id}/"
    html = client_of(world.bo).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert 'name="anchor"' in html
    assert client_of(world.bo).get(url).url == f"{world.place.path}?discuss={block_id}#b-{block_id}"
    assert client_of(world.bo).get(f"{world.place.path}talk/abcdefgh/").status_code == 404
