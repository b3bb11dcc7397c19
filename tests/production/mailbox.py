"""A mail server that takes everything at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.sink import Journal
from tests.production.compose import ROOT
from tests.serving import Site, free_port, wait_until


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[int, Journal]]:
    port, journal = free_port(), Journal(folder / "mail.jsonl")
    command = [sys.executable, "-m", "tests.chaos.sink", str(port), str(journal.path), "0", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        wait_until(Site(port).answers)
        yield port, journal
    finally:
        process.terminate()
        process.wait(10)
