"""From the tree to HTML. Everything is escaped: what a tree holds is words, not markup."""

from html import escape
from xml.etree.ElementTree import Element

from .inline import BREAK
from .slots import SLOT_TAG, token

VOID = frozenset(("br", "hr", "img", "input"))


def write(elements: list[Element], nonce: str) -> str:
    """The HTML of `elements`, each slot in it as the token that `slots.place` finds again."""
    out: list[str] = []
    stack: list[Element | str] = list(reversed(elements))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
            continue
        tail = words(part.tail)
        if part.tag == SLOT_TAG:
            out.append(token(nonce, part.text or "") + tail)
            continue
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in part.items())
        out.append(f"<{part.tag}{attributes}>")
        if part.tag in VOID:
            out.append(tail)
            continue
        out.append(words(part.text))
        stack.append(f"</{part.tag}>{tail}")
        stack.extend(reversed(part))
    return "".join(out)


def words(text: str | None) -> str:
    return escape(text, quote=False).replace(BREAK, "<br>") if text else ""
