"""Servers beside each other, for pages and for live connections: the figures of docs/adr/0025.

`python -m tests.bench.servers [ROUNDS]` measures those that are installed, in turns. daphne and hypercorn are none of
the product's dependencies; $OTHER_PYTHON names a Python that has them."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.live import Heard, heard
from tests.bench.memory import megabytes
from tests.bench.speed import Stand, environment, stand
from tests.bench.visitors import visits
from tests.needs import missing, redis_server
from tests.postgres import cluster
from tests.serving import Site, free_port, redis, wait_until

ROOT = Path(__file__).parents[2]
ASGI, WSGI = "config.asgi:application", "config.wsgi:application"
FILE_BYTES = 20 * 1024 * 1024
THREADS = 8
Command = Callable[[int], list[str]]


def uvicorn(workers: int = 1) -> Command:
    return lambda port: [
        *(sys.executable, "-m", "uvicorn", ASGI, "--port", str(port), "--workers", str(workers), "--lifespan", "off"),
        *("--timeout-graceful-shutdown", "10", "--log-level", "error", "--no-access-log", "--backlog", "2048"),
        *("--no-proxy-headers", "--no-server-header", "--ws-max-size", "65536", "--ws-per-message-deflate", "false"),
    ]


def granian(interface: str, app: str, *more: str, workers: int = 1) -> Command:
    return lambda port: [
        *(sys.executable, "-m", "granian", "--interface", interface, "--port", str(port), "--workers", str(workers)),
        *("--no-log", "--workers-kill-timeout", "10", *more, app),
    ]


def gunicorn(workers: int = 1) -> Command:
    return lambda port: [
        *(sys.executable, "-m", "gunicorn", WSGI, "--bind", f"127.0.0.1:{port}", "--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "60", "--log-level", "error"),
        *("--graceful-timeout", "10"),
    ]


def other(module: str, *options: str) -> Command:
    python = os.environ.get("OTHER_PYTHON", sys.executable)
    return lambda port: [python, "-m", module, *(part.format(port=port) for part in options), ASGI]


SERVERS: dict[str, Command] = {
    "uvicorn, pages and live": uvicorn(),
    "granian, pages and live": granian("asginl", ASGI, "--backlog", "4096", "--backpressure", "4096"),
    "granian WSGI, pages only": granian("wsgi", WSGI, "--blocking-threads", str(THREADS)),
    "gunicorn gthread, pages only": gunicorn(),
    "daphne, pages and live": other("daphne", "-p", "{port}", "-v", "0"),
    "hypercorn, pages and live": other("hypercorn", "-b", "127.0.0.1:{port}", "--log-level", "ERROR"),
    "uvicorn, two processes": uvicorn(2),
    "granian, two processes": granian("asginl", ASGI, "--backlog", "4096", "--backpressure", "2048", workers=2),
    "granian WSGI, two processes": granian("wsgi", WSGI, "--blocking-threads", str(THREADS), workers=2),
    "gunicorn gthread, two processes": gunicorn(2),
}


@dataclass
class Figures:
    """Of one server: each list has a figure for each round. Rates a second, times and memory as they are named."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    p95_ms: dict[str, list[float]] = field(default_factory=dict)
    megabytes: list[float] = field(default_factory=list)
    up_mb_s: list[float] = field(default_factory=list)
    down_mb_s: list[float] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    stop_s: list[float] = field(default_factory=list)
    live: list[Heard] = field(default_factory=list)


def measure(command: Command, base: Stand, given: dict[str, str], figures: Figures, pages: dict[str, str]) -> None:
    port = free_port()
    with started(command(port), port, given) as process:
        ask(port, base.cookies[0], pages["an outline"])
        for name, path in pages.items():
            visits(port, path, base.cookies, 1)
            seen = visits(port, path, base.cookies, 3)
            figures.rates.setdefault(name, []).append(seen.rate)
            figures.p95_ms.setdefault(name, []).append(seen.within(0.95) * 1000)
        figures.megabytes.append(megabytes(process.pid))
        figures.up_mb_s.append(uploaded(port, base.cookies[0]))
        figures.down_mb_s.append(downloaded(port, base.cookies[0]))
        if has_live(process, base, port):
            with suppress(SystemExit):  # it said why
                figures.live.append(
                    heard(process.pid, live=port, pages=port, cookies=base.cookies, authors=base.cookies, **base.live)
                )
        lost, took = stopped(process, port, pages["1 kB"], base.cookies)
        figures.lost.append(lost)
        figures.stop_s.append(took)


def has_live(process: "subprocess.Popen[bytes]", base: Stand, port: int) -> bool:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}", "Cookie": base.cookies[0]}
    headers |= {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    web.request("GET", f"/live/{base.live['place']}/", headers=headers | {"Sec-WebSocket-Key": "x" * 22 + "=="})
    status = web.getresponse().status
    web.close()
    return status == 101


@contextmanager
def started(command: list[str], port: int, given: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, cwd=ROOT, env=given, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(Site(port).answers)
        yield process
    finally:
        process.kill()
        process.wait()


def ask(port: int, cookie: str, path: str, method: str = "GET", body: Any = None, **headers: str) -> int:
    """Asks, and gives how many bytes came back."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    web.request(method, path, body, {"Host": f"localhost:{port}", "Cookie": cookie, **headers})
    answer = web.getresponse()
    size = len(answer.read())
    web.close()
    assert answer.status == 200, (path, answer.status)
    return size


def uploaded(port: int, cookie: str) -> float:
    """MB a second of one large upload."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    body = head + bytes(FILE_BYTES) + b"\r\n--x--\r\n"
    begun = time.perf_counter()
    try:
        ask(port, cookie, "/floor/taken/", "POST", body, **{"Content-Type": "multipart/form-data; boundary=x"})
    except OSError:
        return 0  # it was cut off
    return FILE_BYTES / 1e6 / (time.perf_counter() - begun)


def downloaded(port: int, cookie: str) -> float:
    begun = time.perf_counter()
    assert ask(port, cookie, f"/floor/given/{FILE_BYTES}/") == FILE_BYTES
    return FILE_BYTES / 1e6 / (time.perf_counter() - begun)


def stopped(process: "subprocess.Popen[bytes]", port: int, path: str, cookies: list[str]) -> tuple[int, float]:
    """How many requests under way were lost when it was told to stop, and how many seconds that took."""
    lost, stopping = [], threading.Event()

    def visit(cookie: str) -> None:
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not stopping.is_set():
            try:
                web.request("GET", path, headers={"Host": f"localhost:{port}", "Cookie": cookie})
            except OSError:
                return  # its door is closed; nothing was under way
            try:
                web.getresponse().read()
            except (OSError, http.client.HTTPException):
                lost.append(1)
                return

    threads = [threading.Thread(target=visit, args=[cookie]) for cookie in cookies]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    begun = time.perf_counter()
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(30)
    took = time.perf_counter() - begun
    stopping.set()
    for thread in threads:
        thread.join()
    return len(lost), took


def line(name: str, found: Figures) -> str:
    cells = [name]
    cells += [f"{median(found.rates[p]):.0f} ({median(found.p95_ms[p]):.0f} ms)" for p in found.rates]
    cells += [f"{median(found.megabytes):.0f} MB", f"{median(found.up_mb_s):.0f}", f"{median(found.down_mb_s):.0f}"]
    cells += [f"{median(found.lost):.0f}, {median(found.stop_s):.1f} s"]
    if found.live:
        each = median(live.kilobytes_each for live in found.live)
        half, most = (median(live.within(share) for live in found.live) for share in (0.5, 0.95))
        cells += [f"{each:.0f} kB", f"{half * 1000:.0f} / {most * 1000:.0f} ms"]
    else:
        cells += ["none", ""]
    return "| " + " | ".join(cells) + " |"


def main(rounds: int, names: list[str]) -> None:
    if problem := missing("postgres") or missing("redis"):
        raise SystemExit(problem)
    with (
        tempfile.TemporaryDirectory(prefix="weft-servers-") as folder,
        cluster(durable=True) as database,
        redis(redis_server() or "", Path(folder)) as queue,
    ):
        own = {"WEFT_DATA_DIR": folder, "DATABASE_URL": database, "REDIS_URL": queue}
        with stand("PostgreSQL", 300, **own) as base:
            outline, community = base.pages["course outline"], base.pages["community"]
            pages = {"1 kB": f"{community}floor/1000/", "700 kB": f"{community}floor/700000/", "an outline": outline}
            all_of_them = {name: Figures() for name in SERVERS if not names or any(word in name for word in names)}
            for _ in range(rounds):
                for name, figures in all_of_them.items():
                    measure(SERVERS[name], base, environment(0, **own), figures, pages)
                    print(line(name, figures), flush=True)
    print("\n".join(["", *(line(name, figures) for name, figures in all_of_them.items())]))


if __name__ == "__main__":
    given = sys.argv[1:]
    main(next((int(word) for word in given if word.isdigit()), 3), [word for word in given if not word.isdigit()])
