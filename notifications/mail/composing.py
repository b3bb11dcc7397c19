"""From templates to a message that mail programs thread, show in the dark and let people out of."""

from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import User, look

from .answering import reply_address
from .stopping import stop_headers

SUBJECT_MAX = 150  # characters
inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def one_line(text: str, limit: int = SUBJECT_MAX) -> str:
    """`text` as a header may carry it: without line breaks, and not for ever."""
    line = " ".join(text.split())
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
    stops: tuple[Any, ...] = (),
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """A mail with the text `<template>.txt` and the page `<template>.html`, both made with `context`.

    `stops` are what it offers to hear less of, the narrowest first: a thread, a place, a community. `thread_id` lets
    mail programs put what is said in one conversation together, and `person` answer there.
    """
    context = {"site_name": look().name, "site_url": settings.SITE_URL, "look": look(), "person": person, **context}
    context["title"] = one_line(subject)
    message = EmailMultiAlternatives(
        subject=context["title"],
        body=render_to_string(f"{template}.txt", context),
        to=[to],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            **thread_headers(thread_id, message_id),
            **(stop_headers(person, stops) if person else {}),
            **(headers or {}),
        },
    )
    message.attach_alternative(inliner.inline(render_to_string(f"{template}.html", context)), "text/html")
    answers_to = reply_address(person, thread_id) if person and thread_id else ""
    if answers_to:
        message.reply_to = [answers_to]
    return message


def thread_headers(thread_id: int | None, message_id: str) -> dict[str, str]:
    """By which mail programs put what belongs to one conversation together: as if all answered one first mail."""
    if thread_id is None:
        return {}
    host = message_id.rpartition("@")[2].rstrip(">")
    root = f"<thread-{thread_id}@{host}>"
    return {"In-Reply-To": root, "References": root, "List-Id": f"<thread-{thread_id}.{host}>"}
