"""What a mail server's refusals mean, and how many mails one connection carries."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from unittest import mock

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core.mail import EmailMessage, get_connection

from outbound.mail import Failure, Line, NoLine, failure_of


def refused(code: int, text: str) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"bo@example.org": (code, text.encode())})


def by_web(status: int) -> AnymailAPIError:
    error = AnymailAPIError("no")
    error.status_code, error.response = status, SimpleNamespace(reason="no", text="no")
    return error


LATER, FOR_GOOD, GONE, NOT_NOW = (
    Failure(""),
    Failure("", is_permanent=True),
    Failure("", is_permanent=True, is_of_address=True),
    Failure("", is_of_server=True),
)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (refused(450, "4.2.1 greylisted, try again"), LATER),
        (refused(452, "4.2.2 mailbox full"), LATER),
        (refused(421, "4.3.2 shutting down"), NOT_NOW),
        (refused(550, "5.1.1 no such user"), GONE),
        (refused(550, "no such user"), GONE),
        (refused(553, "Mailbox name not allowed"), GONE),
        (refused(552, "5.2.2 over quota"), FOR_GOOD),
        (refused(550, "5.2.1 mailbox disabled"), GONE),
        (refused(554, "5.7.1 relaying denied"), FOR_GOOD),
        (refused(550, "5.7.26 this mail is unauthenticated"), FOR_GOOD),
        (smtplib.SMTPDataError(554, b"5.6.0 content rejected"), FOR_GOOD),
        (smtplib.SMTPDataError(451, b"4.3.0 try again"), LATER),
        (smtplib.SMTPSenderRefused(421, b"too many", "weft@example.org"), NOT_NOW),
        (smtplib.SMTPSenderRefused(530, b"5.7.0 log in first", "weft@example.org"), NOT_NOW),
        (smtplib.SMTPServerDisconnected("gone"), LATER),
        (TimeoutError("slow"), LATER),
        (ConnectionResetError("reset"), LATER),
        (NoLine("nobody there"), NOT_NOW),
        (smtplib.SMTPNotSupportedError("no SMTPUTF8"), FOR_GOOD),
        (UnicodeEncodeError("ascii", "é", 0, 1, "odd"), FOR_GOOD),
        (AnymailRecipientsRefused(), GONE),
        (by_web(422), FOR_GOOD),
        (by_web(429), NOT_NOW),
        (by_web(401), NOT_NOW),
        (by_web(503), LATER),
    ],
)
def test_what_an_error_means(error: Exception, meaning: Failure) -> None:
    found = failure_of(error)
    assert (found.is_permanent, found.is_of_address, found.is_of_server) == (
        *(meaning.is_permanent, meaning.is_of_address, meaning.is_of_server),
    )
    assert found.why


def test_why_is_one_line_and_not_for_ever() -> None:
    assert failure_of(refused(550, "5.1.1\r\n  no such user")).why == "550 5.1.1 no such user"
    assert len(failure_of(refused(550, "x" * 1_000)).why) == 300


class Server:
    """A backend that takes `most` mails over one connection."""

    def __init__(self, most: int) -> None:
        self.most, self.taken, self.connections, self.is_open = most, 0, 0, False

    def open(self) -> None:
        if not self.is_open:
            self.is_open, self.taken, self.connections = True, 0, self.connections + 1

    def close(self) -> None:
        self.is_open = False

    def send_messages(self, messages: list[EmailMessage]) -> None:
        if self.taken == self.most:
            raise smtplib.SMTPSenderRefused(421, b"enough for one connection", "weft@example.org")
        self.taken += 1


def test_a_server_that_has_had_enough_gets_the_next_mail_over_another_connection() -> None:
    line = Line()
    line.mail = server = Server(3)
    for _ in range(7):
        line.send(EmailMessage())
    assert server.connections == 3


def test_a_server_that_takes_nothing_is_asked_once_a_mail() -> None:
    line = Line()
    line.mail = server = Server(0)
    with pytest.raises(smtplib.SMTPSenderRefused):
        line.send(EmailMessage())
    assert server.connections == 1


def test_who_can_t_be_reached_is_no_mail_s_fault() -> None:
    line = Line()
    with mock.patch.object(line.mail, "open", side_effect=ConnectionRefusedError("away")), pytest.raises(NoLine):
        line.send(EmailMessage())


@contextmanager
def hanging(*answers: str) -> Iterator[Line]:
    """A line to a server that gives these answers and then says nothing more."""

    def serve(door: socket.socket) -> None:
        with suppress(OSError):
            caller = door.accept()[0]
            for answer in answers:
                caller.sendall(answer.encode())
                caller.recv(10_000)
            over.wait(20)
            caller.close()

    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve, args=[door], daemon=True)
        thread.start()
        line = Line()
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        line.mail = get_connection(smtp, host="127.0.0.1", port=door.getsockname()[1], timeout=0.3)
        yield line
        over.set()
        thread.join(5)
        line.close()


def a_mail() -> EmailMessage:
    return EmailMessage("Word", "A word.", "weft@example.org", ["bo@example.org"])


def test_a_server_that_does_not_greet_is_away() -> None:
    with hanging() as line, pytest.raises(NoLine):
        line.send(a_mail())


def test_a_server_that_hangs_after_the_last_byte_may_have_it_so_it_is_sent_again() -> None:
    answers = ("220 here\r\n", "250 here\r\n", "250 ok\r\n", "250 ok\r\n", "354 go on\r\n")
    with hanging(*answers) as line, pytest.raises(smtplib.SMTPServerDisconnected, match="timed out") as caught:
        line.send(a_mail())
    failure = failure_of(caught.value)
    assert failure == Failure(failure.why)
