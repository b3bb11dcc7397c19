"""The sanitiser: the last that touches a text's HTML, and it lets through only what is listed here.

Raw HTML in a text is shown as typed, so all that comes here is ours already; this is the second wall.
"""

import re

import nh3

from . import code, collected, directives, titled

TAGS = (
    "a blockquote br code dd del details div dl dt em figcaption figure h2 h3 h4 hr img input label li ol p pre"
    " section span strong summary sup table tbody td th thead tr ul"
)
ID = re.compile(r"b-[a-z0-9]{8}|fn(?:ref)?-(?:[A-Za-z0-9]{1,40}-)?\d{1,4}(?:-\d{1,5})?")
OWN_LINK = re.compile(r"#(?:" + ID.pattern + ")")
REL = "nofollow noopener noreferrer ugc"
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "rel", "aria-label"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt", "title", "loading", "decoding", "width", "height"},
    "input": {"type", "disabled", "checked"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "th": {"scope"},
}
LAID = {titled.LAID_CLASS, collected.COLLECTED_CLASS}
CLASSES = {
    "a": {"fn-back", "mention", titled.LINK_CLASS},
    "dd": {"block"},
    "details": {"box", *directives.CLASSES},
    "div": {"block", "scroll"},
    "li": {"block", "task"},
    "p": {"heading", "box-title"},
    "pre": {"code"},
    "section": {"box", "prompt", "block", "footnotes", *directives.CLASSES, *LAID},
    "span": {"mention", *code.CLASSES},
    "sup": {"fn-call"},
    "td": {"end", "center"},
    "th": {"end", "center"},
}
VALUES = {
    "role": {"group"},
    "tabindex": {"0"},
    "type": {"checkbox"},
    "scope": {"col"},
    "loading": {"lazy"},
    "decoding": {"async"},
    "rel": {REL},
    "aria-label": {"Table", "Back"},
}


def check(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None to drop it. Must not raise."""
    if attribute == "id":
        return value if ID.fullmatch(value) else None
    if attribute in ("start", "width", "height"):
        return value if value.isascii() and value.isdigit() and len(value) < 10 else None
    if attribute == "href" and value.startswith("#"):
        return value if OWN_LINK.fullmatch(value) else None
    allowed = VALUES.get(attribute)
    return value if allowed is None or value in allowed else None


def cleaner(tags: str, attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags.split()),
        attributes=attributes,
        allowed_classes=CLASSES,
        attribute_filter=check,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


CLEANER = cleaner(TAGS, ATTRIBUTES)
WITHOUT_IDS = cleaner(TAGS, ATTRIBUTES | {"*": set()})
COMPARED = cleaner(f"{TAGS} ins", ATTRIBUTES | {"*": set()})


def sanitise(html: str) -> str:
    """`html` with nothing in it but what this module lists."""
    return CLEANER.clean(html)


def without_ids(html: str) -> str:
    """`html` without its ids, so that two texts can be compared and stand in one page."""
    return WITHOUT_IDS.clean(html)


def compared(html: str) -> str:
    """`html` in which is marked what was put in and what was taken out."""
    return COMPARED.clean(html)
