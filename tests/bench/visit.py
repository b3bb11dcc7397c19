"""What a visit of the unit page costs a browser, as people get it: the production settings behind the proxy of deploy/,
with TLS and compression. Bytes are counted on the wire, so fonts, headers and what a service worker fetches are in it.

The slow line is that of Chromium's own tools, "Slow 4G": 1.44 Mbit/s down, 0.675 up, 562 ms until an answer begins."""

import asyncio
import base64
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.bench.speed import UNIT, Stand, environment, served
from tests.browser.conftest import FLAGS, WIDE
from tests.needs import caddy, chromium
from tests.serving import Site, free_port, wait_until

ROOT = Path(__file__).parents[2]
SETTLED_MS = 2_500
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
WATCH = """
  window.seen = {paint: 0, shift: 0};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.paint = entry.startTime;
  }).observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Visit:
    """Bytes on the wire, of whole requests; `paint_s` until the largest thing stood there; how much moved."""

    bytes: int
    requests: int
    paint_s: float
    shift: float
    kinds: dict[str, int]  # of bytes, as the browser counts them

    def row(self, name: str) -> str:
        of_it = ", ".join(f"{kind.lower()} {size / 1000:.1f}" for kind, size in sorted(self.kinds.items()))
        cells = [name, f"{self.bytes / 1000:.0f} kB", str(self.requests), f"{self.paint_s:.1f} s", f"{self.shift:.3f}"]
        return f"| {' | '.join([*cells, of_it])} |"


@dataclass
class Seen:
    first: Visit
    second: Visit
    slow_first: Visit
    slow_second: Visit

    def table(self) -> str:
        rows = {
            "first (to reach: 300 kB)": self.first,
            "second (to reach: 70 kB)": self.second,
            "first, slow 4G": self.slow_first,
            "second, slow 4G": self.slow_second,
        }
        head = "| Visit of the unit page | on the wire | requests | largest paint | layout shift | of it, kB |\n"
        return head + "|---|---|---|---|---|---|\n" + "".join(visit.row(name) + "\n" for name, visit in rows.items())


class Wire:
    """A relay to the port `to`, which counts what comes back."""

    def __init__(self, to: int) -> None:
        self.to, self.port, self.bytes, self.key = to, free_port(), 0, ""
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        serving = asyncio.start_server(self.relay, "127.0.0.1", self.port)
        asyncio.run_coroutine_threadsafe(serving, self.loop).result()

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self.to)
        await asyncio.gather(self.pump(reader, forth, 0), self.pump(back, writer, 1), return_exceptions=True)

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counted: int) -> None:
        try:
            while data := await reader.read(64 * 1024):
                self.bytes += len(data) * counted
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()


def browsed(base: Stand, **own: str) -> Seen:
    """First and second visits of the unit page on the database of `base`, by somebody who has been there on another
    device."""
    os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"
    value = base.cookies[0].partition("=")[2]
    with in_production(**own) as wire, sync_playwright() as playwright:
        flags = [*FLAGS, f"--ignore-certificate-errors-spki-list={wire.key}"]  # else it would keep nothing in its cache
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        found = []
        for slow in (False, True):
            context = browser.new_context(
                viewport={"width": WIDE, "height": 900},
                base_url=f"https://localhost:{wire.port}",
            )
            cookie: Any = {"name": "__Host-session", "value": value, "url": f"https://localhost:{wire.port}/"}
            context.add_cookies([cookie | {"secure": True}])
            context.add_init_script(WATCH)
            found += [visited(context, wire, base.pages[UNIT], slow) for _ in range(2)]
            context.close()
        browser.close()
    return Seen(*found)


def visited(context: BrowserContext, wire: Wire, path: str, slow: bool) -> Visit:
    page, asked = context.new_page(), []
    context.on("request", lambda request: asked.append(request))
    kinds = counting(page)
    if slow:
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_4G)
    before = wire.bytes
    answer = page.goto(path, wait_until="load", timeout=120_000)
    assert answer is not None
    assert answer.status == 200, answer.status
    page.wait_for_timeout(SETTLED_MS)
    seen = page.evaluate("window.seen")
    page.close()
    fetched = {request for request in asked if request.service_worker is None or request.url.endswith("/")}
    return Visit(wire.bytes - before, len(fetched), seen["paint"] / 1000, seen["shift"], dict(kinds))


def counting(page: Page) -> dict[str, int]:
    """Bytes of each kind of thing that comes over the line, as they come."""
    kinds: dict[str, int] = {}
    types: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent", lambda event: types.update({event["requestId"]: event.get("type", "Other")})
    )

    def finished(event: dict[str, Any]) -> None:
        kind = types.get(event["requestId"], "Other")
        kinds[kind] = kinds.get(kind, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    return kinds


@contextmanager
def in_production(**own: str) -> Iterator[Wire]:
    """The web process with the settings of production, and the proxy before it."""
    web, plain, secure = free_port(), free_port(), free_port()
    wire = Wire(secure)
    with tempfile.TemporaryDirectory(prefix="weft-visit-") as folder:
        given = environment(
            web, **own, WEFT_EMBEDDED="0", ALLOWED_HOSTS="localhost", BEHIND_PROXY="1", STATIC_ROOT=f"{folder}/static",
            SITE_URL=f"https://localhost:{wire.port}", CSRF_TRUSTED_ORIGINS=f"https://localhost:{wire.port}",
        )  # fmt: skip
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
        subprocess.run(collect, cwd=ROOT, env=given, check=True)
        with served(web, given), proxied(folder, web, plain, secure):
            wire.key = key_of(Path(folder, "caddy", "pki", "authorities", "local", "intermediate.crt"))
            yield wire


def key_of(certificate: Path) -> str:
    """The hash by which Chromium trusts what was signed with it."""
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    found = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(found).digest()).decode()


@contextmanager
def proxied(folder: str, web: int, plain: int, secure: int) -> Iterator[None]:
    told = {"SITE_HOST": "localhost", "HTTP_PORT": str(plain), "HTTPS_PORT": str(secure), "WEB": f"127.0.0.1:{web}"}
    told |= {"STATIC_SHARED": f"{folder}/static", "AWAY": str(ROOT / "deploy")}
    told |= {"XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
    command = [caddy() or "", "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, env=os.environ | told, **quiet)
    try:
        wait_until(Site(secure).answers)
        yield
    finally:
        process.terminate()
        process.wait(10)
