"""`python -m tests.chaos [embedded|production]`: both, one after the other, unless one is named. Fails when something
was lost, came twice too often or took too long."""

import os
import subprocess
import sys
import time

from tests.chaos.day import Day, set_up
from tests.chaos.faults import Faults
from tests.chaos.installation import Broken, Installation, installed
from tests.needs import missing

KINDS = ("embedded", "production")
PEOPLE, KILLS, WITHIN_S = 300, 25, 60.0


def main(kind: str, people: int = PEOPLE, kills: int = KILLS) -> int:
    started = time.monotonic()
    with installed(kind) as weft:
        os.environ |= weft.environment
        print(f"{kind}: {people} people, {kills} times SIGKILL", flush=True)
        try:
            complaints = run(weft, people, kills)
        except Broken as problem:
            complaints = [str(problem)]
        for complaint in complaints[:40]:
            print(f"  ! {complaint}")
        if complaints:
            print(weft.last_words(), file=sys.stderr)
    outcome = f"{len(complaints)} complaints" if complaints else "all is well"
    print(f"{kind}: {outcome}, after {time.monotonic() - started:.0f} s", flush=True)
    return bool(complaints)


def run(weft: Installation, people: int, kills: int) -> list[str]:
    set_up()
    from tests.chaos.plain import some_deliveries

    expected = some_deliveries(people)
    weft.environment["WEFT_CHAOS_PLAIN"] = "1"
    weft.start_all()
    return Day(weft, Faults(weft, people, kills), within_s=WITHIN_S).run(expected)


def both() -> int:
    if problem := missing("postgres") or missing("redis"):
        raise SystemExit(problem)
    return max([subprocess.run([sys.executable, "-m", "tests.chaos", kind]).returncode for kind in KINDS])


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[0], *map(int, given[1:])) if given else both())
