"""What goes wrong, and when."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.chaos.installation import Installation
from tests.serving import wait_until

PATIENCE_S = 4.0  # at most so long from one fault to the next
AGREED = {"empty the broker": 0.2, "restart the broker": 0.4, "restart the database": 0.65}  # once so much is sent


@dataclass
class Faults:
    """`kills` times SIGKILL, spread over the sending of `mails`, and the other faults in between."""

    weft: Installation
    mails: int
    kills: int

    def plan(self) -> Iterator[tuple[float, str, Callable[[], object]]]:
        """When (as a share of the mails), what, and how; in order."""
        base = self.weft.base
        ways = (base.empty_broker, base.restart_broker, base.restart_database)
        others = [(AGREED[name], name, way) for name, way in zip(AGREED, ways, strict=True)]
        kills = [(0.9 * (n + 1) / self.kills, "kill", self.weft.kill_a_sender) for n in range(self.kills)]
        yield from sorted([*others, *kills], key=lambda fault: fault[0])

    def run(self) -> float:
        """Do all of them; returns when the last one was over."""
        chance, before = random.Random(3), len(self.weft.journal)
        wait_until(lambda: len(self.weft.journal) > before, 120)  # nobody is hurt before they begin
        for share, name, way in self.plan():
            self.wait_for(before + share * self.mails)
            time.sleep(chance.uniform(0, 0.4))
            print(f"  {len(self.weft.journal) - before:>4} mails: {name}, {way() or 'done'}", flush=True)
        return time.monotonic()

    def wait_for(self, mails: float) -> None:
        until = time.monotonic() + PATIENCE_S
        while len(self.weft.journal) < mails and time.monotonic() < until:
            self.weft.check()
            time.sleep(0.05)
