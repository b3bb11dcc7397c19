"""`make upgrade`, or `python -m tests.migrations.together [REVISION]`: the release before this one serves people while
this one migrates their database, then both do, then the old one alone, as when a release is taken back.

The release before is the newest tag; without one, what stood before the newest migration. Its code comes from git, its
libraries are ours."""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.house import ROOT
from tests.needs import missing
from tests.postgres import cluster
from tests.replicas.browser import Browser
from tests.serving import Site, free_port, wait_until

MEMBERS, POSTS = 12, 20_000
STAND_STILL_S = 2.0  # the most that anybody may wait while a table is changed
TOGETHER_S, ALONE_S = 12.0, 6.0
FILL = f"""
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from courses.actions.seeding import Wanted, seed
from discussions.models import Thread
made = seed(Wanted(units=3, members={MEMBERS}, threads=2_000, posts={POSTS}), slug="load")
sessions = []
for membership in made.community.memberships.select_related("user").order_by("pk")[:{MEMBERS}]:
    client = Client()
    client.force_login(membership.user)
    sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
threads = list(Thread.objects.filter(place__community=made.community).select_related("place__community").order_by("pk")[:6])
print(json.dumps({{
    "cookie": settings.SESSION_COOKIE_NAME,
    "sessions": sessions,
    "threads": [thread.get_absolute_url() for thread in threads],
    "pages": ["/", "/c/load/", "/c/load/people/", "/notifications/", *{{thread.place.path for thread in threads}}],
}}))
"""
SERVED = """
import sys, uvicorn
from config.asgi import application
uvicorn.run(application, port=int(sys.argv[1]), log_level="warning", lifespan="off")
"""


def revision_before() -> str:
    """Raises SystemExit where git knows nothing older."""
    tag = git("describe", "--tags", "--abbrev=0")
    newest = git("log", "-1", "--format=%H", "--", "*/migrations/0*.py", ":!tests")
    found = tag or (newest and git("rev-parse", "--verify", "--quiet", f"{newest}^"))
    if not found:
        raise SystemExit("There is no release before this one in git (a shallow clone has no history).")
    return found


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()


class Release:
    """The code in `folder`, on the one database."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=self.folder, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)[:60]} failed in {self.folder}:\n{done.stdout}{done.stderr}")
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[Site]:
        site = Site(free_port())
        process = subprocess.Popen(
            [sys.executable, "-c", SERVED, str(site.port)], cwd=self.folder, env=self.environment
        )
        try:
            wait_until(site.answers, 60)
            yield site
        finally:
            process.terminate()
            process.wait(30)


class People:
    """They read and write at one site until they are told to stop. What went wrong is in `failed`."""

    def __init__(self, name: str, site: Site, world: dict[str, Any], sessions: list[str]) -> None:
        self.name, self.site, self.world = name, site, world
        self.answers: Counter[int] = Counter()
        self.failed: list[str] = []
        self.longest_s = 0.0
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.live, args=(session,)) for session in sessions]
        for thread in self.threads:
            thread.start()

    def live(self, session: str) -> None:
        browser = Browser(self.site.port, {self.world["cookie"]: session})
        for number in itertools.count():
            if self.done.is_set():
                return
            thread = self.world["threads"][number % len(self.world["threads"])]
            try:
                for address in (*self.world["pages"], thread):
                    self.note(address, lambda address=address: browser.open(address))
                self.note(f"{thread}replies/", lambda thread=thread: browser.reply(thread, f"Said at {self.name}."))
            except Exception as error:
                self.failed.append(f"{self.name}: {error!r}")

    def note(self, address: str, ask: Any) -> None:
        if self.done.is_set():
            return
        began = time.monotonic()
        page = ask()
        self.longest_s = max(self.longest_s, time.monotonic() - began)
        self.answers[page.status] += 1
        if page.status not in (200, 302, 429):
            self.failed.append(f"{self.name}: {page.status} from {address}")

    def stop(self) -> list[str]:
        self.done.set()
        for thread in self.threads:
            thread.join()
        print(f"{self.name}: {dict(self.answers)}, the longest {self.longest_s:.2f} s", flush=True)
        return self.failed


def main(revision: str) -> int:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="weft-together-")))
        environment = os.environ | {
            "DATABASE_URL": stack.enter_context(cluster()),
            "WEFT_DATA_DIR": str(folder / "data"),
            "WEFT_EMBEDDED": "1",
            "OUTBOUND_PORTS": "",
            "BROKER_URL": "memory://",
            "SECRET_KEY": "for-upgrading-only-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        unpack(revision, folder / "old")
        old, new = Release(folder / "old", environment), Release(ROOT, environment)
        print(f"The release before is {git('log', '-1', '--format=%h, %s', revision)}", flush=True)
        old.run("manage.py", "migrate", "--no-input")
        world = json.loads(old.run("-c", FILL).splitlines()[-1])
        failed = walk(old, new, world, stack)
    print("\n".join(failed[:20]) or "Nobody noticed.")
    return 1 if failed else 0


def unpack(revision: str, folder: Path) -> None:
    folder.mkdir()
    archive = subprocess.Popen(["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)


def walk(old: Release, new: Release, world: dict[str, Any], stack: ExitStack) -> list[str]:
    """What went wrong."""
    sessions = world["sessions"]
    at_old = stack.enter_context(old.served())
    before = People("the old release", at_old, world, sessions[:2])
    time.sleep(ALONE_S)
    failed = before.stop()
    meanwhile = People("the old release, while this one migrates", at_old, world, sessions[:2])
    began = time.monotonic()
    new.run("manage.py", "migrate", "--no-input")
    print(f"Migrated in {time.monotonic() - began:.1f} s", flush=True)
    failed += meanwhile.stop()
    if meanwhile.longest_s > before.longest_s + STAND_STILL_S:
        failed.append(f"Somebody waited {meanwhile.longest_s:.1f} s while it migrated.")
    with new.served() as at_new:
        both = [
            People("the old release, beside this one", at_old, world, sessions[2:4]),
            People("this one, beside the old release", at_new, world, sessions[4:6]),
        ]
        time.sleep(TOGETHER_S)
        failed += [line for each in both for line in each.stop()]
    alone = People("the old release, after this one was taken back", at_old, world, sessions[6:8])
    time.sleep(ALONE_S)
    return failed + alone.stop()


if __name__ == "__main__":
    if problem := missing("postgres"):
        raise SystemExit(problem)
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else revision_before()))
