"""Somebody with a browser of few talents, who comes through the proxy over https."""

import gzip
import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from websockets.sync.client import ClientConnection, connect

from tests.production.stack import Stack

TOKEN = "x" * 32  # of forms


@dataclass
class Answer:
    """`body` is unpacked; `bytes` is how much came over the line."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    bytes: int
    cookies: list[str]

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """With `session`, somebody who is signed in."""

    def __init__(self, stack: Stack, session: str = "") -> None:
        self.stack, self.host = stack, f"localhost:{stack.ports['https']}"
        self.cookies = {"__Host-csrf": TOKEN} | ({"__Host-session": session} if session else {})

    @cached_property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.stack.authority))

    def connection(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection("localhost", self.stack.ports["https"], context=self.trust, timeout=60)

    def headers(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Host": self.host,
            "Origin": self.stack.url,
            "Cookie": cookie,
            "Accept-Encoding": "gzip",
            **(more or {}),
        }

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        line = self.connection()
        try:
            line.request(method, path, body, self.headers(headers))
            return self.answered(line)
        finally:
            line.close()

    def answered(self, line: http.client.HTTPSConnection) -> Answer:
        got = line.getresponse()
        raw = got.read()
        cookies = got.headers.get_all("Set-Cookie") or []
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        body = gzip.decompress(raw) if got.headers.get("Content-Encoding") == "gzip" else raw
        return Answer(got.status, got.headers, body, len(raw), cookies)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, **fields: str) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": self.cookies["__Host-csrf"], **fields}), form)

    def reply(self, thread: int, words: str, key: str = "") -> Answer:
        fields = {"key": key or str(uuid4()), "body": words, "slot": f"reply:{thread}", "page": "thread"}
        return self.post(f"/c/heron/t/{thread}/replies/", **fields)

    def upload(self, place: int, name: str, data: bytes) -> tuple[str, bytes, dict[str, str]]:
        """Path, body and headers of putting a file there."""
        fields = {"csrfmiddlewaretoken": self.cookies["__Host-csrf"], "key": str(uuid4())}
        parts = [f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        file = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = ("".join(parts) + file).encode() + data + b"\r\n--edge--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=edge", "Accept": "application/json"}
        return f"/c/heron/p/{place}/files/", body, headers

    def listen(self, place: int) -> ClientConnection:
        """Somebody's open page."""
        return connect(
            f"wss://{self.host}/live/{place}/", ssl=self.trust, origin=self.stack.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.headers()["Cookie"]}, proxy=None, open_timeout=20,
        )  # fmt: skip
