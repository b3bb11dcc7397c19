"""Two people side by side: what one does, the other's page follows, and nothing moves under their eyes."""

import pytest
from playwright.sync_api import expect

from discussions.actions import accept_post, delete_post, edit_post, move_thread, react, restore_post, set_terms
from discussions.models import Post
from tests.browser.conftest import PHONE, WIDE, more
from tests.factories import a_block, a_member, a_post, a_prompt, a_thread, a_thread_on, a_wiki_page, split_off

pytestmark = pytest.mark.django_db(transaction=True)
widths = pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
SOON_MS = 20_000  # two seconds, of which a busy machine makes more; notifications/test_live.py holds the site to two
BOXES = "all => all.map(one => JSON.stringify(one.getBoundingClientRect()))"


@pytest.fixture
def served_at(site):
    return site.url


@pytest.fixture
def block(world):
    return a_block(world.unit, "Counting posts")[0]


@pytest.fixture
def talk(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice, body="So?")


def is_connected(page):
    """Once the page hears; it says nothing of that, so its connection is looked at."""
    page.wait_for_function("() => window.sockets.some(({readyState}) => readyState === WebSocket.OPEN)")
    page.wait_for_load_state("networkidle")  # and has asked what it missed


def opened(open_as, person, place, block=None, **more):
    page = open_as(person, place.path, **more)
    if block:
        page.locator(f"#talk-{block} > summary").click()
    is_connected(page)
    return page


def offer(page, name):
    return page.locator(f"#live-{name} .live-offer")


@widths
def test_a_post_is_offered_at_its_thread_and_nothing_moves_until_it_is_asked_for(open_as, world, block, talk, width):
    bo = opened(open_as, world.bo, world.place, block, width=width)
    bo.evaluate("document.querySelector('read-marks').dataset.afterMs = 600000")
    bo.locator(f"#reply-{talk.pk} textarea").fill("I am just wri")
    expect(bo.locator(".write-mark", has_text="saved")).to_have_count(1)  # and so the form has its final height
    things = bo.locator(f".prose > *, #talk-{block} .talk-panel > *, .write, #thread-rows > li, .facts")
    before = things.evaluate_all(BOXES)
    fay = opened(open_as, world.fay, world.place, block)
    fay.locator(f"#reply-{talk.pk} textarea").fill("In front of you.")
    fay.locator(f"#reply-{talk.pk}").get_by_role("button", name="Reply").click()
    expect(offer(bo, talk.pk)).to_have_text("1 new post, show", timeout=SOON_MS)
    expect(bo.locator(f"#live-{talk.pk}")).to_have_attribute("role", "status")
    expect(bo.locator(f"#count-{block}")).to_have_text("2")
    expect(bo.locator("[data-live-total]")).to_have_text(["2 posts", "2 posts"])
    expect(bo.locator("[data-live-count]")).to_have_text("2")
    expect(bo.locator(f"#says-{talk.pk}")).to_contain_text("1 reply")
    assert bo.get_by_text("In front of you.").count() == 0
    assert things.evaluate_all(BOXES) == before
    assert bo.evaluate("document.activeElement.matches('textarea')")
    expect(fay.locator(".live-offer")).to_have_count(0)

    a_post(talk, author=world.al, body="One more.")
    expect(offer(bo, talk.pk)).to_have_text("2 new posts, show", timeout=SOON_MS)
    offer(bo, talk.pk).click()
    first = Post.objects.get(source="In front of you.")
    shown = bo.locator(f"#thread-{talk.pk} > .post")
    expect(shown.locator(".body")).to_have_text(["So?", "In front of you.", "One more."])
    expect(bo.locator(f"#post-{first.pk}")).to_be_focused()
    expect(bo.locator(f"#post-{first.pk}")).to_have_class("post post-new")
    expect(bo.locator(f"#reply-{talk.pk} textarea")).to_have_value("I am just wri")
    expect(bo.locator(".live-offer")).to_have_count(0)
    bo.locator(f"#thread-{talk.pk}").get_by_role("button", name="Mark as read").click()
    expect(bo.locator(f"#thread-{talk.pk} .post-new:not(.is-read)")).to_have_count(0)


def test_where_the_talk_is_closed_its_control_says_so_and_the_post_is_in_it(open_as, world, block, talk):
    bo = opened(open_as, world.bo, world.place)
    bo.evaluate("document.querySelector('read-marks').dataset.afterMs = 600000")
    post = a_post(talk, author=world.fay, body="Behind the knot.")
    knot = bo.locator(f"#talk-{block} > summary")
    expect(knot).to_contain_text("Discuss this paragraph2, 2 posts, 2 new", timeout=SOON_MS)
    expect(bo.locator("#announcer")).to_have_text(f"New in “{talk.title}”.")
    expect(bo.locator("[data-new=place]")).to_have_text("2 new to you")
    knot.click()
    expect(bo.locator(f"#post-{post.pk}.post-new")).to_be_visible()
    expect(bo.locator(f"#live-{talk.pk} .live-offer")).to_have_count(0)


def test_a_new_conversation_gets_its_knot_and_is_offered_in_the_list(open_as, world, block):
    bo = opened(open_as, world.bo, world.place)
    expect(bo.locator(f"a#talk-{block}.knot-empty")).to_be_visible()
    box = bo.locator(f"#talk-{block}").bounding_box()
    talk = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.fay, title="Why count?")
    expect(bo.locator(f"details#talk-{block} > summary")).to_contain_text("1 post, 1 new", timeout=SOON_MS)
    now = bo.locator(f"#talk-{block} > summary").bounding_box()
    assert all(abs(now[side] - box[side]) < 1 for side in box)
    expect(offer(bo, "rows")).to_have_text("1 new conversation, show")
    assert bo.locator(f"#row-{talk.pk}").count() == 0
    offer(bo, "rows").click()
    expect(bo.locator(f"#row-{talk.pk}")).to_contain_text("Why count?")
    expect(bo.locator("#thread-count")).to_have_text("1 thread")
    bo.locator(f"#talk-{block} > summary").click()
    second = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="And how?")
    expect(offer(bo, f"talk-{block}")).to_have_text("1 new conversation, show", timeout=SOON_MS)
    offer(bo, f"talk-{block}").click()
    expect(bo.locator(f"#talk-{block} #thread-{second.pk}")).to_be_visible()


def test_an_edit_a_word_an_acceptance_a_removal_and_its_undoing_are_followed_in_place(open_as, world, block):
    question = a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.alice, kind="question", body="Where?"
    )
    post = a_post(question, author=world.fay, body="Here.")
    bo = opened(open_as, world.bo, world.place, block)
    shown = bo.locator(f"#post-{post.pk}")
    more(shown).focus()
    edit_post(author=world.fay, post=post, body="Over there.", version=1)
    expect(shown.locator(".body")).to_have_text("Over there.", timeout=SOON_MS)
    expect(more(shown)).to_be_focused()
    react(person=world.al, post=post, word="helped")
    expect(shown.get_by_role("button", name="helped me")).to_contain_text("1", timeout=SOON_MS)
    accept_post(by=world.alice, post=post)
    expect(bo.locator(f"#answer-{question.pk}")).to_contain_text("Over there.", timeout=SOON_MS)
    expect(bo.locator(f"#kind-{question.pk}")).to_have_text("answered")
    delete_post(by=world.fay, post=post)
    expect(shown.locator(".body")).to_have_text("removed by its author", timeout=SOON_MS)
    expect(bo.locator(f"#answer-{question.pk}")).to_have_text("")
    expect(bo.locator(f"#count-{block}")).to_have_text("1")
    restore_post(by=world.fay, post=post)
    expect(shown.locator(".body")).to_have_text("Over there.", timeout=SOON_MS)
    expect(bo.locator(".live-offer")).to_have_count(0)


def test_who_writes_keeps_their_words_when_the_post_the_form_or_the_thread_changes(open_as, world, block):
    prompt = a_prompt(world.place, asker=world.fay, title="Say one thing")
    mine = a_post(prompt, author=world.bo, body="My one thing.")
    bo = opened(open_as, world.bo, world.place)
    bo.locator(f"#row-{prompt.pk} .row-fold > summary").click()
    own = bo.locator(f"#post-{mine.pk}")
    more(own).click()
    own.get_by_role("link", name="Edit", exact=True).click()
    own.get_by_role("textbox").fill("My two things.")
    form = bo.locator(f"#reply-{prompt.pk} textarea")
    form.fill("And a third.")
    delete_post(by=world.fay, post=mine)
    set_terms(by=world.fay, thread=prompt, terms={"closes_at": prompt.created_at})
    expect(bo.locator(f"#foot-{prompt.pk}")).to_contain_text("Closed on", timeout=SOON_MS)
    expect(own.get_by_role("textbox")).to_have_value("My two things.")
    expect(form).to_have_value("And a third.")
    move_thread(by=world.alice, thread=prompt, place=world.commons)
    expect(bo.locator(f"#thread-{prompt.pk}")).to_contain_text("This conversation was moved.", timeout=SOON_MS)
    expect(form).to_have_value("And a third.")
    expect(own.get_by_role("textbox")).to_have_value("My two things.")
    bo.locator(f"#reply-{prompt.pk}").get_by_role("button", name="Answer").click()
    expect(bo.get_by_role("alert")).to_contain_text("Your words are still here.")


def test_what_is_moved_leaves_one_page_and_comes_to_the_other(open_as, world, block, talk):
    bo = opened(open_as, world.bo, world.place, block)
    al = opened(open_as, world.al, world.commons)
    alone = opened(open_as, world.bo, talk.place)
    alone.goto(talk.get_absolute_url())
    is_connected(alone)
    move_thread(by=world.alice, thread=talk, place=world.commons)
    for page in (bo, alone):
        expect(page.locator(".thread[data-left]")).to_contain_text("This conversation was moved.", timeout=SOON_MS)
        expect(page.get_by_text("So?")).to_have_count(0)
        expect(page.get_by_text(talk.title)).to_have_count(0)
    expect(bo.locator("#thread-rows > li")).to_have_text("This conversation was moved. Go where it stands now")
    offer(al, "rows").click(timeout=SOON_MS)
    expect(al.locator(f"#row-{talk.pk}")).to_contain_text(talk.title)
    bo.get_by_role("link", name="Go where it stands now").first.click()
    expect(bo.get_by_role("heading", level=1)).to_have_text(talk.title)


def test_a_prompt_in_the_text_offers_its_first_answer_and_those_after(open_as, world):
    prompt = world.place.threads.in_text().get()
    bo = opened(open_as, world.bo, world.place)
    a_post(prompt, author=world.al, body="Patience.")
    expect(offer(bo, prompt.pk)).to_have_text("1 new post, show", timeout=SOON_MS)
    offer(bo, prompt.pk).click()
    expect(bo.locator(f"#answers-{prompt.pk} .post .body")).to_have_text(["Patience."])
    a_post(prompt, author=world.fay, body="Trust.")
    offer(bo, prompt.pk).click(timeout=SOON_MS)
    expect(bo.locator(f"#answers-{prompt.pk} .post .body")).to_have_text(["Patience.", "Trust."])
    expect(bo.locator(f"#answer-count-{prompt.pk}, #answered-{prompt.pk}").first).to_have_text("2 answers")


def test_ones_own_words_from_another_tab_are_there_and_not_announced(open_as, world, block, talk):
    bo = opened(open_as, world.bo, world.place, block)
    a_post(talk, author=world.bo, body="From my phone.")
    expect(bo.get_by_text("From my phone.")).to_be_visible(timeout=SOON_MS)
    mine = a_thread(world.place, author=world.bo, title="From my phone, too")
    expect(bo.locator(f"#row-{mine.pk}")).to_be_visible(timeout=SOON_MS)
    expect(bo.locator(".live-offer")).to_have_count(0)


def test_the_pages_of_a_thread_a_community_and_a_new_member_follow_too(open_as, world, talk):
    newcomer = a_member(world.community, "Nia")
    alone = open_as(newcomer, talk.get_absolute_url())
    commons = opened(open_as, world.bo, world.commons)
    post = a_post(talk, author=world.fay, body="On its own page.")
    started = a_thread(world.commons, author=world.fay, title="In the commons")
    offer(alone, talk.pk).click(timeout=SOON_MS)
    expect(alone.locator(f"#post-{post.pk}")).to_contain_text("On its own page.")
    expect(alone.locator(f"#facts-{talk.pk}")).to_have_text("2 posts")
    offer(commons, "rows").click(timeout=SOON_MS)
    expect(commons.locator(f"#row-{started.pk}")).to_be_visible()


def test_a_wiki_page_is_followed_at_its_blocks_too(open_as, world):
    page = a_wiki_page(world.place, author=world.fay, title="Field guide", body="# Signs\n\nThey follow closely.\n")
    block, words = next((block.id, block.text) for block in page.standing_blocks().values() if "closely" in block.text)
    bo = opened(open_as, world.bo, page.talk)
    a_thread(page.talk, author=world.al, block_id=block, quote=words, body="How do you know?")
    knot = bo.locator(f"details#talk-{block} > summary")
    expect(knot).to_contain_text("1 post, 1 new", timeout=SOON_MS)
    expect(offer(bo, "rows")).to_have_text("1 new conversation, show")
    knot.click()
    expect(bo.locator(f"#talk-{block}").get_by_text("How do you know?")).to_be_visible()


def test_posts_that_get_a_conversation_of_their_own_leave_the_old_one(open_as, world, block, talk):
    taken = a_post(talk, author=world.fay, body="Something else.")
    bo = opened(open_as, world.bo, world.place, block)
    split_off(talk, taken, by=world.alice, title="Something else")
    expect(bo.locator(f"#thread-{talk.pk} > .post .body")).to_have_text(["So?"], timeout=SOON_MS)
    expect(offer(bo, "rows")).to_have_text("1 new conversation, show")
