"""How much memory a process and those that it started hold."""

import subprocess
from collections import defaultdict
from pathlib import Path


def megabytes(pid: int) -> float:
    """What is theirs, with their share of what several have together; where that can't be known, all they hold."""
    children: dict[int, list[int]] = defaultdict(list)
    resident: dict[int, int] = {}
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        child, parent, kilobytes = map(int, line.split())
        children[parent].append(child)
        resident[child] = kilobytes
    tree, waiting = [], [pid]
    while waiting:
        tree.append(waiting.pop())
        waiting += children[tree[-1]]
    return sum(proportional(each) or resident.get(each, 0) for each in tree) / 1024


def proportional(pid: int) -> int:
    """In kB; 0 where the system doesn't say."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
