"""Browser messages: the same as mail at once, in the browsers where somebody asked for it."""

import json
import logging
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from django.db import transaction

from accounts.models import User
from outbound import OutboundError
from outbound.push import NoBrowser, Refused, push

from ..mail.at_once import headline_of, lead_of, name_of
from ..models import Browser, Delivery, Notification
from .at_once import said_at_once
from .kinds import Letter, writes

WORDS_MAX = 200  # characters of a line; a push service takes 4 kB in all
logger = logging.getLogger(__name__)


@transaction.atomic
def keep_browser(*, person: User, session_key: str, endpoint: str, p256dh: str, auth: str) -> Browser:
    """Tell `person` at once in a browser from now on, for as long as they are signed in there. It is the browser of who
    asked last. A second call changes nothing."""
    known = {"person": person, "session_key": session_key, "p256dh": p256dh, "auth": auth}
    browser, _made = Browser.objects.update_or_create(endpoint=endpoint, defaults=known)
    Browser.objects.with_ids(list(Browser.objects.of(person).beyond_most())).delete()
    return browser


def forget_browsers(person: User, *, endpoint: str = "") -> None:
    """Tell `person` nothing any more in the browser with this endpoint, or in any."""
    mine = Browser.objects.of(person)
    (mine.at(endpoint) if endpoint else mine).delete()


@dataclass(frozen=True)
class Message:
    """What a person's browsers show."""

    browsers: list[Browser]
    words: bytes
    topic: str


def send(letter: Letter) -> None:
    """To each browser. Those that are gone are forgotten. Where it reached none, but may later, raises Refused or
    OutboundError: it is tried again."""
    message = letter.message
    assert isinstance(message, Message)
    failed: list[Exception] = []
    for browser in message.browsers:
        where = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
        try:
            push(message.words, topic=message.topic, **where)
        except NoBrowser:
            browser.delete()
        except ValueError:  # its keys are none
            browser.delete()
        except (Refused, OutboundError) as error:
            failed.append(error)
    if failed and len(failed) == len(message.browsers):
        raise failed[0]


# It goes out though somebody stopped all mail, or no mail reaches them: it is no mail, and was asked for by itself.
@writes(Delivery.Kind.PUSH, together=20, send=send, is_essential=True)
def tell_browsers(rows: list[Delivery]) -> dict[int, Letter]:
    """The messages of these rows, with what each person may see, has not read and wants now."""
    letters = {}
    for row in rows:
        browsers = list(Browser.objects.of(row.person).signed_in()) if row.person else []
        told = what_to_push(row, row.person) if row.person and browsers else []
        if told:
            letters[row.pk] = Letter(Message(browsers, words_of(row, told), topic_of(row)))
    return letters


def what_to_push(row: Delivery, person: User) -> list[Notification]:
    """The notifications that the message of a row tells `person` of, oldest first, whether a mail tells of them or
    not."""
    return said_at_once(row, person, Notification.objects.to_push(person, since=int(row.period)))


def words_of(row: Delivery, told: list[Notification]) -> bytes:
    """Who did what, and in which conversation: as much as the subject of a mail says, and nothing of what was said."""
    event, first = told[-1].event, cast(Any, told[0].event.target)
    names = list(dict.fromkeys(name_of(one.event) for one in told))
    about, place = headline_of(event), event.place
    said = {
        "title": lead_of(told, names)[:WORDS_MAX],
        "body": f"{about[:WORDS_MAX]} · {place.community.title[:WORDS_MAX]}",
        "url": first.get_absolute_url(),
        "tag": row.subject,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def topic_of(row: Delivery) -> str:
    """Of one conversation a push service keeps the newest for a browser that is off."""
    return sha256(row.subject.encode()).hexdigest()[:32]
