"""What a monitor reads of the processes of a machine, whichever of them it asks."""

import errno
import os
import re
import subprocess
import sys

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from config.celery import NAMES, app
from config.measures import CONNECTED, FILES, FOLDER, Slots, slots
from config.queues import waiting_in
from notifications.tasks import give_pulse
from tests.needs import redis_server
from tests.serving import redis, wait_until

pytestmark = pytest.mark.django_db
COUNTS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from config import measures
measures.count_request("offline", "GET", 200, 0.02)
measures.CONNECTED.set(3)
print(measures.slots and measures.slots(), flush=True)
if sys.argv[1] == "forks":
    child = os.fork()
    measures.count_request("offline", "GET", 200, 0.02)
    if child:
        os.waitpid(child, 0)
    else:
        print(measures.slots(), flush=True)
        os._exit(0)
elif sys.argv[1] == "waits":
    sys.stdin.read()
"""


@pytest.fixture
def another(tmp_path):
    """Another process that counts one request in a folder; it waits for its end, forks, or is done."""

    def started(what, folder=django_settings.WATCH.metrics_dir):
        given = {name: value for name, value in os.environ.items() if name != FOLDER} | {"METRICS_DIR": str(folder)}
        command = [sys.executable, "-c", COUNTS, what]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        running.append(subprocess.Popen(command, env=given, cwd=django_settings.BASE_DIR, **streams))
        return running[-1]

    running = []
    yield started
    for process in running:
        process.kill()
        process.wait()


def figures():
    text = Client().get("/health/metrics").content.decode()
    return {name: float(value) for name, value in re.findall(r"^(\w+(?:{[^}]*})?) (\S+)$", text, flags=re.MULTILINE)}


def requests_of(view):
    name = f'weft_request_seconds_count{{method="GET",status="2xx",view="{view}"}}'
    return figures().get(name, 0)


def test_requests_are_counted_by_view_and_not_by_address(world, client_of):
    before, client = requests_of("people"), client_of(world.bo)
    client.get(f"/c/{world.community.slug}/people/")
    client.get(f"/c/{world.other.slug}/people/?q=x")  # is not there for Bo
    client.get(f"/c/{world.community.slug}/people/?q=x")
    assert requests_of("people") == before + 2
    seen = figures()
    assert seen['weft_request_seconds_bucket{le="+Inf",method="GET",status="2xx",view="people"}'] == before + 2
    Client().put("/offline/")
    assert figures()['weft_request_seconds_count{method="other",status="4xx",view="offline"}'] >= 1
    assert not [name for name in figures() if world.bo.handle in re.findall(r"\w+", name)]


@pytest.mark.once
def test_processes_count_together_and_one_that_died_goes_on_where_it_stopped(another):
    before = requests_of("offline")
    first = another("waits")
    number = first.stdout.readline()
    assert number.strip() != slots()
    assert (requests_of("offline"), figures()["weft_live_connections"]) == (before + 1, 3)
    first.kill()
    first.wait()
    assert (requests_of("offline"), figures().get("weft_live_connections", 0)) == (before + 1, 0)
    second = another("waits")
    assert second.stdout.readline() == number
    assert (requests_of("offline"), figures()["weft_live_connections"]) == (before + 2, 3)


@pytest.mark.once
def test_a_forked_child_counts_for_itself(another, tmp_path):
    before = requests_of("offline")
    parents, childs = (int(line) for line in another("forks").communicate()[0].split())
    assert parents != childs
    assert requests_of("offline") == before + 3


@pytest.mark.once
def test_files_take_their_room_before_they_are_mapped_into_memory(tmp_path):
    Slots(tmp_path)()
    for kind, size in FILES.items():
        file = tmp_path / f"{kind}_0.db"
        assert file.stat().st_blocks * 512 >= size


@pytest.mark.once
def test_where_there_is_no_room_for_files_each_process_tells_of_itself(another, tmp_path):
    file = tmp_path / "no-folder"
    file.touch()
    assert another("done", file / "metrics").communicate()[0] == "None\n"


@pytest.mark.once
def test_a_folder_in_which_nothing_can_be_locked_is_none(tmp_path, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("config.measures.fcntl.lockf", refuse)
    with pytest.raises(OSError, match="No locks"):
        Slots(tmp_path)()


def test_what_is_missing_and_who_was_silent_is_a_figure_too(db):
    give_pulse("mail")
    assert figures()["weft_ready"] == 0
    assert figures()['weft_missing{part="beat"}'] == 1
    assert 0 <= figures()['weft_silent_seconds{part="mail"}'] < 30


def test_a_machine_without_web_processes_has_a_command_for_it(db, capsys):
    call_command("metrics")
    written = capsys.readouterr().out
    assert "weft_ready 0.0\n" in written
    assert "# TYPE weft_request_seconds histogram\n" in written


def test_without_the_database_the_other_figures_are_there(monkeypatch):
    monkeypatch.setattr("config.metrics.lacks", lambda: {"database": "does not answer"})
    seen = figures()
    assert seen['weft_missing{part="database"}'] == 1
    assert not [name for name in seen if "deliveries" in name]


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_tasks_are_counted_with_what_came_of_them_and_how_long_they_waited(monkeypatch):
    def seen(name, **labels):
        inside = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
        return figures().get(f"{name}{{{inside}}}", 0)

    task = "notifications.tasks.give_pulse"
    before, waited = (
        seen("weft_task_seconds_count", task=task, state="success"),
        seen("weft_task_wait_seconds_count", task=task),
    )
    monkeypatch.setattr("django.setup", lambda: None)  # or it sets up the logs anew
    give_pulse.apply_async(["mail"], queue="mail")
    assert figures()['weft_queue_length{queue="mail"}'] == 1
    with start_worker(app, pool="solo", perform_ping_check=False):
        wait_until(lambda: seen("weft_task_seconds_count", task=task, state="success") == before + 1)
    assert seen("weft_task_wait_seconds_count", task=task) == waited + 1
    assert figures()['weft_queue_length{queue="mail"}'] == 0
    assert {f'weft_queue_length{{queue="{name}"}}' for name in NAMES} <= set(figures())


@pytest.mark.once
def test_a_queue_says_how_old_what_is_next_in_it_is(tmp_path):
    program = redis_server()
    assert program
    with redis(program, tmp_path) as url:
        for broker, options in ((url, {}), ("weft-files://localhost", {"folder": str(tmp_path / "broker")})):
            with app.connection_for_write(url=broker, transport_options=options) as connection:
                assert waiting_in(connection.default_channel, "mail") == (0, 0)
                for _ in range(2):
                    give_pulse.apply_async(["mail"], queue="mail", connection=connection)
                length, age_s = waiting_in(connection.default_channel, "mail")
                assert length == 2
                assert 0 < age_s < 30


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_an_open_page_is_counted_for_as_long_as_it_is_connected(site, world):
    def connected():
        return figures().get("weft_live_connections", 0)

    wait_until(lambda: CONNECTED._value.get() == 0)  # in this process: pages of other tests may still be closing
    before = connected()
    with site.connect(world.bo, world.place) as page:
        page.recv()
        assert connected() == before + 1
    wait_until(lambda: connected() == before)
