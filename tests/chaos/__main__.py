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
NEXT_DAY_S, QUIET_S = 24 * 3600.0, 180.0  # a day without faults has to be done in the latter


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
    """A day with all the faults, then one with none; returns what was wrong."""
    set_up()
    from tests.chaos.people import a_talk, are_all_made, let_digests_be_due

    talk = a_talk(people)
    for number in range(4):
        talk.say_something(number)
    talk.choose()
    let_digests_be_due(talk)
    first = Day(weft, Faults(weft, people, kills), within_s=WITHIN_S)
    weft.start_all()
    complaints = first.run(talk.expected(), lambda: are_all_made(0))
    weft.end_all(but=("mail server",))
    talk.forget()
    for thread in talk.threads[:2]:
        talk.answer(thread, talk.authors[3])
    weft.ahead_s = NEXT_DAY_S
    second = Day(weft, Faults(weft, people, 0), within_s=QUIET_S)
    weft.start_all()
    return complaints + second.run(talk.expected(), lambda: are_all_made(NEXT_DAY_S))


def both() -> int:
    if problem := missing("postgres") or missing("redis"):
        raise SystemExit(problem)
    return max([subprocess.run([sys.executable, "-m", "tests.chaos", kind]).returncode for kind in KINDS])


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[0], *map(int, given[1:])) if given else both())
