"""What this installation lacks at the moment to do all that it should. What is said of it are fixed words: no address,
no password, no text of an error."""

import shutil
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from notifications.models import silent_among

from .celery import NAMES

DEADLINE_S = 2.0  # for all together; what says nothing by then is missing
KEPT_S = 1.0  # so long an answer holds, so that asking often costs nothing
AWAY = "does not answer"
Lacks = dict[str, str]  # what is missing, and in which way

_threads = ThreadPoolExecutor(4, thread_name_prefix="readiness")
_kept: dict[str, tuple[float, Lacks]] = {}


def lacks() -> Lacks:
    """All that is missing, also behind the pages."""
    return _kept_for_a_moment("all", {"database": all_in_database, "redis": redis, "disk": disk})


def lacks_for_pages() -> Lacks:
    """What keeps this process from answering pages at all: without Redis and without a worker it can."""
    return _kept_for_a_moment("pages", {"database": database})


def forget() -> None:
    _kept.clear()


def _kept_for_a_moment(name: str, checks: dict[str, Callable[[], Lacks]]) -> Lacks:
    at, found = _kept.get(name, (-KEPT_S, {}))
    if time.monotonic() - at >= KEPT_S:
        found = _all_of(checks)
        _kept[name] = time.monotonic(), found
    return found


def _all_of(checks: dict[str, Callable[[], Lacks]]) -> Lacks:
    """Each check in a thread of its own: none waits for another, and nobody waits longer than DEADLINE_S."""
    asked = {_threads.submit(check): name for name, check in checks.items()}
    answered, _ = wait(asked, timeout=DEADLINE_S)
    found: Lacks = {}
    for future, name in asked.items():
        found |= future.result() if future in answered else {name: AWAY}
        future.cancel()
    return found


# --- The checks ----------------------------------------------------------------------------------------------------


def database() -> Lacks:
    return _asking_the_database(migrations)


def all_in_database() -> Lacks:
    return _asking_the_database(lambda: migrations() or signs_of_life())


def _asking_the_database(check: Callable[[], Lacks]) -> Lacks:
    """By a new connection, as somebody who comes now would need one."""
    try:
        return check()
    except Error:
        return {"database": AWAY}
    finally:
        connection.close()


@cache
def _last_of_each_app() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def migrations() -> Lacks:
    """Newer ones than this release knows do no harm: those of a release that is just being rolled out."""
    missing = _last_of_each_app() - set(MigrationRecorder(connection).applied_migrations())
    return {"migrations": f"not applied in {', '.join(sorted({app for app, _ in missing}))}"} if missing else {}


def signs_of_life() -> Lacks:
    """Beat rings in each queue, and the worker of each notes it. Without beat nothing can be said of the workers."""
    silent = silent_among(["beat", *NAMES])
    said = {
        name: f"said nothing for {age.total_seconds():.0f} s" if age is not None else "never said anything"
        for name, age in silent.items()
    }
    if "beat" in said:
        return {"beat": said["beat"]}
    return {f"worker of {name}": words for name, words in said.items()}


def redis() -> Lacks:
    found: Lacks = {}
    for name, url in {"broker": settings.CELERY_BROKER_URL, "redis": settings.REDIS_URL}.items():
        if url.startswith(("redis:", "rediss:", "unix:")) and (name == "redis" or url != settings.REDIS_URL):
            try:
                _redis_at(url).ping()
            except (RedisError, OSError):
                found[name] = AWAY
    return found


@cache
def _redis_at(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))


def disk() -> Lacks:
    """Room for uploads where they go to a folder, and for what this process writes beside them."""
    folders = [Path(settings.DATA_DIR)]
    if isinstance(default_storage, FileSystemStorage):
        folders.append(Path(settings.MEDIA_ROOT))
    least = settings.WATCH.disk_free_bytes_min
    if any(_free_bytes(folder) < least for folder in folders):
        return {"disk": f"less than {least // 2**20} MB are free"}
    return {}


def _free_bytes(folder: Path) -> int:
    there: Iterable[Path] = (path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(next(iter(there))).free
