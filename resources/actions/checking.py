"""Whether links still answer: asked once a week, and marked as dead after two days without an answer."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.utils import timezone

from outbound import Fetched, NoAnswer, NotAllowed, OutboundError, Policy, fetch

from ..models import LinkPreview
from ..models.preview import DAY

LINKS_A_RUN = 20
LOOKED_AT_A_RUN = 400
A_HOST_A_RUN = 2
OTHERS_OF_A_HOST_AFTER = timedelta(hours=1)
SECONDS_A_RUN = 45.0  # then the next run goes on
READ_AT_MOST = 64 * 1024  # bytes; only whether there is an answer matters
GONE = {404, 410}
Fetch = Callable[..., Fetched]
logger = logging.getLogger(__name__)


class Outcome(Enum):
    ANSWERS = "answers"
    GONE = "gone"  # its host says so
    SILENT = "silent"  # nobody says anything, which may be because of this machine
    UNKNOWN = "unknown"  # never asked


def check_links(*, fetch: Fetch = fetch) -> int:
    """Ask links whose week is over whether they still answer. Says how many were asked.

    A few of them, and of one host two; the host's others wait for an hour. Silence counts only while this machine
    reaches somebody. Can run twice at once: each link is taken by one run.
    """
    if not settings.OUTBOUND_PORTS:
        return 0
    began, asked = time.monotonic(), 0
    silent: list[LinkPreview] = []
    for preview in fairly_chosen(LinkPreview.objects.to_check().select_related("resource")[:LOOKED_AT_A_RUN]):
        if time.monotonic() - began > SECONDS_A_RUN:
            break
        if not LinkPreview.objects.take_to_check(preview):
            continue
        asked += 1
        if check(preview, fetch) is Outcome.SILENT:
            silent.append(preview)
    note_silence(silent)
    return asked


def check(preview: LinkPreview, fetch: Fetch) -> Outcome:
    """Ask one link and note what it answers, but for silence. Trouble that nobody thought of holds up no other link."""
    try:
        outcome = ask(preview.resource.url, fetch)
    except Exception:
        logger.exception("Link %s was not checked; it is again in a week.", preview.resource_id)
        return Outcome.UNKNOWN
    if outcome is Outcome.ANSWERS:
        note_answer(preview)
    elif outcome is Outcome.GONE:
        note_failure(preview)
    return outcome


def fairly_chosen(due: Iterable[LinkPreview]) -> list[LinkPreview]:
    """Some of those that are due; those that their host has too many of come later, so that others get their turn."""
    chosen: list[LinkPreview] = []
    later: list[LinkPreview] = []
    of_host: Counter[str] = Counter()
    for preview in due:
        host = preview.resource.site
        of_host[host] += 1
        if of_host[host] > A_HOST_A_RUN:
            later.append(preview)
        elif len(chosen) < LINKS_A_RUN:
            chosen.append(preview)
    if later:
        LinkPreview.objects.check_later(later, OTHERS_OF_A_HOST_AFTER)
    return chosen


def ask(url: str, fetch: Fetch) -> Outcome:
    """By HEAD, and where that fails by GET, as some sites know only that."""
    outcome = Outcome.UNKNOWN
    for method in ("HEAD", "GET"):
        try:
            found = fetch(url, method=method, policy=Policy(bytes_max=READ_AT_MOST))
        except NotAllowed:
            return Outcome.UNKNOWN
        except NoAnswer:
            outcome = Outcome.SILENT
        except OutboundError:
            return Outcome.ANSWERS  # with something that we can't read
        else:
            if found.status not in GONE and found.status < 500:
                return Outcome.ANSWERS
            outcome = Outcome.GONE
    return outcome


def note_silence(previews: list[LinkPreview]) -> None:
    """Where nobody at all has answered for a day, the fault is rather here: the links are asked again tomorrow."""
    if not LinkPreview.objects.answered_lately().exists():
        LinkPreview.objects.check_later(previews, DAY)
        return
    for preview in previews:
        note_failure(preview)


def note_answer(preview: LinkPreview) -> None:
    LinkPreview.objects.filter(pk=preview.pk).update(answered_at=timezone.now(), failing_since=None, dead_since=None)


def note_failure(preview: LinkPreview) -> None:
    """A second one on another day marks the link as dead; until then it is asked again on the next."""
    now = timezone.now()
    if preview.failing_since is None:
        said = {"failing_since": now, "check_at": now + DAY}
    elif preview.dead_since is None and preview.failing_since.date() < now.date():
        said = {"dead_since": now}
    else:
        said = {} if preview.dead_since else {"check_at": now + DAY}
    if said:
        LinkPreview.objects.filter(pk=preview.pk).update(**said)
