"""What goes wrong with a Weft that people meet, one after the other. Each returns when all is there again."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tests.chaos.installation import WORKERS
from tests.chaos.served import WEBS, Served
from tests.serving import Site, wait_until

FULL_AT_BYTES = 8_000


@dataclass(frozen=True)
class Trouble:
    """`refuses` says that 503 is what is to be answered meanwhile, and to how many writes at least."""

    name: str
    happen: Callable[[Served], Any]
    refuses: bool = False


def kill_web(weft: Served) -> None:
    """One of the two is always there."""
    for number in range(6):
        weft.kill(WEBS[number % 2])
        wait_until(Site(weft.ports[WEBS[number % 2]]).answers, 60)
        weft.wait_while_it_runs(1)


def kill_workers(weft: Served) -> None:
    for number in range(6):
        if number % 3 == 2:
            weft.kill([*WORKERS][number % 2])
        else:
            weft.kill_a_sender()
        weft.wait_while_it_runs(1)


def empty_redis(weft: Served) -> None:
    for _ in range(3):
        weft.base.empty_broker()
        weft.wait_while_it_runs(0.5)


def kill_redis(weft: Served, away_s: float = 2) -> None:
    weft.base.stop_redis()
    weft.wait_while_it_runs(away_s)
    weft.base.start_redis()


def silence_redis(weft: Served) -> None:
    assert weft.base.redis
    weft.base.redis.send_signal(signal.SIGSTOP)
    weft.wait_while_it_runs(8)
    weft.base.redis.send_signal(signal.SIGCONT)


def fill_redis(weft: Served) -> None:
    """It takes nothing more, and throws nothing away."""
    weft.base.set_redis(maxmemory_policy="noeviction", maxmemory=1)
    weft.wait_while_it_runs(10)
    weft.base.set_redis(maxmemory=0)


def stop_database(weft: Served, away_s: float = 2) -> None:
    with closed_connections():
        weft.base.server.stop()
        weft.wait_while_it_runs(away_s)
        weft.base.server.start()


def promote_standby(weft: Served) -> None:
    with closed_connections():
        weft.base.promote()


def fill_disk(weft: Served) -> None:
    """Nothing more fits beside the uploads."""
    filler = weft.uploads / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * FULL_AT_BYTES):
            pass
    weft.wait_while_it_runs(8)
    filler.unlink(missing_ok=True)


@contextmanager
def closed_connections() -> Iterator[None]:
    """Ours are forgotten, too."""
    from django.db import connections

    try:
        yield
    finally:
        connections.close_all()
        time.sleep(0)


TROUBLES = [
    Trouble("web processes killed", kill_web),
    Trouble("workers killed", kill_workers),
    Trouble("Redis emptied", empty_redis),
    Trouble("Redis killed and started again", kill_redis),
    Trouble("Redis silent for 8 s", silence_redis),
    Trouble("Redis full for 10 s", fill_redis),
    Trouble("Redis away for 30 s", lambda weft: kill_redis(weft, 30)),
    Trouble("database stopped hard and started again", stop_database, refuses=True),
    Trouble("database away for 30 s", lambda weft: stop_database(weft, 30), refuses=True),
    Trouble("standby promoted", promote_standby, refuses=True),
]
DISK = Trouble("no room for uploads", fill_disk, refuses=True)
