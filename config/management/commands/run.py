"""`manage.py run`: the whole of Weft on one machine, for trying it and for small groups."""

import fcntl
import http.client
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from config.processes import Processes

DEMO_PASSWORD = "weft-demo"
DEMO_ACCOUNTS = {
    "alice@example.org": "hosts the communities and sets up courses",
    "fay@example.org": "facilitates",
    "bo@example.org": "learns",
    "al@example.org": "has finished, and stayed",
    "cy@example.org": "is in another community",
}


class Command(BaseCommand):
    help = "Starts Weft: web, worker and beat, at http://localhost:$PORT (8000). Ctrl-C ends them all."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="start empty the first time")

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(os.environ.get("PORT", "8000"))
        lock = _take_the_folder()
        _refuse_a_port_in_use(port)
        _migrate()
        if not options["no_demo"]:
            self.load_demo()
        connections.close_all()
        with lock, Processes() as processes:
            processes.start("web", *_web(port))
            if processes.run_until(lambda: _answers(port)):
                self.greet(port)
                processes.start("worker", *_worker("celery", children=2))
                processes.start("outbound worker", *_worker("outbound,mail", children=2))
                processes.start("beat", *_celery("beat", "--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME))
                processes.run_until(lambda: False)
        if processes.failed:
            raise CommandError(processes.failed)
        self.stdout.write("Weft has stopped. Everything is kept for next time.")

    def load_demo(self) -> None:
        if get_user_model().objects.exists():
            return
        if "demo" not in get_commands():
            self.stdout.write("There is no demo to load yet; Weft starts empty.")
            return
        self.stdout.write("Loading the demo, once …")
        self.stdout.flush()
        call_command("demo")

    def greet(self, port: int) -> None:
        self.stdout.write(f"\nWeft is at http://localhost:{port}\n")
        here = set(
            get_user_model().objects.filter(email__in=DEMO_ACCOUNTS, is_active=True).values_list("email", flat=True)
        )
        connections.close_all()
        if here:
            self.stdout.write(f"\nSign in with one of these and the password {DEMO_PASSWORD}:")
            for email, does in DEMO_ACCOUNTS.items():
                if email in here:
                    self.stdout.write(f"  {email:<18} {does}")
        self.stdout.write("\nCtrl-C ends it.")
        self.stdout.flush()


def _take_the_folder() -> Any:
    file = Path(settings.DATA_DIR, "run.lock").open("w")  # noqa: SIM115 held for as long as Weft runs
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CommandError(f"Weft is already running on {settings.DATA_DIR}. Stop it first (Ctrl-C there).") from error
    return file


def _refuse_a_port_in_use(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} can't be used ({error.strerror}). Another one: PORT={port + 1} make run"
            ) from error


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _web(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port)),
        *("--lifespan", "off", "--timeout-graceful-shutdown", "3", "--log-level", "warning", "--no-access-log"),
        *("--no-proxy-headers", "--no-server-header"),
        *("--ws-max-size", str(64 * 1024), "--ws-per-message-deflate", "false"),
    ]


def _worker(queue: str, *, children: int) -> list[str]:
    named = ("--queues", queue, "--hostname", f"{queue.partition(',')[0]}@%h")
    return _celery("worker", "--concurrency", str(children), "--pool", "prefork", *named)


def _celery(*arguments: str) -> list[str]:
    no_warning = "-Wignore:You're running the worker with superuser privileges"  # in a container one is always root
    return [
        *(sys.executable, no_warning, "-m", "celery", "--app", "config", "--quiet"),
        *(*arguments, "--loglevel", "WARNING"),
    ]


def _answers(port: int) -> bool:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        web.request("GET", "/", headers={"Host": "localhost"})
        web.getresponse().read()
    except OSError:
        time.sleep(0.05)
        return False
    finally:
        web.close()
    return True
