"""What holds for every mail, whatever it says."""

import email
import email.policy
import re
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import getaddresses

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils.safestring import mark_safe

from accounts.models import Look, User
from accounts.models.organisation import LOOK_KEY
from notifications.mail import compose
from notifications.mail.composing import assemble

MESSAGE_ID = "<0123456789abcdef@weft.example.org>"
SAID = "2026-05-03 18:30"


def a_mail(subject="What do quiet readers take along? · Heron", name="Ana Ferreira", words="<p>Much.</p>", **more):
    said = {
        "name": name,
        "html": mark_safe(words),
        "text": "Much.",
        "url": "http://w/c/heron/?post=1",
        "is_whole": True,
    }
    context = {
        "lead": f"{name} answered you",
        "about": "What do quiet readers take along?",
        "where": "Reading · Heron",
        "quote": "Most members read far more than they write.",
        "told": [{**said, "does": "", "at": datetime.fromisoformat(f"{SAID}Z")}],
        "more": 0,
        "url": "http://w/c/heron/?post=1",
        "press": "Read and answer",
        "preheader": "Much.",
        "why": "You get this at once because it answers you.",
    }
    asked = {"to": "bo@example.org", "template": "notifications/mail/at_once", "message_id": MESSAGE_ID, **more}
    return compose(subject=subject, context=context, **asked)


def parsed(message):
    """As the other side gets it."""
    return email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)


def page_of(message):
    return BeautifulSoup(message.alternatives[0].content, "lxml")


def test_a_mail_reads_well_as_a_page_and_as_text():
    got = parsed(a_mail())
    text, page = got.get_body(("plain",)).get_content(), got.get_body(("html",)).get_content()
    assert re.search(r'<html [^>]*lang="en"', page)
    assert "<title>What do quiet readers take along? · Heron</title>" in page
    assert "Much." in text
    assert "\n-- \nYou get this at once because it answers you.\n" in text
    assert "\n\n\n" not in text
    assert len(got.as_bytes()) < 30_000


def test_a_mail_fetches_nothing_and_tells_nobody_that_it_was_read():
    page = page_of(a_mail())
    assert page.find_all(["img", "link", "script", "iframe", "object", "video", "audio"]) == []
    assert re.findall(r"url\(|@import|src=", str(page)) == []


def test_the_looks_are_written_into_the_elements_and_the_dark_ones_stay():
    page = page_of(a_mail())
    assert "background-color:#2f5d8a" in page.find("td", class_="press")["style"].replace(" ", "")
    assert "prefers-color-scheme: dark" in page.find("style").text
    assert len(page.find_all("style")) == 1


def test_a_mail_has_the_look_of_the_organisation():
    cache.set(LOOK_KEY, Look("Heron Institute", colour="#7a1f5c"))
    message = a_mail()
    page = page_of(message)
    assert page.find(class_="brand").text == "Heron Institute"
    assert "#7a1f5c" in page.find("td", class_="press")["style"]
    assert message.from_email == '"Weft" <weft@localhost>'
    assert "Heron Institute" in message.body


@pytest.mark.parametrize(("zone", "shown"), [("UTC", "6:30 p.m."), ("Asia/Tokyo", "May 4, 2026, 3:30 a.m.")])
def test_times_are_those_of_whom_it_is_for(zone, shown):
    message = a_mail(person=User(email="bo@example.org", time_zone=zone))
    assert shown in message.body
    assert shown in message.alternatives[0].content


NASTY = [
    "Ana\r\nBcc: all@example.org",
    "Ana\nContent-Type: text/html\n\n<h1>",
    'Ana "The Pen" O\'Neil, Esq. <root@example.org>',
    "Ana\x00\x0b\u2028\u2029\x85Bcc: all@example.org",
    "=?utf-8?q?Ana=0ABcc=3A_all=40example=2Eorg?=",
    "Ána Ферейра 安娜 " * 20,
    "A" * 1_200,
    "\u202eanA",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_no_name_or_title_adds_a_header_or_a_recipient(nasty):
    plain = set(parsed(a_mail()).keys())
    got = parsed(a_mail(subject=f"{nasty} · Heron", name=nasty, sender=nasty))
    assert set(got.keys()) == plain
    assert got["To"].addresses[0].addr_spec == "bo@example.org"
    assert [address.addr_spec for address in got["From"].addresses] == ["weft@localhost"]
    assert not got.defects
    assert got.get_body(("html",))


BREAKS = ["\r\n", "\n", "\r", "\n\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00\n", "\r\n ", "\r\n\t", "%0d%0a"]
ADDED = [
    "Bcc: all@example.org",
    "To: all@example.org",
    "Subject: Other",
    "Reply-To: <all@example.org>",
    "\r\n<h1>Other",
]
WRAPS = ["Ana{}", "=?utf-8?q?{}?=", '"Ana" <ana@example.org>{}', "Ána{}"]


def test_none_of_200_ways_to_break_a_line_gets_through():
    said = {"to": "bo@example.org", "text": "Much.", "page": "<p>Much.</p>", "headers": {"Message-ID": MESSAGE_ID}}
    plain = set(parsed(assemble(subject="Much", **said)).keys())
    ways = [wrap.format(br + added) for wrap in WRAPS for br in BREAKS for added in ADDED]
    assert len(ways) > 200
    for way in ways:
        got = BytesHeaderParser().parsebytes(assemble(subject=way, sender=way, **said).message().as_bytes())
        assert set(got.keys()) == plain
        assert got["To"] == "bo@example.org"
        assert [address for _name, address in getaddresses([got["From"]])] == ["weft@localhost"]


@pytest.mark.parametrize("length", [997, 998, 999, 20_000])
def test_no_line_is_too_long_for_the_servers_on_the_way(length):
    raw = a_mail(words=f"<p>{'ä' * length}</p>", subject="ü" * length).message().as_bytes()
    assert max(len(line) for line in raw.splitlines()) <= 998
    assert "ä" * length in parsed(a_mail(words=f"<p>{'ä' * length}</p>")).get_body(("html",)).get_content()


@pytest.mark.parametrize("to", ['"bo lindqvist"@example.org', "bo@exämple.org", "o'neil+weft@example.org"])
def test_unusual_addresses_get_their_mail(to):
    got = parsed(a_mail(to=to))
    assert len(got["To"].addresses) == 1
    assert got["To"].addresses[0].addr_spec.endswith(("example.org", "exämple.org", "xn--exmple-cua.org"))


def test_what_belongs_to_one_conversation_is_put_together():
    first, second = a_mail(thread_id=7), a_mail(thread_id=7, message_id="<ff@weft.example.org>")
    for name in ("References", "In-Reply-To", "List-Id"):
        assert first.extra_headers[name] == second.extra_headers[name]
    assert first.extra_headers["Message-ID"] == MESSAGE_ID
    assert a_mail(thread_id=8).extra_headers["References"] != first.extra_headers["References"]
    assert "References" not in a_mail().extra_headers
