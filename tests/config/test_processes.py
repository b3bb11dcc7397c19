"""Processes that live and end together, with cheap ones in their stead; all of Weft is in test_run.py."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import processes as together
from config.processes import Processes

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _our_own_signals_afterwards() -> Iterator[None]:
    ours = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in ours.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_of_asking_ends_them_all_and_is_no_failure(number: signal.Signals) -> None:
    def ask() -> bool:
        os.kill(os.getpid(), number)
        return False

    with Processes() as processes:
        for name in ("web", "worker"):
            processes.start(name, "sleep", "60")
        assert processes.run_until(ask) is False
    assert [process.returncode for process in processes.running.values()] == [-signal.SIGTERM] * 2
    assert processes.failed == ""


def test_they_run_until_what_one_waits_for_has_come() -> None:
    with Processes() as processes:
        processes.start("web", "sleep", "60")
        assert processes.run_until(lambda: True) is True
        assert processes.running["web"].poll() is None
    assert processes.running["web"].returncode == -signal.SIGTERM


@pytest.mark.parametrize(
    ("command", "reason"), [(("false",), "exit code 1"), (("sh", "-c", "kill -9 $$"), "SIGKILL")], ids=["exit", "kill"]
)
def test_when_one_dies_the_others_end_and_it_is_named(command: tuple[str, ...], reason: str) -> None:
    with Processes() as processes:
        processes.start("web", "sleep", "60")
        processes.start("worker", *command)
        assert processes.run_until(lambda: False) is False
    assert processes.failed == f"The worker process has ended ({reason}), so Weft ends too."
    assert processes.running["web"].returncode == -signal.SIGTERM


def test_one_that_does_not_listen_is_ended_with_what_it_began(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(together, "PATIENCE_S", 0.1)
    number = tmp_path / "number"
    with Processes() as processes:
        processes.start("web", "sh", "-c", f"trap '' TERM; sleep 60 & echo $! > {number}; wait")
        assert processes.run_until(lambda: number.exists() and number.read_text().endswith("\n"))
    assert processes.running["web"].returncode == -signal.SIGKILL
    state = subprocess.run(["ps", "-o", "stat=", "-p", number.read_text().strip()], capture_output=True, text=True)
    assert state.stdout.strip()[:1] in ("", "Z")
