"""Digests as mail. In one batch many are told the same: each piece is made once, its style written into it once for
all, and each mail is put together from pieces."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import MailSettings
from ..models.digest import Digest, Group
from .caught_up import caught_up_url
from .composing import assemble, inliner, surroundings, tidy
from .stopping import DIGEST, stop_headers

SLOTS = ("title", "intro", "more", "caught_up_url", "stop_url")  # what is each mail's own; see digest.html
SLOT = re.compile(r"weft-slot-(\w+)\.")
STOP_LINK = re.compile(r"<(https?://[^>]*)>")
TEMPLATE = "notifications/mail/digest"
Piece = tuple[str, Any]
HEAD, SLOWED, MORE, FOOT = ("head", ""), ("slowed", ""), ("more", ""), ("foot", "")


class Press:
    """Prints the digests of one batch."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self.groups = {group.same_as: group for digest in digests for group in digest.groups}
        self.parts = sorted({group.part for group in self.groups.values()})
        self.pages, self.texts = self.cut("html"), self.cut("txt")
        self.made: dict[Any, tuple[str, str, dict[str, str]]] = {}

    def cut(self, form: str) -> dict[Piece, str]:
        """The pieces of a mail in this form, by what they are."""
        mark = f"<!--cut {secrets.token_hex(8)}-->"
        context = {
            **surroundings(None, {}),
            **{name: f"weft-slot-{name}." for name in SLOTS},
            "change_url": settings.SITE_URL + reverse("mail_settings"),
            "parts": self.parts,
            "groups": self.groups.values(),
            "cut": mark,
        }
        whole: str = render_to_string(f"{TEMPLATE}.{form}", context)
        whole = inliner.inline(whole) if form == "html" else tidy(whole)
        keys = [HEAD, SLOWED, *(("part", part) for part in self.parts)]
        keys += [*(("group", same) for same in self.groups), MORE, FOOT]
        return dict(zip(keys, whole.split(mark), strict=True))

    def mail(self, digest: Digest, *, message_id: str) -> EmailMultiAlternatives:
        person = digest.reader.person
        outs = stop_headers(person, (DIGEST,))
        text, page, words = self.shared(digest)
        own = {**words, **own_links(digest, outs)}
        slowed = [SLOWED] if MailSettings.of(person).slowed_at else []
        around = [HEAD, *slowed], [*([MORE] if digest.more else []), FOOT]
        in_html = {name: str(escape(of)) for name, of in own.items()}
        return assemble(
            to=person.email,
            subject=own["title"],
            text=filled(self.texts, around[0], own) + text + filled(self.texts, around[1], own),
            page=filled(self.pages, around[0], in_html) + page + filled(self.pages, around[1], in_html),
            headers={"Message-ID": message_id, **outs},
        )

    def shared(self, digest: Digest) -> tuple[str, str, dict[str, str]]:
        """What it tells, as text and as page, and what it says of that; once for all who are told the same."""
        same = digest.more, tuple(group.same_as for group in digest.groups)
        if same not in self.made:
            pieces = list(pieces_of(digest))
            text, page = ("".join(form[piece] for piece in pieces) for form in (self.texts, self.pages))
            self.made[same] = text, page, words_of(digest)
        return self.made[same]


def pieces_of(digest: Digest) -> Iterator[Piece]:
    for part, groups in digest.parts:
        yield "part", part
        for group in groups:
            yield "group", group.same_as


def filled(pieces: Mapping[Piece, str], wanted: Sequence[Piece], own: Mapping[str, str]) -> str:
    """These pieces, in which nothing is what people wrote, with their slots filled."""
    return "".join(SLOT.sub(lambda found: own[found[1]], pieces[piece]) for piece in wanted)


def words_of(digest: Digest) -> dict[str, str]:
    more = ngettext("And %(n)s more, on the site.", "And %(n)s more, on the site.", digest.more)
    return {"title": subject_of(digest), "intro": intro_of(digest), "more": more % {"n": digest.more}}


def own_links(digest: Digest, outs: Mapping[str, str]) -> dict[str, str]:
    reader = digest.reader
    stop = STOP_LINK.search(outs.get("List-Unsubscribe", ""))
    return {
        "caught_up_url": caught_up_url(reader.person, since=reader.since, up_to=reader.up_to),
        "stop_url": stop[1] if stop else settings.SITE_URL + reverse("mail_settings"),
    }


def intro_of(digest: Digest) -> str:
    things = ngettext("%(n)s thing is new to you", "%(n)s things are new to you", digest.count) % {"n": digest.count}
    minutes = ngettext("%(n)s minute of reading", "%(n)s minutes of reading", digest.minutes) % {"n": digest.minutes}
    if digest.more:
        return _("%(things)s. Here is about %(minutes)s; the rest is on the site.") % {
            "things": things,
            "minutes": minutes,
        }
    return _("%(things)s: about %(minutes)s.") % {"things": things, "minutes": minutes}


def subject_of(digest: Digest) -> str:
    """What the first thing is, and how much there is besides."""
    first = first_of(digest.groups[0])
    besides = digest.count - len(digest.groups[0].tolds)
    if not besides:
        return first
    return ngettext("%(first)s, and %(n)s more", "%(first)s, and %(n)s more", besides) % {"first": first, "n": besides}


def first_of(group: Group) -> str:
    told = group.tolds[0]
    if told.does:
        return _("%(who)s %(does)s: %(title)s") % {"who": told.who, "does": told.does, "title": group.title}
    title = told.name if told.name and len(group.tolds) == 1 else group.title
    return _("%(title)s · %(counts)s") % {"title": title, "counts": group.counts}
