"""From templates to a message that mail programs thread, show in the dark and let people out of."""

import re
from email.utils import parseaddr
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, look

from .answering import reply_address
from .appearance import colours
from .stopping import stop_headers

SUBJECT_MAX = 150  # characters
NAME_MAX = 60
FOLD = "-- "  # what mail programs know as the line above the foot
UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ENCODED = re.compile(r"=\?")
GAPS = re.compile(r"\n{3,}")
STOP_LINK = re.compile(r"<(https?://[^>]*)>")
inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def one_line(text: str, limit: int = SUBJECT_MAX) -> str:
    """`text` as a header may carry it: without line breaks and what turns a line around, not for ever, and nothing that
    a mail program would take for encoded words."""
    line = ENCODED.sub("=\N{WORD JOINER}?", " ".join(UNSHOWN.sub(" ", text).split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def compose(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    message_id: str,
    person: User | None = None,
    thread_id: int | None = None,
    may_answer: bool = False,
    stops: tuple[Any, ...] = (),
    headers: dict[str, str] | None = None,
    sender: str = "",
    is_essential: bool = False,
) -> EmailMultiAlternatives:
    """A mail with the text `<template>.txt` and the page `<template>.html`, both made with `context`, in the time zone
    of `person`.

    `stops` are what it offers to hear less of, the narrowest first: a thread, a place, a community. `thread_id` lets
    mail programs put what is said in one conversation together; with `may_answer`, `person` can answer there by mail.
    `sender` is whose words it brings, shown before the name of the site. What `is_essential` offers no way to stop it.
    """
    outs = stop_headers(person, stops) if person and not is_essential else {}
    answers_to = reply_address(person, thread_id) if person and thread_id and may_answer else ""
    context = {**surroundings(person, outs), "is_answered_by_mail": bool(answers_to), **context}
    context["title"] = one_line(subject)
    with timezone.override(person.zone if person else None):
        text, page = (render_to_string(f"{template}.{kind}", context) for kind in ("txt", "html"))
    return assemble(
        to=to,
        subject=context["title"],
        text=tidy(text),
        page=inliner.inline(page),
        headers={"Message-ID": message_id, **thread_headers(thread_id, message_id), **outs, **(headers or {})},
        sender=sender,
        answers_to=answers_to,
    )


def assemble(
    *, to: str, subject: str, text: str, page: str, headers: dict[str, str], sender: str = "", answers_to: str = ""
) -> EmailMultiAlternatives:
    """A mail of these parts, ready as they are."""
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        from_email=sender_address(sender),
        to=[to],
        reply_to=[answers_to] if answers_to else None,
        headers={"Auto-Submitted": "auto-generated", **headers},
    )
    message.attach_alternative(page, "text/html")
    return message


def surroundings(person: User | None, outs: dict[str, str]) -> dict[str, Any]:
    """What the templates of all mails ask for."""
    shown = look()
    stop = STOP_LINK.search(outs.get("List-Unsubscribe", ""))
    return {
        "site_name": shown.name,
        "site_url": settings.SITE_URL,
        "colours": colours(shown),
        "person": person,
        "change_url": settings.SITE_URL + reverse("mail_settings") if person else "",
        "stop_url": stop[1] if stop else "",
    }


def tidy(text: str) -> str:
    """A text without the gaps that its template's tags leave."""
    lines = (line if line == FOLD else line.rstrip() for line in text.splitlines())
    return GAPS.sub("\n\n", "\n".join(lines)).strip() + "\n"


def sender_address(name: str) -> str:
    """The address that all mail comes from, with the name of whose words it brings."""
    site, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    shown = f"{one_line(name, NAME_MAX)} · {one_line(look().name, NAME_MAX)}" if name else site or look().name
    quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def thread_headers(thread_id: int | None, message_id: str) -> dict[str, str]:
    """By which mail programs know a mail, and put what belongs to one conversation together: as if all answered one
    first mail."""
    known = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    if thread_id is None:
        return known
    host = message_id.rpartition("@")[2].rstrip(">")
    root = f"<thread-{thread_id}@{host}>"
    return known | {"In-Reply-To": root, "References": root, "List-Id": f"<thread-{thread_id}.{host}>"}
