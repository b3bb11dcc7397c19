"""The private PostgreSQL of the tests leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.once


def begin(command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "sh", "-c", f"echo $DATABASE_URL; {command}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def folder_and_server(process: "subprocess.Popen[str]") -> tuple[Path, int]:
    assert process.stdout
    folder = Path(unquote(process.stdout.readline().split("@")[1].rsplit("/", 1)[0]))
    return folder, int((folder / "data" / "postmaster.pid").read_text().split()[0])


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("how", ["Ctrl-C", "SIGTERM"])
def test_an_interrupted_run_stops_and_removes_it(how: str) -> None:
    process = begin("exec sleep 60")
    folder, server = folder_and_server(process)
    assert is_running(server)
    if how == "Ctrl-C":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.terminate()
    assert process.wait(60) == 128 + (signal.SIGINT if how == "Ctrl-C" else signal.SIGTERM)
    assert not folder.exists()
    assert not is_running(server)


def test_the_command_s_failure_is_passed_on_and_it_is_gone() -> None:
    process = begin("exit 3")
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert not Path(unquote(output.split("@")[1].rsplit("/", 1)[0])).exists()
