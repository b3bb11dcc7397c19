import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once  # real processes, with a database of their own


def alive(folder: Path) -> dict[int, str]:
    """The processes whose environment names this data folder, wherever they stand in the tree: id and command."""
    mark = f"WEFT_DATA_DIR={folder}"
    if not Path("/proc/self/environ").exists():
        lines = subprocess.run(["ps", "-AwwE", "-o", "pid=,command="], capture_output=True, text=True).stdout
        return {int(line.split()[0]): line for line in lines.splitlines() if mark in line}
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in entry.joinpath("environ").read_text(errors="replace").split("\0"):
                found[int(entry.name)] = entry.joinpath("cmdline").read_text(errors="replace").replace("\0", " ")
        except OSError:
            continue  # ended meanwhile, or another person's
    return found


def within(seconds: float, done: Callable[[], object]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Weft:
    """`manage.py run` on a data folder, as a person in a terminal starts it."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder, self.port, self.log = folder, port or free_port(), folder.with_suffix(".log")
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        self.environment = kept | {"WEFT_DATA_DIR": str(folder), "PORT": str(self.port)}
        self.started_at = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, settings.BASE_DIR / "manage.py", "run", "--no-demo"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text()

    def seconds_to_address(self) -> float:
        assert within(150, lambda: f"Weft is at http://localhost:{self.port}" in self.said()), self.said()
        return time.monotonic() - self.started_at

    def all_there(self) -> bool:
        """The web, celery and its two, the one for other sites and mail and its two, beat, and the command itself."""
        return within(20, lambda: len(alive(self.folder)) >= 9)

    def ended(self) -> bool:
        return within(15, lambda: self.process.poll() is not None and not alive(self.folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "var"


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Weft]]:
    begun: list[Weft] = []

    def begin(port: int | None = None) -> Weft:
        begun.append(Weft(folder, port))
        return begun[-1]

    yield begin
    for weft in begun:
        if weft.process.poll() is None:
            weft.process.terminate()
            weft.process.wait(15)


def test_it_starts_from_nothing_once_a_folder_and_ends_when_one_process_dies(
    start: Callable[..., Weft], folder: Path
) -> None:
    weft = start()
    weft.seconds_to_address()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "weft.env").stat().st_mode) == 0o600
    assert weft.all_there(), weft.said()
    refused_beside(weft)
    os.kill(
        min(pid for pid, command in alive(weft.folder).items() if " worker --concurrency" in command), signal.SIGKILL
    )
    assert weft.ended(), weft.said()
    assert "The worker process has ended (SIGKILL), so Weft ends too." in weft.said()
    assert weft.process.returncode == 1


def refused_beside(running: Weft) -> None:
    """A folder serves one Weft at a time; the one that runs goes on."""
    other = Weft(running.folder)
    other.process.wait(20)
    assert "Weft is already running on" in other.said()
    assert other.process.returncode == 1
    assert running.process.poll() is None


@pytest.fixture
def used_folder(folder: Path) -> Path:
    """As a first start leaves it; the test of that went before, if it was not left out."""
    if not (folder / "weft.env").exists():
        given = {"PATH": os.environ["PATH"], "WEFT_DATA_DIR": str(folder)}
        code = "from config import embedded; embedded.prepare()"
        for command in (["-c", code], ["manage.py", "migrate"]):
            subprocess.run([sys.executable, *command], env=given, cwd=settings.BASE_DIR, check=True)
    return folder


def test_it_starts_from_what_is_there_in_three_seconds_and_ctrl_c_ends_it(
    start: Callable[..., Weft], used_folder: Path
) -> None:
    secret = (used_folder / "weft.env").read_text()
    weft = start()
    load = os.getloadavg()[0] / (os.cpu_count() or 1)  # three seconds on a machine that does nothing else
    assert weft.seconds_to_address() < 3 * (1 + load)
    assert (used_folder / "weft.env").read_text() == secret
    assert weft.all_there()
    os.killpg(weft.process.pid, signal.SIGINT)  # Ctrl-C in a terminal
    assert weft.ended(), weft.said()
    assert weft.process.returncode == 0
    assert "Warm shutdown" in weft.said()  # the task under way is finished first


def test_a_port_in_use_gets_one_line(start: Callable[..., Weft]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        weft = start(taken.getsockname()[1])
        assert weft.ended()
    assert weft.process.returncode == 1
    assert weft.said().strip().endswith(f"Another one: PORT={weft.port + 1} make run")
    assert len(weft.said().strip().splitlines()) == 1


def test_a_port_that_is_none_gets_one_line(folder: Path) -> None:
    answer = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "run"],
        env={"PATH": os.environ["PATH"], "WEFT_DATA_DIR": str(folder), "PORT": "eighty"},
        capture_output=True,
        text=True,
    )
    assert answer.stderr == "PORT must be a number between 1 and 65535, not 'eighty'.\n"
    assert answer.returncode == 1
