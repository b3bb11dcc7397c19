"""Parallel visitors of one page: each keeps a connection, and asks again as soon as it has its answer. An address with
`{n}` in it is another one each time.

`python -m tests.bench.visitors` does it in a process of its own, told on its standard input, so that what they cost is
not the bench's; a visit costs some 0.2 ms."""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Visits:
    """Seconds that each took; over how many seconds; how large an answer is, in bytes."""

    times: list[float]
    seconds: float
    size: int

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def within(self, share: float) -> float:
        """The seconds within which that share of them came back."""
        times = sorted(self.times)
        return times[min(len(times) - 1, int(len(times) * share))]

    def __add__(self, other: "Visits") -> "Visits":
        return Visits(self.times + other.times, self.seconds + other.seconds, other.size)


def visits(port: int, path: str, cookies: list[str], seconds: float) -> Visits:
    """Visits of one page by as many visitors as there are cookies."""
    plan = json.dumps({"port": port, "path": path, "cookies": cookies, "seconds": seconds})
    process = subprocess.run(
        [sys.executable, "-m", "tests.bench.visitors"], cwd=ROOT, input=plan, text=True, stdout=subprocess.PIPE
    )
    if process.returncode:
        raise SystemExit(f"{path} could not be measured.")
    return Visits(**json.loads(process.stdout))


class Visitor(asyncio.Protocol):
    def __init__(self, request: bytes, deadline: float, done: "asyncio.Future[None]") -> None:
        self.request, self.deadline, self.done = request, deadline, done
        self.times: list[float] = []
        self.begun, self.size, self.missing, self.head = 0.0, 0, 0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.begun, self.missing, self.head = time.perf_counter(), -1, b""
        self.transport.write(self.request.replace(b"{n}", b"%d" % time.perf_counter_ns()))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.head += data
            head, end, body = self.head.partition(b"\r\n\r\n")
            if not end:
                return
            self.missing = self.size = self.length(head.lower())
            data = body
        self.missing -= len(data)
        if self.missing == 0:
            self.answered()

    def length(self, head: bytes) -> int:
        if b" 200 " not in head.splitlines()[0] or b"\r\ncontent-length:" not in head:
            self.fail(head.decode("latin1"))
            return 0
        return int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])

    def answered(self) -> None:
        now = time.perf_counter()
        self.times.append(now - self.begun)
        if now < self.deadline:
            self.ask()
        elif not self.done.done():
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self.fail(f"The connection was closed: {exc}")

    def fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(why))


async def visited(port: int, path: str, cookies: list[str], seconds: float) -> Visits:
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    visitors = []
    for cookie in cookies:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
        visitor = Visitor(request, begun + seconds, loop.create_future())
        await loop.create_connection(lambda visitor=visitor: visitor, "127.0.0.1", port)  # type: ignore[misc]
        visitors.append(visitor)
    await asyncio.gather(*(visitor.done for visitor in visitors))
    times = [took for visitor in visitors for took in visitor.times]
    return Visits(times, time.perf_counter() - begun, visitors[0].size)


if __name__ == "__main__":
    seen = asyncio.run(visited(**json.loads(sys.stdin.read())))
    print(json.dumps(seen.__dict__))
