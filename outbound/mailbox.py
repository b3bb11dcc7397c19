"""A mailbox that comes to this site's people by IMAP. Which one is the administrator's to say, so it is asked as it is
named, in a local network, too; what is in it was written by strangers."""

import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from imaplib import IMAP4
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from .errors import NoAnswer, NotAllowed

SECONDS = 20  # for each step
MAILS_AT_MOST = 100  # a visit; the next one goes on
BEGINNING_BYTES = 256 * 1024  # of a mail that is too large: its words stand in front of its files
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
logger = logging.getLogger(__name__)


class Done(Enum):
    """What becomes of a mail in its mailbox."""

    KEPT = "marked as seen and left, for somebody to look at"
    TAKEN = "deleted: its words are here"


@dataclass(frozen=True)
class Mail:
    raw: bytes  # all of it, or its beginning
    size_bytes: int


def take_mail(url: str, take: Callable[[Mail], Done], *, bytes_max: int) -> int:
    """Hand each new mail of the mailbox at `url` to `take`, which has kept what it wants of it when it returns; returns
    how many there were. Only then is anything changed in the mailbox, so one that dies in between gets it again.

    `imaps://name:password@host/folder` is asked by TLS, `imap://` by STARTTLS, and without only on this machine. Of a
    mail of more than `bytes_max` only the beginning is read. What `take` fails with is logged and the mail is left
    there, flagged. Raises NotAllowed for another kind of address, and NoAnswer.
    """
    try:
        with opened(url) as mailbox:
            uids = mailbox.uids("UNSEEN UNDELETED UNFLAGGED")[:MAILS_AT_MOST]
            for uid in uids:
                take_one(mailbox, uid, take, bytes_max)
            return len(uids)
    except (OSError, IMAP4.error, ImapToolsError) as error:  # a wrong certificate is an OSError
        raise NoAnswer(f"{type(error).__name__}: {error}") from error


@contextmanager
def opened(url: str) -> Iterator[BaseMailBox]:
    parts = urlsplit(url)
    host, folder = parts.hostname or "", unquote(parts.path.strip("/")) or "INBOX"
    mailbox: BaseMailBox
    if parts.scheme == "imaps":
        mailbox = MailBox(host, parts.port or 993, timeout=SECONDS, ssl_context=ssl.create_default_context())
    elif parts.scheme == "imap" and host in LOOPBACK:
        mailbox = MailBoxUnencrypted(host, parts.port or 143, timeout=SECONDS)
    elif parts.scheme == "imap":
        mailbox = MailBoxStartTls(host, parts.port or 143, timeout=SECONDS, ssl_context=ssl.create_default_context())
    else:
        raise NotAllowed("no address of a mailbox")
    with mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder):
        yield mailbox


def take_one(mailbox: BaseMailBox, uid: str, take: Callable[[Mail], Done], bytes_max: int) -> None:
    mail = read(mailbox, uid, bytes_max)
    if mail is None:  # somebody else took it meanwhile
        return
    try:
        done = take(mail)
    except (TypeError, ValueError, LookupError, AttributeError):  # what is wrong with it stays wrong
        logger.exception("A mail could not be read; it stays in the mailbox, flagged.")
        mailbox.flag(uid, ["\\Flagged"], True)
        return
    if done is Done.TAKEN:
        mailbox.delete(uid)
    else:
        mailbox.flag(uid, ["\\Seen"], True)


def read(mailbox: BaseMailBox, uid: str, bytes_max: int) -> Mail | None:
    """The mail, unseen as it was; None if it is gone."""
    _status, sizes = mailbox.client.uid("FETCH", uid, "(RFC822.SIZE)")
    line = sizes[0] if sizes and isinstance(sizes[0], bytes) else b""
    size = int(line.partition(b"RFC822.SIZE ")[2].strip(b" )").split(b" ")[0] or 0)
    part = f"<0.{BEGINNING_BYTES}>" if size > bytes_max else ""
    _status, answer = mailbox.client.uid("FETCH", uid, f"(BODY.PEEK[]{part})")
    raw = next((each[1] for each in answer or [] if isinstance(each, tuple)), None)
    return None if raw is None else Mail(raw, size or len(raw))
