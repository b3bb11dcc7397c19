"""What works behind the pages, and how much memory each process of a site holds."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.memory import megabytes

ROOT = Path(__file__).parents[2]


@contextmanager
def working(environment: dict[str, str]) -> Iterator[dict[str, int]]:
    """The workers and beat of a site, by name, with their process ids."""
    from config.management.commands.run import _celery, _worker

    schedule = str(Path(environment["WEFT_DATA_DIR"], "bench-beat"))
    commands = {
        "worker, two children": _worker("celery", children=2),
        "worker for mail and other sites, two children": _worker("outbound,mail", children=2),
        "beat": _celery("beat", "--schedule", schedule),
    }
    processes = {
        name: subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
        for name, command in commands.items()
    }
    try:
        yield {name: process.pid for name, process in processes.items()}
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait(30)


def memory(pids: dict[str, int]) -> dict[str, float]:
    return {name: megabytes(pid) for name, pid in pids.items()}
