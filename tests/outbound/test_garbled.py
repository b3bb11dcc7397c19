"""Whatever a site answers, a fetch ends with an answer or with an error that has a name, and a page is read or not."""

import gzip
import random
import socket
from contextlib import suppress

import pytest

from outbound import OutboundError, Policy, client, fetch, wire
from resources.actions.page_words import page_words

pytestmark = pytest.mark.once
PAGE = b"<title>a</title><meta property=og:image content=/p>"
ANSWERS = [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 52\r\n\r\n" + PAGE,
    b"HTTP/1.1 302 Found\r\nLocation: http://b.example/\xc3\xa9?x=[1]#f\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html;charset*=utf-8''x\r\n\r\n"
    b"5\r\n<titl\r\n0\r\nT: x\r\n\r\n",
    b"HTTP/1.0 200\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<title>hello</title>" * 50),
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<?xml version='1.0' encoding='latin-1'?><title>x</title>",
]
PARTS = (
    b"\r\n|\0|%|//|[|]|@|:|99999999999999999999|-1|\xff\xfe|charset=|chunked|gzip|Location: |http://[::1|\\\\| |<title>"
)
PARTS += b"|http://a.example:99999/|Content-Length: |&#xD800;|&#0;|utf-16"


def garbled(chance: random.Random) -> bytes:
    answer = bytearray(chance.choice(ANSWERS))
    for _change in range(chance.randint(1, 6)):
        at, what = chance.randrange(len(answer) + 1), chance.random()
        if what < 0.6:
            answer[at:at] = chance.choice(PARTS.split(b"|"))
        elif what < 0.8:
            del answer[at : at + chance.randint(1, 12)]
        else:
            answer[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(answer)


@pytest.mark.parametrize("seed", range(5))
def test_garbled_answers_end_with_a_name(seed: int, monkeypatch: pytest.MonkeyPatch):
    chance = random.Random(seed)
    policy = Policy(ports=frozenset({80}), seconds=60)

    def connected(target, policy, budget):
        ours, theirs = socket.socketpair()
        theirs.sendall(garbled(chance))
        theirs.shutdown(socket.SHUT_WR)
        theirs_open.append(theirs)
        plain = wire.PlainSocket(ours.family, ours.type, fileno=ours.detach())
        plain.budget = budget
        return plain

    monkeypatch.setattr(client, "open_connection", connected)
    for _time in range(100):
        theirs_open: list[socket.socket] = []
        with suppress(OutboundError):
            page_words(fetch("http://a.example/x", policy=policy))
        for each in theirs_open:
            each.close()
