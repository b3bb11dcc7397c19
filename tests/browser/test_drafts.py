"""Whatever happens while somebody writes, they find the exact text again, and it is posted once."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Error, expect

from community.models import Draft
from discussions.models import Post, Thread
from tests.browser.conftest import wait_with
from tests.factories import a_block, a_thread_on
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "  Written for an hour:\n\n- ünïcode, 👩‍👩‍👧 and שלום\n\n\tand <b>tags</b> \n"


@pytest.fixture
def talk(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)


@pytest.fixture
def desk(open_as, world, talk):
    """Bo's page with the conversation open."""
    return open_as(world.bo, f"{world.place.path}?post={talk.posts.get().pk}")


@pytest.fixture
def slot(talk):
    return f"reply:{talk.pk}"


def box(page, talk):
    return page.locator(f"#reply-{talk.pk} textarea")


def send(page, talk):
    page.locator(f"#reply-{talk.pk}").get_by_role("button", name="Reply").click()


def trouble(page, talk):
    return page.locator(f"#reply-{talk.pk}").get_by_role("alert")


def is_posted_once(page, talk):
    expect(page.locator(f"#thread-{talk.pk} .post")).to_have_count(2)
    assert Post.objects.filter(thread=talk).count() == 2
    assert not Draft.objects.exists()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(box(page, talk)).to_have_value("")


def is_saved(page, talk):
    expect(page.locator(f"#reply-{talk.pk} .write-mark")).to_have_text("saved")


def sign_in_again(page, person, url):
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "weft-session", "value": client.cookies["weft-session"].value, "url": url}])


def test_words_survive_an_expired_log_in(desk, world, talk, live_server):
    desk.context.clear_cookies(name="weft-session")
    box(desk, talk).fill(TEXT)
    send(desk, talk)
    expect(trouble(desk, talk)).to_contain_text("signed out")
    expect(box(desk, talk)).to_have_value(TEXT)
    sign_in_again(desk, world.bo, live_server.url)
    desk.reload()
    expect(box(desk, talk)).to_have_value(TEXT)
    expect(desk.get_by_text("Your draft from just now is back.")).to_be_visible()
    send(desk, talk)
    is_posted_once(desk, talk)
    assert Post.objects.filter(source=TEXT).exists()


def test_a_rotated_token_is_no_trouble_at_all(desk, talk):
    box(desk, talk).fill(TEXT)
    desk.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tokens = []
    desk.on("request", lambda request: tokens.append(request) if request.url.endswith("/token/") else None)
    send(desk, talk)
    is_posted_once(desk, talk)
    assert len(tokens) == 1


def test_with_a_rotated_token_drafts_go_on_being_saved(desk, talk, slot):
    desk.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    box(desk, talk).fill(TEXT)
    is_saved(desk, talk)
    assert Draft.objects.get(slot=slot).body == TEXT


def test_words_survive_a_lost_network(desk, talk):
    desk.context.set_offline(True)
    box(desk, talk).fill(TEXT)
    send(desk, talk)
    expect(trouble(desk, talk)).to_contain_text("Your words are still here")
    expect(box(desk, talk)).to_have_value(TEXT)
    desk.context.set_offline(False)
    send(desk, talk)
    is_posted_once(desk, talk)


def test_words_are_saved_when_the_network_is_back(desk, talk, slot):
    desk.context.set_offline(True)
    box(desk, talk).fill(TEXT)
    desk.wait_for_timeout(1800)
    expect(desk.locator(".write-mark")).to_have_text("")  # nothing says saved that is not
    assert not Draft.objects.exists()
    desk.context.set_offline(False)
    is_saved(desk, talk)
    assert Draft.objects.get(slot=slot).body == TEXT


def test_words_survive_an_error_of_ours(desk, talk):
    desk.route("**/replies/", lambda route: route.fulfill(status=500, body="broken"))
    box(desk, talk).fill(TEXT)
    send(desk, talk)
    expect(trouble(desk, talk)).to_be_visible()
    desk.reload()
    expect(box(desk, talk)).to_have_value(TEXT)
    desk.unroute("**/replies/")
    send(desk, talk)
    is_posted_once(desk, talk)


def test_words_survive_a_crash_of_the_tab(desk, talk, world):
    box(desk, talk).fill(TEXT)
    context, url = desk.context, desk.url
    with pytest.raises(Error):
        desk.goto("chrome://crash")
    desk.close()
    again = context.new_page()
    again.goto(url)
    expect(box(again, talk)).to_have_value(TEXT)
    send(again, talk)
    is_posted_once(again, talk)


def test_words_survive_a_closed_laptop_and_are_there_on_another(desk, open_as, world, talk):
    box(desk, talk).fill(TEXT)
    with desk.expect_response("**/drafts/save/"):
        desk.evaluate(
            """() => {
                Object.defineProperty(document, "hidden", {value: true});
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    other = open_as(world.bo, desk.url)
    expect(box(other, talk)).to_have_value(TEXT)
    expect(other.get_by_text("Your draft from just now is back.")).to_be_visible()
    nobody = open_as(world.fay, desk.url)
    nobody.wait_for_load_state("networkidle")
    expect(box(nobody, talk)).to_have_value("")


@pytest.mark.parametrize("visit", ["first", "later"])
@pytest.mark.parametrize("way", ["link", "address"])
def test_words_of_a_page_that_is_left_at_once_are_on_the_server(desk, talk, slot, way, visit):
    """On the first visit the service worker is just coming; later the page is its own."""
    if visit == "later":
        desk.evaluate("navigator.serviceWorker.ready.then(() => null)")
        desk.reload()
    box(desk, talk).fill(TEXT)
    if way == "link":
        desk.get_by_role("link", name="Courses").first.click()
    else:
        desk.goto("/courses/")
    wait_until(lambda: Draft.objects.filter(slot=slot, body=TEXT).exists())


def test_words_survive_the_back_button(desk, talk):
    box(desk, talk).fill(TEXT)
    desk.goto("/courses/")
    desk.go_back()
    expect(box(desk, talk)).to_have_value(TEXT)
    send(desk, talk)
    is_posted_once(desk, talk)


def test_after_a_post_the_back_button_brings_no_second_one(open_as, world, talk):
    page = open_as(world.bo, talk.get_absolute_url())  # its form is a plain one
    page.get_by_role("textbox").fill(TEXT)
    page.get_by_role("button", name="Reply").click()
    expect(page.locator(".post")).to_have_count(2)
    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("textbox")).to_have_value("")
    assert Post.objects.filter(source=TEXT).count() == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_words_survive_a_refusal_for_length(open_as, world, talk, javascript):
    page = open_as(world.bo, f"{world.place.path}?post={talk.posts.get().pk}", javascript=javascript)
    long = (TEXT + "x" * 10_001) if javascript else ("y\n" + "x" * 10_001)
    box(page, talk).fill(long)
    if javascript:
        expect(page.locator(f"#reply-{talk.pk} .counter-over")).to_contain_text("of 10,000 characters")
    send(page, talk)
    expect(trouble(page, talk)).to_contain_text("10000 fit")
    expect(box(page, talk)).to_have_value(long)
    if javascript:
        page.reload()
        expect(box(page, talk)).to_have_value(long)


def test_a_retry_after_a_lost_answer_makes_no_second_post(desk, talk):
    def lose(route):
        route.fetch()
        route.abort()

    desk.route("**/replies/", lose)
    box(desk, talk).fill(TEXT)
    send(desk, talk)
    expect(trouble(desk, talk)).to_be_visible()
    desk.unroute("**/replies/")
    send(desk, talk)
    is_posted_once(desk, talk)


def test_a_crash_after_a_lost_answer_brings_no_second_post(desk, talk):
    def lose(route):
        route.fetch()
        route.abort()

    desk.route("**/replies/", lose)
    box(desk, talk).fill(TEXT)
    send(desk, talk)
    expect(trouble(desk, talk)).to_be_visible()
    desk.reload()
    is_posted_once(desk, talk)


def test_a_double_click_makes_one_post(desk, talk):
    box(desk, talk).fill(TEXT)
    desk.locator(f"#reply-{talk.pk}").get_by_role("button", name="Reply").dblclick()
    is_posted_once(desk, talk)


def test_a_draft_can_be_discarded(desk, talk, slot):
    box(desk, talk).fill(TEXT)
    is_saved(desk, talk)
    desk.reload()
    desk.locator("draft-keeper").get_by_role("button", name="Discard").click()
    expect(box(desk, talk)).to_have_value("")
    expect(box(desk, talk)).to_be_focused()
    expect(desk.locator("#announcer")).to_have_text("Draft discarded.")
    desk.wait_for_load_state("networkidle")
    desk.reload()
    desk.wait_for_load_state("networkidle")
    expect(box(desk, talk)).to_have_value("")
    assert not Draft.objects.exists()


def test_what_is_typed_before_a_draft_arrives_stands_below_it(open_as, world, talk, slot):
    Draft.objects.create(person=world.bo, slot=slot, body="From my other machine.")
    page = open_as(world.bo, "/courses/")
    held = []
    page.route("**/drafts/mine/**", lambda route: held.append(route))
    page.goto(f"{world.place.path}?post={talk.posts.get().pk}")
    box(page, talk).press_sequentially("Quick")
    wait_with(page, lambda: held)
    held[0].continue_()
    expect(box(page, talk)).to_have_value("From my other machine.\n\nQuick")
    box(page, talk).press_sequentially("er")
    expect(box(page, talk)).to_have_value("From my other machine.\n\nQuicker")


def test_a_conversation_about_a_block_keeps_its_title_and_words(open_as, world):
    block_id, _text = a_block(world.unit, "They follow closely")
    path = f"{world.place.path}?discuss={block_id}"
    page = open_as(world.bo, path)
    form = page.locator(f"#start-{block_id}")
    form.get_by_role("textbox", name="Title").fill("Closely?")
    form.get_by_role("textbox", name="Your words").fill(TEXT)
    expect(form.locator(".write-mark")).to_have_text("saved")
    page = open_as(world.bo, "/drafts/")
    page.get_by_role("link", name="Closely?").click()
    form = page.locator(f"#start-{block_id}")
    expect(form.get_by_role("textbox", name="Title")).to_have_value("Closely?")
    expect(form.get_by_role("textbox", name="Your words")).to_have_value(TEXT)
    form.get_by_role("button", name="Start the conversation").click()
    expect(page.locator(f"#count-{block_id}")).to_have_text("1")
    assert Thread.objects.filter(title="Closely?", block_id=block_id).count() == 1
    assert not Draft.objects.exists()
