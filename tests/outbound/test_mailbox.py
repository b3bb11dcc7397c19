"""Mail out of a mailbox: each once, and nothing of it lost."""

import socket
import time

import pytest

from outbound import NoAnswer, NotAllowed
from outbound import mailbox as client
from outbound.mailbox import Done, Mail, take_mail

pytestmark = pytest.mark.once


def taking(found, done=Done.TAKEN):
    def take(mail):
        found.append(mail)
        return done

    return take


def test_each_mail_is_taken_and_deleted(mailbox):
    for n in range(3):
        mailbox.put(b"Subject: %d\r\n\r\nWords" % n)
    found = []
    assert take_mail(mailbox.url, taking(found), bytes_max=1000) == 3
    assert found == [Mail(b"Subject: %d\r\n\r\nWords" % n, 19) for n in range(3)]
    assert mailbox.mails == {}
    assert take_mail(mailbox.url, taking(found), bytes_max=1000) == 0


def test_what_is_not_for_us_stays_and_is_asked_for_once(mailbox):
    uid, found = mailbox.put(b"a"), []
    take_mail(mailbox.url, taking(found, Done.KEPT), bytes_max=1000)
    take_mail(mailbox.url, taking(found, Done.KEPT), bytes_max=1000)
    assert (len(found), mailbox.flags(uid)) == (1, {"\\Seen"})


def test_of_a_large_mail_only_the_beginning_is_read(mailbox, monkeypatch):
    monkeypatch.setattr(client, "BEGINNING_BYTES", 100)
    mailbox.put(b"x" * 2_000_000)
    found = []
    take_mail(mailbox.url, taking(found), bytes_max=1_000_000)
    assert found == [Mail(b"x" * 100, 2_000_000)]
    assert mailbox.sent_bytes < 2000


def test_what_can_not_be_read_is_flagged_and_holds_up_nothing_else(mailbox, logged_errors):
    uid, found = mailbox.put(b"broken"), []
    mailbox.put(b"fine")

    def take(mail):
        if mail.raw == b"broken":
            raise ValueError("broken")
        return taking(found)(mail)

    assert [take_mail(mailbox.url, take, bytes_max=1000) for _ in range(2)] == [2, 0]
    assert ([mail.raw for mail in found], mailbox.flags(uid)) == ([b"fine"], {"\\Flagged"})
    assert len(logged_errors) == 1
    logged_errors.clear()


def test_one_that_dies_before_it_has_kept_a_mail_finds_it_again(mailbox):
    mailbox.put(b"a")

    def dying(mail):
        raise SystemExit

    with pytest.raises(SystemExit):
        take_mail(mailbox.url, dying, bytes_max=1000)
    mailbox.fails_at = "STORE"
    found = []
    with pytest.raises(NoAnswer):
        take_mail(mailbox.url, taking(found), bytes_max=1000)
    mailbox.fails_at = ""
    take_mail(mailbox.url, taking(found), bytes_max=1000)
    assert (len(found), mailbox.mails) == (2, {})


@pytest.mark.parametrize(("url", "problem"), [("Answers", "Inbox"), ("a%20%22word", "b%20%22word")])
def test_a_mailbox_that_will_not_open_is_no_answer(mailbox, url, problem):
    with pytest.raises(NoAnswer):
        take_mail(mailbox.url.replace(url, problem), taking([]), bytes_max=1000)


def test_a_mailbox_that_is_away_or_says_nothing_is_given_up_on(monkeypatch):
    monkeypatch.setattr(client, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port, began = silent.getsockname()[1], time.monotonic()
        with pytest.raises(NoAnswer):
            take_mail(f"imap://a:b@127.0.0.1:{port}/", taking([]), bytes_max=1000)
        assert time.monotonic() - began < 10
    with pytest.raises(NoAnswer):
        take_mail(f"imap://a:b@127.0.0.1:{port}/", taking([]), bytes_max=1000)


@pytest.mark.parametrize("url", ["", "https://a:b@127.0.0.1/", "pop3://a:b@127.0.0.1/", "/etc/passwd"])
def test_only_a_mailbox_is_asked(url):
    with pytest.raises(NotAllowed):
        take_mail(url, taking([]), bytes_max=1000)


def test_a_mailbox_elsewhere_is_asked_by_tls_only(mailbox, monkeypatch):
    """Nobody is dialled: where the client would be, its name is noted."""
    dialled = []

    def noting(kind):
        def dial(host, port, **more):
            dialled.append((kind, host, port, more["ssl_context"].check_hostname))
            raise OSError("not from here")

        return dial

    for kind in ("MailBox", "MailBoxStartTls"):
        monkeypatch.setattr(client, kind, noting(kind))
    for url in ("imaps://a:b@mail.example.org", "imap://a:b@mail.example.org", "imaps://a:b@127.0.0.1:1993"):
        with pytest.raises(NoAnswer):
            take_mail(url, taking([]), bytes_max=1000)
    assert dialled == [
        ("MailBox", "mail.example.org", 993, True),
        ("MailBoxStartTls", "mail.example.org", 143, True),
        ("MailBox", "127.0.0.1", 1993, True),
    ]
