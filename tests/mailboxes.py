"""A mailbox on loopback that speaks as much IMAP as our client asks for."""

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class Kept:
    raw: bytes
    flags: set[str] = field(default_factory=set)


class Mailbox:
    """`mails` by their uids; `said` is what the client asked, without its tags."""

    user, password = "answers@weft.example.org", 'a "word"@'

    def __init__(self) -> None:
        self.mails: dict[int, Kept] = {}
        self.said: list[str] = []
        self.sent_bytes = 0
        self.fails_at = ""  # a command at which the connection breaks
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), lambda *args: Connection(self, *args))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        host = f"127.0.0.1:{self.server.server_address[1]}"
        return f"imap://answers%40weft.example.org:a%20%22word%22%40@{host}/Answers"

    def put(self, raw: bytes) -> int:
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = Kept(raw)
        return uid

    def flags(self, uid: int) -> set[str]:
        return self.mails[uid].flags

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Connection(socketserver.StreamRequestHandler):
    def __init__(self, mailbox: Mailbox, *args: object) -> None:
        self.mailbox = mailbox
        super().__init__(*args)  # type: ignore[arg-type]

    def handle(self) -> None:
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.mailbox.said.append(command)
            if self.mailbox.fails_at and self.mailbox.fails_at in command:
                return
            name = re.match(r"(UID )?\w+", command).group().lower().replace(" ", "_")  # type: ignore[union-attr]
            problem = getattr(self, name)(command)
            self.say(f"{tag} {problem or 'OK done'}".encode())
            if name == "logout":
                return

    def say(self, line: bytes) -> None:
        self.mailbox.sent_bytes += len(line)
        self.wfile.write(line + b"\r\n")

    def capability(self, _command: str) -> None:
        self.say(b"* CAPABILITY IMAP4rev1")

    def login(self, command: str) -> str | None:
        words = re.findall(r'"((?:[^"\\]|\\.)*)"', command)
        given = [re.sub(r"\\(.)", r"\1", word) for word in words]
        return None if given == [Mailbox.user, Mailbox.password] else "NO who are you?"

    def select(self, command: str) -> str | None:
        self.say(b"* %d EXISTS" % len(self.mailbox.mails))
        return None if "Answers" in command else "NO such folder"

    def uid_search(self, command: str) -> None:
        without = {"\\Seen", "\\Deleted", "\\Flagged"}
        assert command.endswith("UNSEEN UNDELETED UNFLAGGED")
        found = [str(uid) for uid, mail in self.mailbox.mails.items() if not mail.flags & without]
        self.say(f"* SEARCH {' '.join(found)}".encode())

    def uid_fetch(self, command: str) -> None:
        uid, what = re.match(r"UID FETCH (\d+) \((.*)\)", command, re.IGNORECASE).groups()  # type: ignore[union-attr]
        if int(uid) not in self.mailbox.mails:
            return
        raw = self.mailbox.mails[int(uid)].raw
        if what == "RFC822.SIZE":
            self.say(f"* 1 FETCH (RFC822.SIZE {len(raw)} UID {uid})".encode())
            return
        upto = re.fullmatch(r"BODY\.PEEK\[\](?:<0\.(\d+)>)?", what).group(1)  # type: ignore[union-attr]
        raw = raw[: int(upto)] if upto else raw
        self.say(b"* 1 FETCH (UID %s BODY[] {%d}\r\n%s)" % (uid.encode(), len(raw), raw))

    def uid_store(self, command: str) -> None:
        uid, flags = re.search(r"(\d+) \+FLAGS \((.*)\)", command).groups()  # type: ignore[union-attr]
        if int(uid) in self.mailbox.mails:
            self.mailbox.mails[int(uid)].flags |= set(flags.split())

    def expunge(self, _command: str) -> None:
        for uid in [uid for uid, mail in self.mailbox.mails.items() if "\\Deleted" in mail.flags]:
            del self.mailbox.mails[uid]

    def logout(self, _command: str) -> None:
        self.say(b"* BYE")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()
