"""How Weft talks to its database, for the settings."""

from pathlib import Path
from typing import Any

from environs import Env

SQLITE = {
    # A transaction takes the write lock when it begins, so that two writers wait instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}
POSTGRESQL = {"connect_timeout": 5, "options": "-c statement_timeout=30000 -c lock_timeout=10000"}


def database(env: Env, data_dir: Path) -> dict[str, Any]:
    """What DATABASE_URL names; without it SQLite in `data_dir`."""
    found: dict[str, Any] = env.dj_db_url("DATABASE_URL", f"sqlite:///{data_dir / 'weft.sqlite3'}")
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return found | {"OPTIONS": SQLITE}
    kept = {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
    return found | kept | {"OPTIONS": POSTGRESQL}
