"""What docker-compose.yml starts, started here: its commands and its variables, on ports and folders of our own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg2

from tests import postgres
from tests.needs import caddy, redis_server
from tests.production import compose
from tests.serving import Site, free_port, wait_until

ROOT = compose.ROOT
WEB = ("web-a", "web-b")
BEHIND = ("worker", "outbound-worker", "mail-worker", "beat")
# Besides what the file says: mail is not held back to be told together, and nobody else's site is asked for anything.
HERE = {"OUTBOUND_PORTS": "", "MAIL_TOGETHER_MINUTES": "0", "LC_ALL": "C.UTF-8"}


class Stack:
    """Use through `made`. With `database_url` its database is somebody else's, and is as it should be."""

    def __init__(self, folder: Path, mail_port: int, database_url: str = "") -> None:
        self.folder, self.running = folder, dict[str, subprocess.Popen[bytes]]()
        self.ports = {name: free_port() for name in ("redis", "http", "https", *WEB)}
        for name in ("data", "static", "secrets", "redis", "database", "caddy"):
            (folder / name).mkdir()
        self.database = postgres.Server(folder / "database", self._database_settings())
        given = {
            "DATABASE_URL": database_url or self.database.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
        }
        self.services = compose.read(given)["services"]
        self.mail_url = f"smtp://127.0.0.1:{mail_port}"

    @property
    def url(self) -> str:
        return f"https://localhost:{self.ports['https']}"

    @property
    def authority(self) -> Path:
        """The certificate of who signed the proxy's."""
        return self.folder / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    # --- Commands and variables ------------------------------------------------------------------------------------

    def _database_settings(self) -> dict[str, str]:
        command = compose.services()["database"]["command"]
        return dict(part.split("=") for part in command if "=" in part)

    def _here(self, text: str) -> str:
        """A text of the compose file with the paths and names of containers as they are called here."""
        names = {
            "/run/secrets": str(self.folder / "secrets"),
            "/srv/static": str(self.folder / "static"),
            "/etc/caddy/": f"{ROOT}/deploy/",
            **{f"{name}:8000": f"127.0.0.1:{self.ports[name]}" for name in WEB},
        }
        for there, here in names.items():
            text = text.replace(there, here)
        return text

    def environment(self, name: str) -> dict[str, str]:
        """Of a service, and none of the person's who runs this."""
        given = {key: self._here(str(value)) for key, value in self.services[name].get("environment", {}).items()}
        of_the_image = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "WEFT_DATA_DIR": str(self.folder / "data"),
            "STATIC_ROOT": str(self.folder / "collected"),
            "PORT": str(self.ports.get(name, 8000)),
            "TMPDIR": str(self.folder),
        }
        of_the_proxy = {
            "HTTP_PORT": str(self.ports["http"]),
            "HTTPS_PORT": str(self.ports["https"]),
            "STATIC_SHARED": str(self.folder / "static"),
            "AWAY": str(ROOT / "deploy"),
            "XDG_DATA_HOME": str(self.folder / "caddy"),
            "XDG_CONFIG_HOME": str(self.folder / "caddy"),
        }
        return of_the_image | HERE | (of_the_proxy if name == "proxy" else {}) | given

    def command(self, name: str) -> list[str]:
        """Of a service, as it is run here."""
        first, *rest = map(self._here, self.services[name]["command"])
        programs = {"redis-server": redis_server(), "caddy": caddy()}
        if name == "redis":
            rest += ["--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--dir", str(self.folder / "redis")]
        if name == "secrets":
            rest = [rest[0], str(os.getgid())]
        return [programs.get(first) or str(ROOT / first), *rest]

    # --- Processes -------------------------------------------------------------------------------------------------

    def start(self, name: str) -> None:
        with self.folder.joinpath(f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.command(name), env=self.environment(name), cwd=self.folder, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def run(self, name: str, *command: str) -> str:
        """A command with the variables of a service; its own one if none is given."""
        given = [str(ROOT / command[0]), *command[1:]] if command else self.command(name)
        answer = subprocess.run(given, env=self.environment(name), cwd=ROOT, capture_output=True, text=True)
        assert answer.returncode == 0, f"{given}: {answer.stdout[-2000:]}{answer.stderr[-4000:]}"
        return answer.stdout

    def ask(self, what: str) -> Any:
        """See tests/production/people.py."""
        command = [sys.executable, "-m", "tests.production.people", what]
        answer = subprocess.run(command, env=self.environment("web-a"), cwd=ROOT, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr[-4000:]
        return json.loads(answer.stdout)

    def is_healthy(self, name: str) -> bool:
        """By the health check of the compose file."""
        check = [
            str(ROOT / self.services[name]["healthcheck"]["test"][1]),
            *self.services[name]["healthcheck"]["test"][2:],
        ]
        return subprocess.run(check, env=self.environment(name), capture_output=True).returncode == 0

    def terminate(self, name: str) -> None:
        """As Docker does: SIGTERM to the command itself."""
        self.running[name].send_signal(signal.SIGTERM)

    def ends(self, name: str, within_s: float | None = None) -> int:
        """Its exit code. Fails when it takes longer than Docker would wait."""
        patience = within_s or float(self.services[name].get("stop_grace_period", "10s").rstrip("s"))
        code = self.running[name].wait(patience)
        del self.running[name]
        return code

    def said(self, name: str) -> str:
        return self.folder.joinpath(f"{name}.log").read_text(errors="replace")

    # --- All of it -------------------------------------------------------------------------------------------------

    def start_base(self) -> None:
        """What Weft's processes need before they can start, but for the database."""
        self.run("secrets")
        self.folder.joinpath("secrets", "email_url").write_text(f"{self.mail_url}\n")
        self.start("redis")
        wait_until(Site(self.ports["redis"]).answers)
        self.run("web-a", "deploy/manage", "collectstatic", "--no-input", "--verbosity", "0")

    def start_database(self) -> None:
        """A database behind a password, migrated."""
        self.database.make()
        self.database.start()
        self.ask_for_the_password()
        self.run("migrate")

    def ask_for_the_password(self) -> None:
        password = self.folder.joinpath("secrets", "database_password").read_text().strip()
        with psycopg2.connect(self.database.url) as connection, connection.cursor() as cursor:
            cursor.execute("ALTER USER weft PASSWORD %s", [password])
            self.folder.joinpath("database", "data", "pg_hba.conf").write_text("local all all scram-sha-256\n")
            cursor.execute("SELECT pg_reload_conf()")

    def start_all(self, *names: str) -> None:
        """All processes, or those that are named."""
        for name in names or (*WEB, *BEHIND, "proxy"):
            self.start(name)
        for name in WEB:
            wait_until(lambda name=name: self.is_healthy(name), 60)
        wait_until(lambda: self.authority.exists() and Site(self.ports["https"]).answers())

    def end(self) -> None:
        """At once: nothing of it is kept."""
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.database.stop()


@contextmanager
def made() -> Iterator[tuple[Stack, Any]]:
    """A stack of which the base runs, and the journal of its mail server."""
    from tests.production.mailbox import mail_server

    with ExitStack() as kept:
        folder = Path(kept.enter_context(TemporaryDirectory(prefix="weft-prod-", dir="/tmp")))
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        port, journal = kept.enter_context(mail_server(folder))
        stack = Stack(folder, port)
        kept.callback(stack.end)
        stack.start_base()
        stack.start_database()
        yield stack, journal
