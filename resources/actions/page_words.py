"""What a page says of itself, out of bytes that a stranger wrote. Pure functions; bounded by what was fetched."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils.text import Truncator
from lxml import etree, html

from outbound import Fetched

from ..models import LinkPreview

PAGES = {"text/html", "application/xhtml+xml", ""}
# As browsers read them: what calls itself Latin-1 or ASCII is Windows' superset, and the like.
READ_AS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "ks_c_5601-1987": "cp949",
}  # fmt: skip
READABLE = re.compile(r"utf-8|utf-16(-le|-be)?|iso8859-\d+|cp125\d|cp874|cp93[26]|cp949|koi8-[ru]|mac-\w+|big5(hkscs)?")
ALSO_READABLE = {"gb18030", "euc_jp", "iso2022_jp", "johab"}
BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
IN_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
METAS_MAX = 400
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # kinds of characters that say nothing
TURNS_TEXT = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd")
TITLE = ("og:title", "twitter:title")
DESCRIPTION = ("og:description", "twitter:description", "description")
SITE = ("og:site_name", "application-name")
PICTURE = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")


@dataclass(frozen=True)
class PageWords:
    """Plain text, cut to what a preview keeps; `picture` is the address of one, to be checked like any other."""

    title: str = ""
    site: str = ""
    description: str = ""
    picture: str = ""


def page_words(found: Fetched) -> PageWords:
    """What the page says of itself; a picture has only itself, and other files have nothing to say."""
    if found.content_type.startswith("image/"):
        return PageWords(picture=found.url)
    if found.content_type not in PAGES:
        return PageWords()
    page = parsed(decoded(found))
    if page is None:
        return PageWords()
    said = metas(page)
    return PageWords(
        title=plain(first(said, TITLE) or title_of(page), LinkPreview.TITLE_MAX),
        site=plain(first(said, SITE) or site_of(found.url), LinkPreview.SITE_MAX),
        description=plain(first(said, DESCRIPTION), LinkPreview.DESCRIPTION_MAX),
        picture=joined(found.url, first(said, PICTURE)),
    )


def decoded(found: Fetched) -> str:
    """The page as text: by its mark at the front, what the site says, what the page says, or as it seems to be."""
    for bom, encoding in BOMS:
        if found.content.startswith(bom):
            return found.content[len(bom) :].decode(encoding, "replace")
    in_page = IN_META.search(found.content[:2048])
    encoding = readable(found.charset) or readable(in_page[1].decode("ascii", "replace") if in_page else "")
    if encoding:
        return found.content.decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(found.content)  # it may be cut within a letter
    except UnicodeDecodeError:
        return found.content.decode("cp1252", "replace")


def readable(label: str) -> str:
    """A name of Python's for what a page says that it is written in; "" for what is no such thing, or a trap."""
    if not re.fullmatch(r"[\w.:-]{1,40}", label, re.ASCII):
        return ""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = READ_AS.get(name, name)
    return name if name in ALSO_READABLE or READABLE.fullmatch(name) else ""


def parsed(text: str) -> html.HtmlElement | None:
    """The page as far as it can be read, whatever it looks like."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def metas(page: html.HtmlElement) -> dict[str, str]:
    """What its meta elements say, the first of a name."""
    said: dict[str, str] = {}
    for number, meta in enumerate(page.iter("meta")):
        if number >= METAS_MAX:
            break
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        said.setdefault(name, meta.get("content", ""))
    return said


def first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name, "").strip()), "")


def title_of(page: html.HtmlElement) -> str:
    found = next(page.iter("title"), None)
    return "" if found is None else "".join(_parts(found))


def _parts(element: html.HtmlElement) -> Iterator[str]:
    for text in element.itertext():
        yield str(text)


def site_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def plain(text: str, most: int) -> str:
    """One line of plain text, at most `most` characters, without what nobody sees or what turns other text around."""
    line = " ".join(text[: 20 * most].split())
    seen = "".join(c for c in line if c not in TURNS_TEXT and unicodedata.category(c) not in UNSEEN)
    return Truncator(" ".join(seen.split())).chars(most, truncate="…")


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:
        return ""
