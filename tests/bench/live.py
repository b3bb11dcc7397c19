"""A thousand open pages: what a connection holds of the server's memory, and how soon all hear of a reply.

`python -m tests.bench.live` holds the connections in a process of its own, told on its standard input. It says when
they are open, waits for a line, has replies posted, and says how long each page waited for each of them."""

import asyncio
import base64
import http.client
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.memory import megabytes

ROOT = Path(__file__).parents[2]
CONNECTIONS, REPLIES, EVERY_S = 1_000, 10, 1.0
AT_ONCE = 50  # connections that are being opened
TOKEN = "x" * 32
TEXT, PING, PONG = 1, 9, 10


@dataclass
class Heard:
    """`delays` are the seconds from posting to hearing, of each page and reply; sorted. The memory in MB is the
    server's, before, with the pages open, and after the replies."""

    delays: list[float]
    before: float
    opened: float
    after: float

    @property
    def kilobytes_each(self) -> float:
        return (self.opened - self.before) * 1024 / CONNECTIONS

    def within(self, share: float) -> float:
        return self.delays[int((len(self.delays) - 1) * share)]


def heard(pid: int, **plan: Any) -> Heard:
    """By pages that the server `pid` has open. The plan: `live` and `pages` are ports, `place`, `thread` and `slug` say
    where the replies go, `cookies` who has pages open, `authors` who replies."""
    before = megabytes(pid)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.live"], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(plan) + "\n")
    process.stdin.flush()
    if process.stdout.readline().strip() != "open":
        raise SystemExit("The pages could not be opened.")
    opened = megabytes(pid)
    said, _ = process.communicate("go on\n")
    if process.returncode:
        raise SystemExit("Not every page heard of every reply.")
    return Heard(sorted(json.loads(said)), before, opened, megabytes(pid))


class Page(asyncio.Protocol):
    """One connection. `heard_at` is when it was last told something."""

    def __init__(self, request: bytes) -> None:
        self.request, self.data, self.is_open, self.letters, self.heard_at = request, b"", False, 0, 0.0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.data += data
        if not self.is_open:
            head, end, rest = self.data.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.splitlines()[0]:
                self.opened.set_exception(RuntimeError(head.decode("latin1")))
                return
            self.is_open, self.data = True, rest
        while len(self.data) > 1 and len(self.data) >= 2 + self.data[1]:  # short and unmasked, as a server's are
            kind, length = self.data[0] & 15, self.data[1]
            self.take(kind, self.data[2 : 2 + length])
            self.data = self.data[2 + length :]

    def take(self, kind: int, words: bytes) -> None:
        if kind == PING:
            self.transport.write(bytes([0x80 | PONG, 0x80 | len(words), 0, 0, 0, 0]) + words)  # type: ignore[attr-defined]
        elif kind == TEXT:
            self.letters, self.heard_at = self.letters + 1, time.perf_counter()
            if not self.opened.done():
                self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(RuntimeError(f"closed: {exc}"))


async def opened(live: int, place: int, cookie: str, gate: asyncio.Semaphore) -> Page:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET /live/{place}/ HTTP/1.1", f"Host: localhost:{live}", f"Origin: http://localhost:{live}",
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}",
        f"Cookie: {cookie}", "", "",
    ]  # fmt: skip
    async with gate:
        page = Page("\r\n".join(lines).encode())
        await asyncio.get_running_loop().create_connection(lambda: page, "127.0.0.1", live)
        await asyncio.wait_for(page.opened, 60)
    return page


def post(port: int, slug: str, thread: int, cookie: str) -> None:
    fields = {"csrfmiddlewaretoken": TOKEN, "key": str(uuid4()), "body": "One more word.", "slot": f"reply:{thread}"}
    headers = {"Host": f"localhost:{port}", "Cookie": f"{cookie}; weft-csrf={TOKEN}", "HX-Request": "true"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Target": f"thread-{thread}"}
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    web.request("POST", f"/c/{slug}/t/{thread}/replies/", urlencode(fields), headers)
    answer = web.getresponse()
    answer.read()
    web.close()
    assert answer.status == 200, answer.status


async def main(plan: dict[str, Any]) -> None:
    gate, cookies = asyncio.Semaphore(AT_ONCE), plan["cookies"]
    pages = await asyncio.gather(
        *(opened(plan["live"], plan["place"], cookies[n % len(cookies)], gate) for n in range(CONNECTIONS))
    )
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    delays = []
    for number in range(REPLIES):
        begun, author = time.perf_counter(), plan["authors"][number % len(plan["authors"])]
        posting = asyncio.create_task(
            asyncio.to_thread(post, plan["pages"], plan["slug"], plan["thread"], author),
        )
        while waiting := [page for page in pages if page.heard_at < begun]:
            assert time.perf_counter() < begun + 30, f"{len(waiting)} pages heard nothing"
            await asyncio.sleep(0.005)
        await posting
        delays += [page.heard_at - begun for page in pages]
        await asyncio.sleep(max(0, begun + EVERY_S - time.perf_counter()))
    print(json.dumps(delays))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.readline())))
