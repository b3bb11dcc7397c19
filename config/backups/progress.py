"""How far it is, for who waits."""

import time
from typing import Any

EVERY_S = 2.0


class Progress:
    """A line for each stage, and one every two seconds."""

    def __init__(self, out: Any) -> None:
        self.out, self.stage, self.said_at = out, "", 0.0

    def __call__(self, stage: str, done: int, of: int) -> None:
        now = time.monotonic()
        if stage == self.stage and now - self.said_at < EVERY_S:
            return
        is_new, self.stage, self.said_at = stage != self.stage, stage, now
        if is_new and not done:
            self.say(f"{stage} …")
        elif stage == "Files":
            self.say(f"{stage}: {done:,} of {of:,}")
        else:
            self.say(f"{stage}: {amount(done)}{f' of {amount(of)}' if of else ''}")

    def say(self, line: str) -> None:
        self.out.write(line)
        self.out.flush()


def amount(size_bytes: int) -> str:
    return f"{size_bytes / 1024:,.0f} kB" if size_bytes < 10 * 1024 * 1024 else f"{size_bytes / 1024 / 1024:,.0f} MB"
