"""Pictures and files in one's words: pasted, dropped or chosen, said what they show, and seen by the others."""

import re

import pytest
from playwright.sync_api import expect

from community.models import PlaceImage
from discussions.models import Post
from tests.browser.conftest import PHONE, WIDE, scrolls_sideways, violations, wait_with
from tests.factories import a_thread, an_upload

pytestmark = pytest.mark.django_db(transaction=True)

GIVE = """([area, name, how]) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 900, height: 300});
  canvas.getContext("2d").fillRect(0, 0, 450, 300);
  canvas.toBlob((blob) => {
    const data = new DataTransfer();
    data.items.add(new File([blob], name, {type: "image/png"}));
    const more = how === "paste" ? {clipboardData: data} : {dataTransfer: data};
    const kind = how === "paste" ? ClipboardEvent : DragEvent;
    if (how === "drop") area.dispatchEvent(new kind("dragenter", {bubbles: true, ...more}));
    area.dispatchEvent(new kind(how, {bubbles: true, cancelable: true, ...more}));
  });
}"""


@pytest.fixture
def thread(world):
    return a_thread(world.place, author=world.alice, title="On all of it", body="What did you see?")


def field_of(page, thread):
    page.locator(f"#row-{thread.pk} summary").first.click()
    return page.locator(f"#reply-{thread.pk} textarea")


def give(page, field, name="a nest.png", how="paste"):
    page.evaluate(GIVE, [field.element_handle(), name, how])


@pytest.mark.parametrize("how", ["paste", "drop"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_picture_goes_into_the_words_and_the_others_see_it(open_as, world, thread, how, width):
    page = open_as(world.bo, world.place.path, width=width)
    field = field_of(page, thread)
    field.fill("Look at this:")
    give(page, field, how=how)
    expect(page.locator(f"#reply-{thread.pk} .write-status")).to_have_text("The picture is in. Say what it shows.")
    image = PlaceImage.objects.get()
    expect(field).to_have_value(f"Look at this:\n![what it shows]({image.get_absolute_url()})\n")
    page.keyboard.type("Half a nest")  # what it shows is selected
    expect(field).to_have_value(f"Look at this:\n![Half a nest]({image.get_absolute_url()})\n")
    assert violations(page) == []
    page.locator(f"#reply-{thread.pk}").get_by_role("button", name="Reply").click()
    shown = page.locator(f"#row-{thread.pk}").get_by_role("img", name="Half a nest")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.complete || image.decode().then(() => true)")
    assert shown.evaluate("image => image.naturalWidth") == 900
    assert not scrolls_sideways(page)
    other = open_as(world.fay, f"{world.place.path}?post={Post.objects.last().pk}", width=width)
    seen = other.get_by_role("img", name="Half a nest")
    seen.scroll_into_view_if_needed()
    assert seen.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900


def test_one_chooses_a_picture_and_a_file_with_the_keyboard(open_as, world, thread):
    page = open_as(world.bo, world.place.path)
    field = field_of(page, thread)
    field.focus()
    with page.expect_file_chooser() as chosen:
        page.locator(f"#reply-{thread.pk}").get_by_role("button", name="Picture or file").press("Enter")
    picture = {"name": "nest.png", "mimeType": "image/png", "buffer": an_upload("nest.png").read()}
    notes = {"name": "Field notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nherons"}
    chosen.value.set_files([picture, notes])
    expect(page.locator(f"#reply-{thread.pk} .write-status")).to_have_text("The file is in, as a link.")
    expect(field).to_have_value(re.compile(r"\]\(/c/heron/images/"))
    page.locator(f"#reply-{thread.pk}").get_by_role("button", name="Reply").click()
    expect(page.locator(f"#row-{thread.pk}").get_by_role("link", name="Field notes.pdf")).to_be_visible()
    other = open_as(world.fay, f"{world.place.path}?post={Post.objects.last().pk}")
    with other.expect_download() as saved:
        other.get_by_role("link", name="Field notes.pdf").click()
    assert (saved.value.suggested_filename, saved.value.path().read_bytes()) == ("Field notes.pdf", notes["buffer"])


def test_while_a_picture_is_on_its_way_the_form_waits_and_who_writes_on_is_not_disturbed(open_as, world, thread):
    page = open_as(world.bo, world.place.path)
    waiting = []
    page.route("**/files/", lambda route: waiting.append(route))
    field = field_of(page, thread)
    field.fill("First.")
    give(page, field)
    expect(field).to_have_value("First.\n![Uploading a nest.png…]()\n")
    page.locator(f"#reply-{thread.pk}").get_by_role("button", name="Reply").click()
    expect(page.get_by_text("Something is still on its way.")).to_be_visible()
    field.press("Control+End")
    page.keyboard.type("And more.")
    wait_with(page, lambda: waiting)
    waiting[0].continue_()
    expect(page.locator(f"#reply-{thread.pk} .write-status")).to_have_text("The picture is in. Say what it shows.")
    page.keyboard.type(" And on.")
    address = PlaceImage.objects.get().get_absolute_url()
    expect(field).to_have_value(f"First.\n![what it shows]({address})\nAnd more. And on.")
    assert not Post.objects.filter(author=world.bo).exists()


@pytest.mark.parametrize("trouble", ["refused", "lost"])
def test_a_picture_that_does_not_get_through_takes_no_word_along(open_as, world, thread, trouble):
    page = open_as(world.bo, world.place.path)
    if trouble == "lost":
        page.route("**/files/", lambda route: route.abort())
    field = field_of(page, thread)
    field.fill("My words.")
    if trouble == "lost":
        give(page, field)
        expect(page.get_by_text("That did not get through.")).to_be_visible()
    else:
        field.focus()
        with page.expect_file_chooser() as chosen:
            page.locator(f"#reply-{thread.pk}").get_by_role("button", name="Picture or file").click()
        chosen.value.set_files({"name": "x.png", "mimeType": "image/png", "buffer": b"GIF89a"})
        expect(page.get_by_text("That picture can't be read")).to_be_visible()
    expect(field).to_have_value(re.compile(r"^\s*My words\.\s*$"))
