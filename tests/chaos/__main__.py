"""`python -m tests.chaos [embedded|production|served]`: all, one after the other, unless one is named. The first two
send mail, the last one is met by people. Fails when something was lost, came twice too often or took too long."""

import os
import subprocess
import sys
import time

from tests.chaos.day import Day, set_up
from tests.chaos.faults import Faults
from tests.chaos.going_on import GoingOn
from tests.chaos.installation import Broken, Installation, installed
from tests.chaos.served import served, small_disk
from tests.chaos.troubles import DISK, TROUBLES
from tests.needs import missing

KINDS = ("embedded", "production", "served")
PEOPLE, KILLS, WITHIN_S = 300, 25, 60.0
NEXT_DAY_S = 48 * 3600.0  # at night, the digest after the one now comes in the morning of the day after
QUIET_S = 180.0  # a day without faults has to be done in it


def meet_people(only: str = "") -> int:
    """With everything in TROUBLES, or what has `only` in its name."""
    started = time.monotonic()
    with served() as weft, small_disk(weft.uploads) as is_small:
        os.environ |= weft.environment
        going_on = GoingOn(weft)
        going_on.begin()
        print(f"served: ready after {time.monotonic() - started:.0f} s", flush=True)
        for trouble in [*TROUBLES, *([DISK] if is_small else [])]:
            if only in trouble.name:
                going_on.through(trouble)
        if not is_small:
            print("  no disk of its own could be mounted, so none was filled; root can")
        going_on.end()
        return report("served", going_on.complaints, weft, started)


def main(kind: str, people: int = PEOPLE, kills: int = KILLS) -> int:
    started = time.monotonic()
    with installed(kind) as weft:
        os.environ |= weft.environment
        print(f"{kind}: {people} people, {kills} times SIGKILL", flush=True)
        try:
            complaints = run(weft, people, kills)
        except Broken as problem:
            complaints = [str(problem)]
        return report(kind, complaints, weft, started)


def report(kind: str, complaints: list[str], weft: Installation, started: float) -> int:
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


def all_of_them() -> int:
    if problem := missing("postgres") or missing("redis"):
        raise SystemExit(problem)
    return max([subprocess.run([sys.executable, "-m", "tests.chaos", kind]).returncode for kind in KINDS])


if __name__ == "__main__":
    kind, *more = sys.argv[1:] or [""]
    if kind == "served":
        sys.exit(meet_people(*more))
    sys.exit(main(kind, *map(int, more)) if kind else all_of_them())
