"""Somebody signed in who asks a server for pages and sends forms, over connections of their own."""

import http.client
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

TOKEN = "t" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    text: str
    seconds: float


@dataclass(frozen=True)
class Visitor:
    """`cookie` is that of a session: see `Site.cookie_of`."""

    port: int
    cookie: str

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, **fields: Any) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        return self.ask("POST", path, body=body.encode(), headers={"Content-Type": FORM})

    def send_file(self, path: str, name: str, content: bytes, **fields: Any) -> Answer:
        parts = [f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        parts.append(f'--edge\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n')
        parts.append(f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
        body = "".join(parts).encode() + content + b"\r\n--edge--\r\n"
        return self.ask("POST", path, body=body, headers={"Content-Type": "multipart/form-data; boundary=edge"})

    def ask(self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str]) -> Answer:
        """Raises OSError or HTTPException when nobody answers."""
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = f"{self.cookie}; weft-csrf={TOKEN}"
        begun = time.monotonic()
        try:
            web.request(method, path, body, {"Host": f"localhost:{self.port}", "Cookie": cookie} | headers)
            answer = web.getresponse()
            text = answer.read().decode(errors="replace")
            return Answer(answer.status, answer.headers, text, time.monotonic() - begun)
        finally:
            web.close()
