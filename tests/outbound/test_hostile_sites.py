"""A site that is slow, endless, a bomb or leads in circles ends in time, with an error that has a name."""

import gzip
import ssl
import threading
import time
import zlib
from pathlib import Path

import pytest

from outbound import (
    Fetched,
    NoAnswer,
    NotAllowed,
    OutboundError,
    Policy,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreadable,
    fetch,
    wire,
)  # fmt: skip
from outbound.client import _unpacked
from tests.sites import PUBLIC, Answer, Internet, answer, byte_by_byte, endless, leads_to

pytestmark = pytest.mark.once
MIB = 1024 * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
URL = "http://public.example/"


def quick() -> Policy:
    """As ever, but in a hurry: tests don't wait for 5 seconds."""
    return Policy(seconds=0.3)


def test_what_a_fetch_may_take():
    assert (Policy().seconds, Policy().bytes_max, Policy().redirects_max) == (5.0, MIB, 3)


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(byte_by_byte(HEAD + b"\r\n"), id="slow head"),
        pytest.param(byte_by_byte(b"HTTP/1.1 100 Continue\r\n\r\n" * 50, 0.01), id="slow promises"),
        pytest.param(lambda it, _: (it.sendall(HEAD + b"\r\n"), byte_by_byte(b"<p>" * 99)(it, "")), id="slow body"),
        pytest.param(
            lambda it, _: (
                it.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), byte_by_byte(b"1\r\na\r\n" * 99)(it, "")
            ),
            id="slow chunks",
        ),
        pytest.param(lambda it, _: time.sleep(1), id="silent"),
    ],
)  # fmt: skip
def test_a_slow_site_ends_in_time(site: Answer, internet: Internet):
    internet.put("public.example", site)
    began = time.monotonic()
    with pytest.raises(TooSlow):
        fetch(URL, policy=quick())
    assert time.monotonic() - began < 5


def test_time_is_counted_over_redirects_together(internet: Internet):
    slow = lambda it, _: (time.sleep(0.2), it.sendall(leads_to("/on")))  # noqa: E731
    internet.put("public.example", slow)
    with pytest.raises(TooSlow):
        fetch(URL, policy=quick())


def test_nobody_waits_for_a_slow_name(internet: Internet):
    found, over = threading.Event(), []
    internet.resolver = lambda name: over.append(found.wait(20)) or [PUBLIC]
    with pytest.raises(TooSlow):
        fetch(URL, policy=quick())
    assert over == internet.dialled == []
    found.set()


def test_a_site_that_does_not_speak_tls_ends_in_time(internet: Internet):
    internet.put("public.example", lambda it, _: time.sleep(1))
    with pytest.raises(TooSlow):
        fetch("https://public.example/", policy=quick())


@pytest.mark.parametrize(
    ("site", "whole"),
    [
        pytest.param(endless(HEAD + b"\r\n", b"a" * 65_536), False, id="endless"),
        pytest.param(
            endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"8000\r\n" + b"a" * 0x8000 + b"\r\n"), False,
            id="endless chunks",
        ),
        pytest.param(endless(HEAD + b"Content-Length: 99999999999\r\n\r\n", b"a" * 65_536), False, id="huge"),
        pytest.param(
            lambda it, _: it.sendall(answer(gzip.compress(b"a" * 8 * MIB), head="Content-Encoding: gzip\r\n")), False,
            id="gzip bomb",
        ),
        pytest.param(
            lambda it, _: it.sendall(
                answer(gzip.compress(gzip.compress(b"a" * 9 * MIB)), head="Content-Encoding: gzip\r\n")
            ), True, id="a bomb in a bomb is unpacked once",
        ),
        pytest.param(lambda it, _: it.sendall(answer(b"a" * (MIB - 4096))), True, id="just small enough"),
    ],
)  # fmt: skip
def test_no_more_than_a_mebibyte_is_read(site: Answer, whole: bool, internet: Internet):
    internet.put("public.example", site)
    found = fetch(URL)
    assert len(found.content) <= MIB
    assert found.is_whole is whole
    assert whole or len(found.content) > MIB - 65_536


def test_a_bomb_is_unpacked_a_little_at_a_time():
    """However little it is packed into: what is not read is never in memory."""
    parts = _unpacked(iter([gzip.compress(b"a" * 4 * MIB)]), MIB)
    assert [len(part) for part in parts] == [MIB] * 4


@pytest.mark.parametrize(
    ("site", "error"),
    [
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 60_000 + b"\r\n"), OutboundError),
        (endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a" * 60_000), NoAnswer),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000), TooLarge),
        (endless(b"", b"\x00\xff" * 30_000), NoAnswer),
        ({"/": b""}, NoAnswer),
        ({"/": b"SSH-2.0-OpenSSH_9.2\r\n\r\n"}, NoAnswer),
        ({"/": b"<html>no head</html>\r\n\r\n"}, NoAnswer),
        ({"/": b"HTTP/1.1 999999 No\r\n\r\n"}, NoAnswer),
        ({"/": HEAD + b"Content-Length: 90\r\n\r\ncut off"}, NoAnswer),
        ({"/": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"}, NoAnswer),
        ({"/": answer(b"not gzip", head="Content-Encoding: gzip\r\n")}, Unreadable),
        ({"/": answer(zlib.compress(b"a"), head="Content-Encoding: br\r\n")}, Unreadable),
        ({"/": answer(gzip.compress(gzip.compress(b"a")), head="Content-Encoding: gzip, gzip\r\n")}, Unreadable),
        ({"/": leads_to("/")}, TooManyRedirects),
        ({"/": leads_to("/a"), "/a": leads_to("/b"), "/b": leads_to("/a")}, TooManyRedirects),
        ({"/": leads_to("https://")}, NotAllowed),
        ({"/": leads_to("http://[::1")}, (NotAllowed, NoAnswer)),
        ({"/": leads_to("http://example.org/" + "a" * 5_000)}, NotAllowed),
    ],
)
def test_what_can_not_be_read_has_a_name(site, error, internet: Internet):
    internet.put("public.example", site)
    with pytest.raises(error):
        fetch(URL)


def test_three_redirects_are_followed_and_no_fourth(internet: Internet):
    paths = {f"/{n}": leads_to(f"/{n + 1}") for n in range(9)} | {"/4": answer(b"Words")}
    site = internet.put("public.example", paths)
    assert fetch(URL + "1").content == b"Words"
    assert fetch(URL + "1").url == URL + "4"
    site.asked.clear()
    with pytest.raises(TooManyRedirects):
        fetch(URL + "0")
    assert len(site.asked) == 4


def test_a_redirect_without_a_place_is_an_answer(internet: Internet):
    internet.put("public.example", {"/": answer(b"Words", status="302 Found")})
    assert fetch(URL).status == 302


@pytest.mark.parametrize("place", ["/caf\u00c3\u00a9", "/caf%C3%A9", "http://other.example/caf%C3%A9", " /caf%C3%A9 "])
def test_a_place_is_read_as_browsers_do(place: str, internet: Internet):
    pages = {"/": leads_to(place), "/caf%C3%A9": answer(b"Words")}
    internet.put("public.example", pages)
    internet.put("other.example", pages, address="93.184.215.15")
    assert fetch(URL + "#part").content == b"Words"


def test_what_a_site_gets_to_hear(internet: Internet, settings):
    settings.SITE_URL = "https://weft.example.net"
    site = internet.put("b\u00fccher.example", {"/a%20b?c=d&e=%C3%A4": leads_to("/two")})
    internet.names["xn--bcher-kva.example"] = [PUBLIC]
    site.answers |= {"/two": answer(b"", head="Set-Cookie: a=b\r\n")}
    fetch("HTTP://b\u00fccher.example:80/a%20b?c=d&e=\u00e4#fragment")
    first, second = site.asked
    lines = first.strip().split("\r\n")
    assert lines[0] == "GET /a%20b?c=d&e=%C3%A4 HTTP/1.1"
    said = dict(line.split(": ", 1) for line in lines[1:])
    assert said.pop("User-Agent").endswith("+https://weft.example.net)")
    assert said.pop("Accept")
    assert said == {"Host": "xn--bcher-kva.example", "Accept-Encoding": "gzip", "Connection": "close"}
    assert "cookie" not in second.lower()
    assert "referer" not in second.lower()


def test_head_asks_for_the_head(internet: Internet):
    site = internet.put("public.example", {"/": HEAD + b"Content-Length: 90000\r\n\r\n"})
    assert fetch(URL, method="HEAD") == Fetched(200, URL, "text/html", "", b"", True)
    assert site.asked[0].startswith("HEAD / ")


def test_an_address_that_is_silent_leaves_time_for_the_next(internet: Internet):
    internet.put("public.example", {"/": answer(b"Words")})
    internet.names["public.example"] = ["2606:4700::1", PUBLIC]
    assert fetch(URL).content == b"Words"
    assert internet.dialled == [("2606:4700::1", 80), (PUBLIC, 80)]


def test_certificates_are_checked_for_the_name_in_the_address(internet: Internet, monkeypatch: pytest.MonkeyPatch):
    pem = Path(__file__).with_name("secure.test.pem")
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    internet.put("secure.test", {"/": answer(b"a" * 200_000)}, tls=serving)
    with pytest.raises(NoAnswer) as refusal:  # nobody the system knows has signed it
        fetch("https://secure.test/")
    assert isinstance(refusal.value.__cause__, ssl.SSLCertVerificationError)
    trusting = ssl.create_default_context(cafile=str(pem))
    trusting.sslsocket_class = wire.TLSSocket
    monkeypatch.setattr(wire, "tls", lambda: trusting)
    assert len(fetch("https://secure.test/").content) == 200_000
    assert len(fetch("https://secure.test/", policy=Policy(bytes_max=50_000)).content) < 50_000
    internet.names["other.test"] = [PUBLIC]
    with pytest.raises(NoAnswer) as refusal:
        fetch("https://other.test/")
    assert isinstance(refusal.value.__cause__, ssl.SSLCertVerificationError)
