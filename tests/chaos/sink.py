"""A mail server that is slow, and now and then drops a connection after the last byte of a mail: one time in two it has
taken the mail, and whoever sent it can't know. `python -m tests.chaos.sink PORT JOURNAL SECONDS SHARE` notes each mail
in a line of JSON."""

import asyncio
import email
import email.policy
import json
import random
import re
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

TOKEN = re.compile(r"\bw[0-9a-f]{12}\b")


@dataclass(frozen=True)
class Taken:
    """One mail that came in. `told` are the tokens that its text names; a mail that is not `kept` was never there."""

    at: float
    to: str
    message_id: str
    subject: str
    told: list[str]
    is_kept: bool
    is_dropped: bool


class Journal:
    """What came in: a file that is written by one process and read by others."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, mail: Taken) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(asdict(mail)) + "\n")

    def read(self) -> list[Taken]:
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [Taken(**json.loads(line)) for line in lines]

    def __len__(self) -> int:
        return self.path.read_bytes().count(b"\n") if self.path.exists() else 0


class Slow:
    """The sink's manners. `share` of the connections are dropped after DATA."""

    def __init__(self, journal: Journal, seconds: float, share: float) -> None:
        self.journal, self.seconds, self.share = journal, seconds, share
        self.chance = random.Random(11)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.seconds * self.chance.uniform(0.5, 1.5))
        is_dropped = self.chance.random() < self.share
        is_kept = not is_dropped or self.chance.random() < 0.5
        self.journal.note(taken(envelope, is_kept=is_kept, is_dropped=is_dropped))
        if is_dropped and server.transport is not None:
            server.transport.abort()
        return "250 OK"


def taken(envelope: Envelope, *, is_kept: bool, is_dropped: bool) -> Taken:
    mail: Any = email.message_from_bytes(bytes(envelope.content or b""), policy=email.policy.default)
    text = mail.get_body(("plain",))
    told = TOKEN.findall(text.get_content() if text else "")
    return Taken(time.time(), envelope.rcpt_tos[0], mail["Message-ID"], mail["Subject"], told, is_kept, is_dropped)


async def serve(port: int, manners: Slow) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(manners, hostname="localhost", loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Slow(Journal(Path(sys.argv[2])), float(sys.argv[3]), float(sys.argv[4]))))
