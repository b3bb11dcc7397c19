"""What is read out of pages that strangers wrote: plain words, whatever the page looks like."""

import codecs
import re
import time

import pytest
from django.urls import reverse

from accounts.actions import NotAPicture
from outbound import Fetched
from resources.actions.page_words import PageWords, page_words
from resources.actions.previewing import thumbnail
from resources.models import LinkPreview
from tests.factories import a_community, a_member, a_preview, a_resource, an_upload, commons_of

URL = "https://public.example/a/page"
MIB = 1024 * 1024


def read(content: bytes | str, *, kind: str = "text/html", charset: str = "") -> PageWords:
    content = content.encode() if isinstance(content, str) else content
    return page_words(Fetched(200, URL, kind, charset, content, True))


@pytest.mark.once
@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Plain</title>", "Plain"),
        ("<title>a</title><meta property=og:title content='b'>", "b"),
        ("<meta name=twitter:title content=c><title>a</title>", "c"),
        ("<meta property=og:title content=' '><title>a</title>", "a"),
        ("<TITLE>\n  Two\n lines </TITLE>", "Two lines"),
        ("<title><b>bold</b></title>", "<b>bold</b>"),
        ("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "<script>alert(1)</script>"),
        ("<title>A &amp;amp; B &#0; &#x1f426; &nbsp; C</title>", "A &amp; B \U0001f426 C"),
        ("<title>a\u202egnp.exe\u2066\u200e b\x07\x1bc\ufeff</title>", "agnp.exe bc"),
        ("<title>unclosed", "unclosed"),
        ("no markup", ""),
        ("", ""),
        ("\x00\xff\xfe" * 9, ""),
        ("<title>first</title><svg><title>second</title></svg>", "first"),
        ("<title>" + "x" * 999_999 + "</title>", "x" * 199 + "\u2026"),
        ("<meta property=og:title content='" + "\U0001f426" * 999 + "'>", "\U0001f426" * 199 + "\u2026"),
    ],
)
def test_a_title_is_one_line_of_plain_text(html, title):
    assert read(html).title == title


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Fähre «été» €".encode(), ""),
        ("Fähre «été» €".encode(), "utf8"),
        ("Fähre «été» €".encode("cp1252"), ""),
        ("Fähre «été» €".encode("cp1252"), "ISO-8859-1"),
        ("<meta charset=windows-1252>Fähre «été» €".encode("cp1252"), ""),
        (b"<meta http-equiv=Content-Type content='text/html; charset=utf-8'>" + "Fähre «été» €".encode(), ""),
        (codecs.BOM_UTF8 + "Fähre «été» €".encode(), "ascii"),
        ("\ufeffFähre «été» €".encode("utf-16"), ""),
        ("Fähre «été» €".encode("utf-16-be"), "utf-16be"),
        ("Fähre «été» €".encode(), "no-such-charset"),
        ("Fähre «été» €".encode(), "zip"),
        ("Fähre «été» €".encode(), "punycode"),
        ("Fähre «été» €".encode(), "unicode_escape"),
        ("Fähre «été» €".encode(), "utf-7"),
        ("Fähre «été» €".encode(), "../../x"),
        ("Fähre «été» €".encode(), "\0"),
        ("Fähre «été» €".encode(), "a" * 9_999),
    ],
)
def test_odd_charsets_are_read_as_browsers_do(content, charset):
    encoding = "utf-16-be" if charset == "utf-16be" else "utf-16-le" if b"\xff\xfe" in content[:2] else "ascii"
    head, tail = ("<title>".encode(encoding), "</title>".encode(encoding))
    if mark := next((each for each in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE) if content.startswith(each)), b""):
        head, content = mark + head, content.removeprefix(mark)
    if content.startswith(b"<meta"):
        meta, _, content = content.partition(b">")
        head = meta + b">" + head
    assert read(head + content + tail, charset=charset).title == "Fähre «été» €"


@pytest.mark.once
@pytest.mark.parametrize(
    ("label", "text"),
    [("shift_jis", "\u65e5\u672c"), ("gb2312", "\u4e2d\u6587"), ("euc-kr", "\ud55c\uad6d"), ("koi8-r", "\u042f\u0437"),
     ("big5", "\u4e2d\u6587"), ("windows-1251", "\u042f\u0437"), ("iso-8859-8", "\u05e2\u05d1")],
)  # fmt: skip
def test_charsets_of_the_world_are_read(label, text):
    assert read(f"<title>{text}</title>".encode(label), charset=label).title == text


@pytest.mark.once
@pytest.mark.parametrize("kind", ["application/pdf", "text/plain", "application/json", "video/mp4", "image/svg+xml"])
def test_other_files_have_nothing_to_say(kind):
    words = read("<title>a</title>", kind=kind)
    assert (words.title, words.picture) == ("", URL if kind.startswith("image/") else "")


@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "picture"),
    [("/p.png", "https://public.example/p.png"), ("p.png", "https://public.example/a/p.png"), ("//[::1", ""),
     ("javascript:alert(1)", "javascript:alert(1)"), ("", "")],
)  # fmt: skip
def test_a_picture_is_an_address_to_be_checked(address, picture):
    assert read(f"<meta property='og:image' content='{address}'>").picture == picture


@pytest.mark.once
@pytest.mark.parametrize(
    "part",
    ["<div>", "<title>", "<", "&amp;", "<meta name='a' content='b'>", "<a b=c ", "<!--", "<svg><title>", "</p>", "<?",
     "&#x1f;", "<table><tr><td>", "<b><i>", "<!doctype html [", "<![CDATA["],
)  # fmt: skip
def test_a_hostile_page_is_read_in_time(part):
    """Twice as much takes about twice as long, so a mebibyte ends well before the task's limit."""
    began = time.process_time()
    read(part * (MIB // len(part)))
    assert time.process_time() - began < 10


@pytest.mark.once
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", id="svg"),
        pytest.param(an_upload(size=(16_385, 1)).read(), id="wide"),
        pytest.param(an_upload(size=(9_000, 9_000), mode="1").read(), id="pixel bomb"),
        pytest.param(an_upload(size=(400, 300)).read()[:-40], id="cut off"),
        pytest.param(an_upload(size=(1, 1)).read(), id="a dot"),
        pytest.param(b"%PDF-1.7 no picture", id="pdf"),
    ],
)
def test_a_hostile_picture_is_no_picture(content):
    with pytest.raises(NotAPicture):
        thumbnail(content)


@pytest.mark.django_db
def test_what_is_kept_is_small_and_only_text(client_of):
    place = commons_of(a_community())
    hostile = '<img src="https://evil.example/x.png" onerror=alert(1)>'
    words = read(
        f"<meta property=og:title content='{hostile}{chr(0x1F426) * 999}'>"
        f"<meta property=og:site_name content='{hostile}{chr(0x1F426) * 999}'>"
        f"<meta property=og:description content='{hostile}{chr(0x1F426) * 999}'>"
    )
    preview = a_preview(
        a_resource(place, title="Named"), title=words.title, site=words.site, description=words.description
    )
    kept = LinkPreview.objects.values_list("title", "site", "description", "picture").get()
    assert sum(len(text.encode()) for text in kept) < 8_192
    html = client_of(a_member(place.community)).get(reverse("shelf", args=[place.community.slug, place.pk]))
    text = html.content.decode()
    assert "&lt;img src=&quot;https://evil.example" in text
    assert 'src="https://' not in text
    assert re.findall(r'<img src="(/c/[^"]+)"', text) == [
        reverse("preview_picture", args=[place.community.slug, preview.resource_id])
    ]
