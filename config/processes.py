"""The processes of `manage.py run`: they live and end together.

Each has a session of its own, so that Ctrl-C reaches only us and we end them in order.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

PATIENCE_S = 5.0  # for a request or task under way; what is cut off is done again after the next start


class Processes:
    """Use as a context: whatever happens inside, every process is gone after it."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.failed = ""  # why they ended, if nobody asked for it
        self.asked_to_stop = False

    def __enter__(self) -> "Processes":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def start(self, name: str, *command: str) -> None:
        self.running[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    def run_until(self, done: Callable[[], bool]) -> bool:
        """True once `done()`; False if a process ended or a signal came first."""
        while not self.asked_to_stop:
            for name, process in self.running.items():
                if process.poll() is not None:
                    self.failed = f"The {name} process has ended ({_reason(process.returncode)}), so Weft ends too."
                    return False
            if done():
                return True
            time.sleep(0.1)
        return False

    def end(self) -> None:
        for process in self.running.values():
            _send(process, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for process in self.running.values():
            with suppress(ProcessLookupError, PermissionError):  # the latter is macOS's word for zombies only
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _send(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(number)


def _reason(returncode: int) -> str:
    return signal.Signals(-returncode).name if returncode < 0 else f"exit code {returncode}"
