"""What the small scripts add: several talks beside one another, the choice of light and dark, a form that waits."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import scrolls_sideways, wait_with
from tests.factories import a_block, a_thread_on

pytestmark = pytest.mark.django_db(transaction=True)

BOXES = "all => all.map(panel => panel.getBoundingClientRect()).map(box => [box.top, box.bottom])"

UNDER = """id => {
    const block = document.getElementById(`b-${id}`), words = document.createRange();
    words.selectNodeContents(block);
    words.setEndBefore(block.querySelector(".talk"));
    return [words.getBoundingClientRect().bottom, block.querySelector(".talk-panel").getBoundingClientRect().top];
}"""


@pytest.fixture
def blocks(world):
    """Two blocks near one another, each with talk."""
    words = ["Counting posts", "They follow closely"]
    for quote in words:
        for n in range(3):
            a_thread_on(world.unit, quote, community=world.community, author=world.alice, body=f"Word {n}. " * 200)
    return [a_block(world.unit, quote)[0] for quote in words]


def test_talks_that_are_open_lie_below_one_another_and_the_last_opened_at_its_block(open_as, world, blocks):
    page = open_as(world.bo, world.place.path)
    for block in blocks:
        page.locator(f"#talk-{block} > summary").click()
    expect(page.locator(".talk[open]")).to_have_count(2)

    def have_their_places():
        panels = sorted(page.locator(".talk[open] > .talk-panel").evaluate_all(BOXES))
        latest = page.locator(f"#b-{blocks[1]}").evaluate_all(BOXES)[0]
        lies_at = page.locator(f"#talk-{blocks[1]} > .talk-panel").evaluate_all(BOXES)[0]
        foot = page.locator(".foot").evaluate_all(BOXES)[0]
        return panels[0][1] <= panels[1][0] and abs(lies_at[0] - latest[0]) < 1 and panels[1][1] <= foot[0]

    wait_with(page, have_their_places)


@pytest.mark.parametrize("width", [1152, 1280, 1920])
def test_talks_beside_the_text_never_cover_it(open_as, world, blocks, width):
    page = open_as(world.bo, world.place.path, width=width)
    for block in blocks:
        page.locator(f"#talk-{block} > summary").click()
    expect(page.locator(".talk[open]")).to_have_count(2)
    column = page.locator(".prose").bounding_box()
    for panel in page.locator(".talk[open] > .talk-panel").all():
        box = panel.bounding_box()
        assert box["x"] >= column["x"] + column["width"]
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [320, 390, 1151])
def test_without_a_margin_talks_open_under_their_blocks(open_as, world, blocks, width):
    page = open_as(world.bo, world.place.path, width=width)
    for block in blocks:
        page.locator(f"#talk-{block} > summary").click()
        words, panel = page.evaluate(UNDER, block)
        assert panel >= words
    assert not scrolls_sideways(page)


def test_the_choice_of_dark_holds_on_the_next_page_before_any_script(open_as, world):
    page = open_as(world.bo, "/courses/")
    page.locator(".bar-end summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    html = page.request.get("/courses/").text()
    assert 'data-theme="dark"' in html
    page.get_by_role("button", name="Auto").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert "data-theme" not in page.request.get("/courses/").text()


def test_a_second_click_sends_nothing_while_the_first_is_on_its_way(open_as, world, blocks):
    page = open_as(world.bo, world.place.path)
    page.locator(f"#talk-{blocks[0]} > summary").click()
    sent = []

    def wait(route):
        sent.append(route)  # answered when the test has clicked again

    page.route("**/replies/", wait)
    form = page.locator(f"#talk-{blocks[0]} form.write").first
    form.get_by_role("textbox").fill("Once.")
    button = form.get_by_role("button", name="Reply")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    button.click(force=True)
    wait_with(page, lambda: sent)
    sent[0].fulfill(status=503, body="")
    expect(form.get_by_role("alert")).to_contain_text("Your words are still here")
    expect(form.get_by_role("textbox")).to_have_value("Once.")
    expect(button).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(300)  # htmx would now send what it had put by
    assert len(sent) == 1


TWICE = """([mark, post]) => {
    for (const words of ["first", "second"]) {
        const article = `<article class="post" id="${post}">${words}</article>`;
        const html = `<div hx-swap-oob="beforebegin:#${mark}">${article}</div>`;
        window.htmx.swap("#announcer", html, { swapStyle: "none" });
    }
}"""


def test_a_post_that_came_in_already_is_not_put_in_again(open_as, world, blocks):
    page = open_as(world.bo, world.place.path)
    page.evaluate(TWICE, [page.locator("[id^=end-]").first.get_attribute("id"), "post-999"])
    expect(page.locator("#post-999")).to_have_count(1)
    expect(page.locator("#post-999")).to_have_text("first")
