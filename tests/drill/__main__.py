"""`python -m tests.drill [sqlite|postgresql] [SECONDS]`: both, one after the other, unless one is named. Fails when
anything is missing, is not what it was, or took too long."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.drill.place import Place, placed
from tests.needs import missing

KINDS = ("sqlite", "postgresql")
SECONDS, RESTORED_WITHIN_S = 8.0, 15 * 60.0


def main(kind: str, seconds: float = SECONDS) -> int:
    with placed(kind) as place:
        complaints = drill(place, seconds)
    for complaint in complaints[:40]:
        print(f"  ! {complaint}")
    print(f"{kind}: {f'{len(complaints)} complaints' if complaints else 'all is well'}", flush=True)
    return bool(complaints)


def drill(place: Place, seconds: float) -> list[str]:
    place.set_up()
    from tests.drill.people import People
    from tests.drill.verdict import judge

    people, backup = People(), place.folder / "drill.weft"
    with people.writing():
        time.sleep(seconds)
        marker, begun = len(people.said), time.monotonic()
        place.manage("backup", backup)
        took = time.monotonic() - begun
        time.sleep(seconds / 2)
    print(f"  {people.rate():.0f} writes a second; backed up in {took:.1f} s, {size_of(backup):.1f} MB", flush=True)
    place.wipe()
    begun = time.monotonic()
    place.manage("restore", backup)
    took = time.monotonic() - begun
    lost = len(people.said) - marker
    print(f"  {marker} writes before the backup, {lost} since; restored in {took:.1f} s", flush=True)
    late = [f"restored in {took:.0f} s; {RESTORED_WITHIN_S:.0f} is the most"] if took > RESTORED_WITHIN_S else []
    return late + judge(people, marker)


def size_of(path: Path) -> float:
    return path.stat().st_size / 1024 / 1024


def both() -> int:
    if problem := missing("postgres"):
        raise SystemExit(problem)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    runs = [subprocess.run([sys.executable, "-m", "tests.drill", kind], env=environment) for kind in KINDS]
    return max(run.returncode for run in runs)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[0], *map(float, given[1:])) if given else both())
