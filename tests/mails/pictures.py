"""Keeps the mails of the demo in docs/mail/, as text and as pictures. Run by `make mails`, not by the suite."""

import io
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import time_machine
from PIL import Image
from playwright.sync_api import Browser

from courses.actions.demo import load_demo
from tests.browser.conftest import browser  # noqa: F401 # a fixture
from tests.cast import Demo
from tests.mails.examples import EXAMPLES, Example

FOLDER = Path(__file__).parents[2] / "docs" / "mail"
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SHOTS = [(600, "light"), (600, "dark"), (360, "light"), (360, "dark")]  # width, scheme
GAP, GROUND = 16, "#808080"
COLOURS = 32
SECRET = re.compile(r"(/(?:invitations|stop|caught-up)/)[^/\s]+")  # another one each time
TALLEST = 1_600  # pixels; of a long one the beginning shows how it looks
HEAD = """# Mails

One mail of each kind, out of the demo, as `make mails` made it: at 600 and at 360 pixels, light and dark. What each
says as plain text is beside it.
"""


@pytest.fixture
def made(db: None) -> Demo:
    with time_machine.travel(NOW, tick=True):
        load_demo(now=NOW)
        yield Demo()


def test_keep_the_mails(made: Demo, browser: Browser, django_db_blocker: object) -> None:  # noqa: F811
    FOLDER.mkdir(exist_ok=True)
    page = [HEAD]
    for example in EXAMPLES:
        keep(example, made, browser)
        page.append(f"## {example.says}\n\n![]({example.name}.png)\n\n[As text]({example.name}.txt)\n")
    (FOLDER / "README.md").write_text("\n".join(page))


def keep(example: Example, demo: Demo, browser: Browser) -> None:  # noqa: F811
    got = message_from_bytes(example.mail(demo).message().as_bytes(), policy=policy.default)
    head = "".join(f"{name}: {got[name]}\n" for name in ("From", "To", "Subject"))
    text = SECRET.sub(r"\1…", got.get_body(("plain",)).get_content())
    (FOLDER / f"{example.name}.txt").write_text(f"{head}\n{text}")
    html = got.get_body(("html",)).get_content()
    side_by_side([shot(browser, html, *how) for how in SHOTS]).save(FOLDER / f"{example.name}.png", optimize=True)


def shot(browser: Browser, html: str, width: int, scheme: str) -> Image.Image:  # noqa: F811
    context = browser.new_context(viewport={"width": width, "height": 200}, color_scheme=scheme, offline=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_content(html)
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not is_wide, f"scrolls sideways at {width}"
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    context.close()
    return picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, TALLEST)))


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    size = sum(p.width for p in pictures) + GAP * (len(pictures) + 1), max(p.height for p in pictures) + 2 * GAP
    whole, left = Image.new("RGB", size, GROUND), GAP
    for picture in pictures:
        whole.paste(picture, (left, GAP))
        left += picture.width + GAP
    return whole.quantize(COLOURS)
