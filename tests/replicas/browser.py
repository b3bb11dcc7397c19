"""A browser without a window: one person's cookies, pages, and forms sent as they stand."""

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4


@dataclass
class Page:
    status: int
    text: str
    leads_to: str


@dataclass
class Browser:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, address: str, words: dict[str, str] | None = None) -> Page:
        """A page, or with `words` what a form is answered with."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if words is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET" if words is None else "POST", address, urlencode(words) if words else None, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return Page(answer.status, text, answer.headers.get("Location", ""))

    def reply(self, thread: str, words: str) -> Page:
        form = self.open(thread)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
        assert token, f"{form.status} instead of a form at {thread}"
        sent = {"csrfmiddlewaretoken": token[1], "body": words, "key": str(uuid4()), "page": "thread"}
        return self.open(f"{thread}replies/", sent)
