"""What people do, and what answers must carry, seen from outside."""

import http.client
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from tests.chaos.sink import Journal
from tests.production.stack import BEHIND, WEB, Stack
from tests.production.visitor import Answer, Visitor
from tests.serving import wait_until

TOKENS = r"\bw[0-9a-f]{12}\b"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ALWAYS = {  # M1: on every answer, Weft's and the proxy's
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def token() -> str:
    return f"w{uuid4().hex[:12]}"


def carries_what_it_must(answer: Answer) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value, (name, answer.status, dict(answer.headers))
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy, policy
    assert "unsafe" not in policy
    assert "Server" not in answer.headers
    for cookie in answer.cookies:
        assert cookie.startswith("__Host-"), cookie
        assert "Secure" in cookie, cookie


class Walk:
    def __init__(self, stack: Stack, journal: Journal, people: dict[str, Any]) -> None:
        self.stack, self.journal, self.people = stack, journal, people
        self.visitor = Visitor(stack)
        self.thread = people["threads"][0]

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "plain http is sent to https", self.http_is_sent_on
        yield "pages come compressed, with every header they must have", self.pages
        yield "static files are compressed, under names that never change", self.static_files
        yield "errors and refusals have the headers, too", self.errors
        yield "somebody signs in", self.sign_in
        yield "guesses are counted for each visitor, and not for all of them together", self.guesses
        yield "a reply reaches an open page at once, and a mailbox", self.reply
        yield "a file goes up and comes down again, whole or in parts", self.upload
        yield "every process is healthy by its own check", self.health
        yield "a backup is made of a database that asks for a password", self.backup

    def http_is_sent_on(self) -> None:
        line = http.client.HTTPConnection("localhost", self.stack.ports["http"], timeout=10)
        line.request("GET", "/c/heron/?a=1")
        answer = line.getresponse()
        assert answer.status in (301, 308)
        assert re.match(r"https://localhost(:\d+)?/c/heron/\?a=1$", answer.headers["Location"])

    def pages(self) -> None:
        answer = self.visitor.get("/accounts/login/")
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
        assert answer.bytes < len(answer.body) / 2
        assert "Accept-Encoding" in ", ".join(answer.headers.get_all("Vary"))  # type: ignore[attr-defined]
        carries_what_it_must(answer)
        assert "private" in answer.headers["Cache-Control"]
        claimed = self.visitor.get("/accounts/login/", **{"X-Request-ID": "claimed-by-a-visitor"})
        assert claimed.headers["X-Request-ID"] != "claimed-by-a-visitor"

    def static_files(self) -> None:
        page = self.visitor.get("/accounts/login/").text
        paths = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#?]+)', page)))
        assert paths
        for path in paths:
            answer = self.visitor.get(path)
            assert answer.status == 200, path
            assert re.search(r"\.[0-9a-f]{12}\.", path), path
            assert answer.headers["Cache-Control"] == "public, max-age=315360000, immutable"
            if path.endswith((".css", ".js")):
                assert answer.headers["Content-Encoding"] == "gzip", path
            carries_what_it_must(answer)
        self.stack.folder.joinpath("static", "css", "app.00112233aabb.css").write_text("p { color: red }")
        assert self.visitor.get("/static/css/app.00112233aabb.css").status == 200  # of an earlier release
        again = self.visitor.get(paths[0], **{"If-None-Match": self.visitor.get(paths[0]).headers["ETag"]})
        assert (again.status, again.body) == (304, b"")

    def errors(self) -> None:
        for path in ("/no/such/page/", "/static/no-such-file.css", "/static/../secrets/secret_key", "/c/heron/"):
            answer = self.visitor.get(path)
            assert answer.status in (302, 400, 404), (path, answer.status)
            carries_what_it_must(answer)
        assert self.visitor.get("/dev/mail/").status == 404
        assert self.visitor.get("/health/metrics").status == 404  # nobody has the token
        refused = self.visitor.ask("POST", "/accounts/login/", "login=a", {"Origin": "https://elsewhere.example"})
        assert refused.status == 403
        carries_what_it_must(refused)

    def sign_in(self) -> None:
        answer = self.visitor.post("/accounts/login/", login=self.people["bo"], password="correct horse battery")
        assert (answer.status, answer.headers["Location"]) == (302, "/")
        carries_what_it_must(answer)
        today = self.visitor.get("/")
        assert today.status == 200
        carries_what_it_must(today)

    def guesses(self) -> None:
        """The proxy throws away whom a visitor claims to be, so claims buy no guesses."""
        stranger, words = Visitor(self.stack), ""
        for number in range(12):
            claim = {"X-Forwarded-For": f"203.0.113.{number}", "Content-Type": "application/x-www-form-urlencoded"}
            body = f"csrfmiddlewaretoken={'x' * 32}&login=nobody{number}%40example.org&password=guess"
            words = stranger.ask("POST", "/accounts/login/", body, claim).text
        assert "Too many failed" in words, words[:2000]

    def reply(self) -> None:
        cleo = Visitor(self.stack, self.people["sessions"]["cleo"])
        told = token()
        with cleo.listen(self.thread["place"]) as page:
            since = time.monotonic()
            answer = self.visitor.reply(
                self.thread["id"], f"{told} @{self.people['cleo']['handle']}, what did you see?"
            )
            assert answer.status == 302, (answer.status, answer.text[:2000])
            assert '"' in str(page.recv(timeout=10))
            assert time.monotonic() - since < 5
        assert told in self.visitor.get(answer.headers["Location"].partition("#")[0]).text
        wait_until(lambda: any(told in mail.told for mail in self.journal.read()), 40)
        mail = next(mail for mail in self.journal.read() if told in mail.told)
        assert mail.to == self.people["cleo"]["email"]

    def upload(self) -> None:
        path, body, headers = self.visitor.upload(self.people["place"], "notes.pdf", PDF + b"%" * 3_000_000)
        answer = self.visitor.ask("POST", path, body, headers)
        assert answer.status in (200, 201), (answer.status, answer.text[:2000])
        address = re.search(r"/c/heron/files/\d+/[\w.-]+", answer.text)
        assert address, answer.text[:2000]
        assert self.visitor.get(address[0]).body == PDF + b"%" * 3_000_000
        part = self.visitor.get(address[0], Range="bytes=0-7", **{"Accept-Encoding": "identity"})
        assert (part.status, part.body) == (206, PDF[:8])
        assert Visitor(self.stack).get(address[0]).status == 302  # who is not signed in gets nothing

    def health(self) -> None:
        for name in (*WEB, *BEHIND):
            wait_until(lambda name=name: self.stack.is_healthy(name), 60)

    def backup(self) -> str:
        file = self.stack.folder / "data" / "weft.weft"
        self.stack.run("web-a", "deploy/manage", "backup", str(file))
        return f"{file.stat().st_size // 1000} kB"
