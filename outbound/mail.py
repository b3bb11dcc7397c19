"""The line to the mail server, and what its refusals mean. Knows no app."""

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core.mail import EmailMessage, get_connection

WHY_MAX = 300  # characters
ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463: subject and detail
NO_SUCH_ADDRESS = {521, 550, 551, 553, 556}  # where the server says no more than a number
FULL = ("2", "2")  # a mailbox that is full: it is there, and somebody may make room
NOT_NOW = {408, 421, 429}
OUR_OWN_FAULT = {401, 402, 403, 530, 534, 535}  # we may not send at all, whatever it is
REFUSED_BY_SMTP, REFUSED_BY_HTTP = range(500, 600), range(400, 500)


@dataclass(frozen=True)
class Failure:
    """Why a mail did not go out. A permanent one is not tried again; one of the address stands for all mail to it; one
    of the server says nothing about this mail."""

    why: str
    is_permanent: bool = False
    is_of_address: bool = False
    is_of_server: bool = False


class NoLine(Exception):
    """There is no connection to the mail server, so no mail is at fault."""


class Line:
    """One connection to the mail server, opened when the first mail goes out and again after a failure."""

    def __init__(self) -> None:
        self.mail = get_connection()
        self.sent = 0  # over this connection

    def open(self) -> None:
        """Raises NoLine."""
        try:
            self.mail.open()
        except Exception as error:
            raise NoLine(f"{type(error).__name__}: {error}") from error

    def send(self, message: EmailMessage) -> None:
        """Raises NoLine, or what the backend raises; `failure_of` says what it means. A server that takes only so many
        mails over one connection gets the next one over another."""
        self.open()
        try:
            self.mail.send_messages([message])
        except Exception as error:
            had_enough = self.sent > 0 and failure_of(error).is_of_server
            self.close()
            if not had_enough:
                raise
            self.send(message)
        self.sent += 1

    def close(self) -> None:
        self.sent = 0
        with suppress(OSError):  # smtplib's own errors are of this kind, too
            self.mail.close()


def failure_of(error: Exception) -> Failure:
    """What an error of `Line.send`, or of a mail that can't even be written down, means for the mail."""
    why = f"{type(error).__name__}: {error}"[:WHY_MAX]
    if isinstance(error, NoLine):
        return Failure(str(error)[:WHY_MAX], is_of_server=True)
    if isinstance(error, AnymailRecipientsRefused):
        return Failure(why, is_permanent=True, is_of_address=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (550, b""))
        return of_recipient(code, spoken(text))
    if isinstance(error, smtplib.SMTPResponseException):
        said = f"{error.smtp_code} {spoken(error.smtp_error)}"
        return of_answer(error.smtp_code, said, REFUSED_BY_SMTP)
    if isinstance(error, AnymailAPIError) and error.status_code:
        return of_answer(error.status_code, why, REFUSED_BY_HTTP)
    is_unfit = isinstance(error, ValueError | smtplib.SMTPNotSupportedError)  # unicode and headers, too
    return Failure(why, is_permanent=is_unfit)


def of_recipient(code: int, text: str) -> Failure:
    """A server that did not take the recipient."""
    why = f"{code} {text}"[:WHY_MAX]
    if not 500 <= code < 600:
        return Failure(why, is_of_server=code in NOT_NOW)
    said = ENHANCED.search(text)
    is_gone = said[1] in {"1", "2"} and said.groups() != FULL if said else code in NO_SUCH_ADDRESS
    return Failure(why, is_permanent=True, is_of_address=is_gone)


def of_answer(code: int, why: str, refused: range) -> Failure:
    """A server, or a provider's web address, that did not take the mail."""
    if code in NOT_NOW | OUR_OWN_FAULT:
        return Failure(why[:WHY_MAX], is_of_server=True)
    return Failure(why[:WHY_MAX], is_permanent=code in refused)


def spoken(text: bytes | str) -> str:
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(text.split())
