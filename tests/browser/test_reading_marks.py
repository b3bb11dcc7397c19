"""What was on the screen long enough is read, and nothing else; with buttons and without JavaScript too."""

import pytest
from playwright.sync_api import expect

from discussions.actions import catch_up
from discussions.models import Post
from tests.browser.conftest import PHONE, WIDE, more
from tests.factories import a_block, a_post, a_thread, a_thread_on
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

widths = pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
SOON = "document.querySelector('read-marks').dataset.afterMs = 60"
LATE = "document.querySelector('read-marks').dataset.afterMs = 600000"


@pytest.fixture
def block(world):
    return a_block(world.unit, "Counting posts")[0]


@pytest.fixture
def talk(world):
    """Alice's question and Fay's answer, which is longer than three screens."""
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice, body="So?")
    long = a_post(thread, author=world.fay, body="A long answer goes on and on. " * 40)
    last = a_post(thread, author=world.fay, body="One more.\n\n" + "Line.\n\n" * 60)
    return [thread.posts.first(), long, last]


def new_to(person):
    return set(Post.objects.new_to(person).values_list("pk", flat=True))


def dot(page, post):
    return page.locator(f"#post-{post.pk}.post-new:not(.is-read)")


@widths
def test_what_is_on_the_screen_becomes_read_and_what_is_below_stays_new(open_as, world, block, talk, width):
    below = a_post(talk[0].thread, author=world.fay, body="Far below.")
    page = open_as(world.bo, world.place.path, width=width)
    page.evaluate(SOON)
    expect(page.locator(f"#talk-{block} > .knot-fresh:not(.is-read)")).to_contain_text(
        "Discuss this paragraph4, 4 posts, 4 new"
    )
    assert len(new_to(world.bo)) == 4, "read without having been on the screen"
    page.locator(f"#talk-{block} > summary").click()
    page.locator(f"#post-{talk[0].pk}").scroll_into_view_if_needed()
    expect(dot(page, talk[0])).to_have_count(0)
    wait_until(lambda: talk[0].pk not in new_to(world.bo))
    page.wait_for_timeout(1200)
    assert below.pk in new_to(world.bo)
    expect(dot(page, below)).to_have_count(1)
    for post in (talk[1], talk[2], below):
        page.locator(f"#post-{post.pk} .body > :first-child").evaluate("line => line.scrollIntoView()")
        expect(dot(page, post)).to_have_count(0)
    expect(page.locator(f"#talk-{block} > .knot-fresh:not(.is-read)")).to_have_count(0)
    wait_until(lambda: new_to(world.bo) == set())


def test_a_glance_is_not_reading(open_as, world, block, talk):
    page = open_as(world.bo, world.place.path)
    page.evaluate(LATE)
    page.locator(f"#talk-{block} > summary").click()
    page.wait_for_timeout(1500)
    page.locator(f"#talk-{block} > summary").click()
    page.reload()
    assert len(new_to(world.bo)) == 3


def test_numbers_follow_and_nothing_moves(open_as, world, block, talk):
    Post.objects.filter(pk=talk[2].pk).delete()
    other = a_thread(world.place, author=world.alice, title="All of it")
    page = open_as(world.bo, world.place.path)
    page.evaluate(LATE)
    page.locator(f"#talk-{block} > summary").click()
    page.locator(f"#post-{talk[1].pk}").scroll_into_view_if_needed()
    boxes = "all => all.map(one => JSON.stringify(one.getBoundingClientRect()))"
    in_talk = ".talk-panel *:not(.visually-hidden *, .menu-list, .menu-list *)"  # menus are closed
    things = page.locator(f".prose > *, {in_talk}, #thread-rows > li, .facts > *, .write")
    before = things.evaluate_all(boxes)
    page.evaluate(SOON)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-new=place]")).to_have_text("1 new to you")
    expect(page.locator(".outline [data-new=unit]")).to_have_text("1 new")
    expect(page.locator(f"#row-{talk[0].thread_id}")).to_have_class("row-new is-read")
    expect(page.locator(f"#row-{other.pk}")).to_have_class("row-new")
    assert things.evaluate_all(boxes) == before


def test_unread_from_here_stays_unread_while_one_looks_at_it(open_as, world, block, talk):
    catch_up(world.bo, among=Post.objects.at(world.place), up_to=talk[2].pk)
    page = open_as(world.bo, world.place.path)
    page.evaluate(SOON)
    page.locator(f"#talk-{block} > summary").click()
    post = page.locator(f"#post-{talk[1].pk}")
    more(post).click()
    post.get_by_role("button", name="Mark unread from here").click()
    expect(more(post)).to_be_focused()  # the menu is closed
    expect(dot(page, talk[1])).to_have_count(1)
    expect(dot(page, talk[0])).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text("Marked unread from here.")
    expect(page.locator("[data-new=place]")).to_have_text("2 new to you")
    expect(page.get_by_role("button", name="Catch up on this unit")).to_be_visible()
    page.wait_for_timeout(1500)
    assert new_to(world.bo) == {talk[1].pk, talk[2].pk}
    page.locator(f"#talk-{block}").get_by_role("button", name="Mark as read").click()
    expect(page.locator("#announcer")).to_have_text("Marked as read.")
    assert new_to(world.bo) == set()
    page.wait_for_function("() => document.activeElement.matches('.thread')")


def test_a_reply_leaves_what_is_still_unread_marked(open_as, world, block, talk):
    page = open_as(world.bo, world.place.path)
    page.evaluate(LATE)
    page.locator(f"#talk-{block} > summary").click()
    page.locator(f"#talk-{block}").get_by_role("textbox").fill("Mine.")
    page.locator(f"#talk-{block}").get_by_role("button", name="Reply").click()
    expect(page.get_by_text("Mine.")).to_be_visible()
    expect(page.locator(f"#talk-{block} .post-new")).to_have_count(3)


def test_without_javascript_a_conversation_and_a_unit_are_marked_by_buttons(open_as, world, block, talk):
    a_thread(world.place, author=world.alice)
    page = open_as(world.bo, world.place.path, javascript=False)
    page.locator(f"#talk-{block} > summary").click()
    page.locator(f"#talk-{block}").get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("Marked as read.")).to_be_visible()
    expect(page.locator("[data-new=place]")).to_have_text("1 new to you")
    page.get_by_role("button", name="Catch up on this unit").click()
    expect(page.get_by_text("You are caught up here.")).to_be_visible()
    assert new_to(world.bo) == set()
    page.locator(f"#talk-{block} > summary").click()
    more(page.locator(f"#post-{talk[1].pk}")).click()
    page.locator(f"#post-{talk[1].pk}").get_by_role("link", name="What else to do with it").click()
    page.get_by_role("button", name="Mark unread from here").click()
    wait_until(lambda: new_to(world.bo) == {talk[1].pk, talk[2].pk})
