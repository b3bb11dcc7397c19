import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport.virtual import Channel

from config import spool
from tests.chaos.installation import children_of

pytestmark = pytest.mark.once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "broker"


@pytest.fixture
def channel(folder: Path) -> Iterator[Channel]:
    with Connection("weft-files://localhost", transport_options={"folder": str(folder)}) as connection:
        yield connection.default_channel


def publish(channel: Channel, *numbers: int) -> None:
    for number in numbers:
        channel.basic_publish(channel.prepare_message(str(number)), exchange="", routing_key="tasks")


def bodies(channel: Channel, *, no_ack: bool = True) -> list[str]:
    got = []
    while message := channel.basic_get("tasks", no_ack=no_ack):
        got.append(message.body.decode())
    return got


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_messages_come_out_in_the_order_they_went_in(channel: Channel) -> None:
    publish(channel, 1, 2, 3)
    assert channel._size("tasks") == 3
    assert bodies(channel) == ["1", "2", "3"]


def test_a_message_is_kept_until_it_is_acknowledged(channel: Channel, folder: Path) -> None:
    publish(channel, 1)
    message = channel.basic_get("tasks")
    assert [file.parent.parent.parent.name for file in files(folder)] == ["in-flight"]
    message.ack()
    assert files(folder) == []


def test_a_message_given_back_is_delivered_again(channel: Channel) -> None:
    publish(channel, 1)
    channel.basic_get("tasks").requeue()
    assert bodies(channel) == ["1"]


def test_closing_gives_back_what_was_not_acknowledged(channel: Channel, folder: Path) -> None:
    publish(channel, 1, 2)
    channel.basic_get("tasks")
    channel.close()
    assert len(list((folder / "queues" / "tasks").iterdir())) == 2


def test_a_rejected_message_is_gone(channel: Channel, folder: Path) -> None:
    publish(channel, 1)
    channel.basic_get("tasks").reject()
    assert files(folder) == []


def test_a_half_written_message_is_never_seen(channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, list[str]]] = []

    def write_in_two_halves(path: Path, text: str, **_: object) -> None:
        with path.open("w") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            seen.append((channel._size("tasks"), bodies(channel)))
            file.write(text[len(text) // 2 :])

    monkeypatch.setattr(Path, "write_text", write_in_two_halves)
    publish(channel, 1)
    assert seen == [(0, [])]
    assert bodies(channel) == ["1"]


def test_a_message_that_cannot_be_read_is_set_aside_and_does_not_stop_the_others(
    channel: Channel, folder: Path, logged_errors: list
) -> None:
    publish(channel, 1)
    (folder / "queues" / "tasks" / "0-broken.json").write_text("{")
    assert bodies(channel) == ["1"]
    assert [file.name for file in files(folder)] == ["0-broken.json.unreadable"]
    assert "can't be read" in logged_errors.pop().getMessage()


def test_purging_leaves_nothing(channel: Channel) -> None:
    publish(channel, 1, 2)
    assert channel.queue_purge("tasks") == 2
    assert bodies(channel) == []


@pytest.mark.parametrize("name", ["../tasks", "a/../../tasks", "/tasks", "."])
def test_a_queue_cannot_lie_outside_of_the_folder(channel: Channel, name: str) -> None:
    with pytest.raises(ValueError, match="name of a queue"):
        channel._put(name, {})


# --- Several processes -------------------------------------------------------------------------------------------

CONSUMER = """
import sys, time
sys.path.insert(0, {base!r})
import config.celery
from kombu import Connection
with Connection("weft-files://localhost", transport_options={{"folder": {folder!r}}}) as connection:
    channel = connection.default_channel
    idle_since = time.monotonic()
    while time.monotonic() - idle_since < {patience}:
        message = channel.basic_get("tasks")
        if message is None:
            time.sleep(0.01)
            continue
        print(message.body.decode(), flush=True)
        time.sleep({work})
        message.ack()
        idle_since = time.monotonic()
"""


def consumer(folder: Path, *, work: float = 0, patience: float = 1) -> "subprocess.Popen[str]":
    code = CONSUMER.format(base=str(settings.BASE_DIR), folder=str(folder), work=work, patience=patience)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_two_consumers_get_each_message_once(channel: Channel, folder: Path) -> None:
    both = [consumer(folder), consumer(folder)]
    publish(channel, *range(300))
    got = [[int(line) for line in process.communicate(timeout=60)[0].split()] for process in both]
    assert sorted(got[0] + got[1]) == list(range(300))
    assert files(folder) == []


def test_what_a_killed_process_had_taken_is_delivered_again(
    channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(channel, *range(6))
    doomed = [consumer(folder, work=60) for _ in range(2)]
    taken = sorted(int(process.stdout.readline()) for process in doomed if process.stdout)
    assert taken == [0, 1]
    assert bodies(channel, no_ack=False) == ["2", "3", "4", "5"]  # the living keep what they have
    for process in doomed:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    monkeypatch.setattr(spool, "RETURN_EVERY_S", 0)
    assert sorted(bodies(channel)) == ["0", "1"]


def test_a_killed_celery_worker_or_child_loses_no_task(tmp_path: Path) -> None:
    app = tmp_path / "tasks_for_this_test.py"
    app.write_text(
        "import os, time\nfrom config.celery import app\n"
        "@app.task(acks_late=True)\n"
        "def note(number, out):\n"
        "    time.sleep(0.1 if os.path.exists(out + '.quick') else 60)\n"
        "    open(f'{out}.{number}', 'w').close()\n"
    )
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{settings.BASE_DIR}:{tmp_path}"}
    environment = kept | {"WEFT_DATA_DIR": str(tmp_path), "WEFT_EMBEDDED": "1", "SECRET_KEY": "x" * 50}
    send = "import sys; from tasks_for_this_test import note; [note.delay(n, sys.argv[1]) for n in range(%d, %d)]"
    out = tmp_path / "done"
    worker = [*(sys.executable, "-m", "celery", "-A", "tasks_for_this_test", "-q", "worker", "-c", "2", "-l", "ERROR")]

    def run_worker() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(worker, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)

    subprocess.run([sys.executable, "-c", send % (0, 6), str(out)], env=environment, check=True)
    first = run_worker()
    in_flight = tmp_path / "broker" / "in-flight"
    wait_until(lambda: len(files(in_flight)) >= 2)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    out.with_suffix(".quick").touch()
    second = run_worker()
    try:
        wait_until(lambda: len(list(tmp_path.glob("done.[0-9]"))) == 6)
        wait_until(lambda: not files(tmp_path / "broker"))
        for child in children_of(second.pid):  # while they wait for work
            os.kill(child, signal.SIGKILL)
        subprocess.run([sys.executable, "-c", send % (6, 9), str(out)], env=environment, check=True)
        wait_until(lambda: len(list(tmp_path.glob("done.[0-9]"))) == 9)
    finally:
        os.killpg(second.pid, signal.SIGKILL)
        second.wait()


def wait_until(done: object, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


# --- Ringing when nobody is there --------------------------------------------------------------------------------


def test_a_task_for_a_broker_that_is_away_fails_fast() -> None:
    started = time.monotonic()
    with (
        Connection("redis://127.0.0.1:1/0", transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS) as connection,
        pytest.raises(OperationalError),
    ):
        current_app.send_task("nobody.hears", connection=connection)
    assert time.monotonic() - started < 3
