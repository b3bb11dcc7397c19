"""How Weft talks to its databases, for the settings. One takes all writes; replicas of it may answer reads (ADR 27)."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

SQLITE = {
    # A transaction takes the write lock when it begins, so that two writers wait instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}
# A server that is gone without a word is noticed within half a minute, not after the system's hours.
NOTICED = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
LIMITS_MS = {"statement_timeout": 30_000, "lock_timeout": 10_000, "idle_in_transaction_session_timeout": 120_000}
# What a page asks is answered before PostgreSQL would have compiled the question.
OPTIONS = {**LIMITS_MS, "jit": "off"}
POSTGRESQL = {"connect_timeout": 3, "options": " ".join(f"-c {name}={to}" for name, to in OPTIONS.items()), **NOTICED}
# Nobody waits long for a replica: the primary has the same.
REPLICA = POSTGRESQL | {"connect_timeout": 2, "tcp_user_timeout": 3_000}
HOST = re.compile(r"(?P<host>\[[^]]*\]|[^:]*)(?::(?P<port>\d+))?")


def databases(env: Env, data_dir: Path) -> dict[str, dict[str, Any]]:
    """What DATABASE_URL names, without it SQLite in `data_dir`; and a replica of it for each of REPLICA_URLS.

    Raises ImproperlyConfigured."""
    found = parsed(env.str("DATABASE_URL", f"sqlite:///{data_dir / 'weft.sqlite3'}"), "DATABASE_URL")
    replicas: list[str] = env.list("REPLICA_URLS", [])
    if found["ENGINE"] == "django.db.backends.sqlite3":
        if replicas:
            raise ImproperlyConfigured("REPLICA_URLS is set, but DATABASE_URL is not PostgreSQL's: SQLite has none.")
        return {"default": found | {"OPTIONS": SQLITE}}
    kept = {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60)}
    made = {"default": found | kept | {"CONN_HEALTH_CHECKS": True, "OPTIONS": POSTGRESQL | found.get("OPTIONS", {})}}
    for number, url in enumerate(replicas, 1):
        replica = parsed(url, "REPLICA_URLS")
        options = {"OPTIONS": REPLICA | replica.get("OPTIONS", {}), "TEST": {"MIRROR": "default"}}
        made[f"replica{number}"] = replica | kept | options  # config/replicas.py asks for their health itself
    return made


def parsed(url: str, name: str) -> dict[str, Any]:
    """Django's settings of a database. With several hosts (`…@db1:5432,db2/weft`) connections are to the one of them
    that takes writes, so they follow when a standby is promoted."""
    parts = urlsplit(url)
    user, at, hosts = parts.netloc.rpartition("@")
    first, *others = hosts.split(",")
    one = urlunsplit(parts._replace(netloc=user + at + first)) if others else url
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(one))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(f"{name} can't be read. It looks like postgres://user:password@host/db.") from error
    if others:
        matches = [HOST.fullmatch(host) for host in (first, *others)]
        found["HOST"] = ",".join(unquote(match["host"].strip("[]")) for match in matches if match)
        found["PORT"] = ",".join(match["port"] or "5432" for match in matches if match)
        found["OPTIONS"] = {"target_session_attrs": "read-write"} | found.get("OPTIONS", {})
    return found
