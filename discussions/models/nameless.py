"""Words of people for readers who may not know them: only who agreed to be named there is."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .consent import Consent
from .speaker import Somebody

MENTIONED = re.compile(r'<(a|span)\b[^>]*\bclass="mention"[^>]*>@([\w-]+)</\1>', re.ASCII)
NAMED_IN_TITLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][\w-]*)", re.ASCII)
TO_A_PERSON = re.compile(r' href="/people/[^"]*"')


@dataclass(frozen=True)
class Named:
    """An author who agreed to be named, to people who may not know them: a name, and no way to their page."""

    name: str
    initials: str
    colour: int
    avatar_url = ""


def named_or_not(person: Any, *, shown_as: str) -> Named | Somebody:
    """Whom a page shows as who wrote something, for how they agreed to be shown."""
    is_named = shown_as == Consent.Choice.NAMED
    return Named(person.name, person.initials, person.colour) if is_named else Somebody()


def nameless(html: str, handles: Collection[str]) -> str:
    """Stored HTML without ways to people, and with nobody mentioned in it but those with these handles (lower case)."""
    return TO_A_PERSON.sub("", MENTIONED.sub(known(handles), html))


def nameless_title(title: str, handles: Collection[str]) -> str:
    return NAMED_IN_TITLE.sub(known(handles), title)


def known(handles: Collection[str]) -> Callable[[re.Match[str]], str]:
    """What takes the place of a handle, found by one of the expressions above: itself for who is named here."""

    def instead(mention: re.Match[str]) -> str:
        handle = mention[mention.lastindex or 0]
        return f"@{handle}" if handle.lower() in handles else _("@somebody")

    return instead
