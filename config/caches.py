"""Where Weft keeps what it may lose, for the settings."""

from pathlib import Path
from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry

BACKENDS = "django.core.cache.backends"
PATIENCE_S = 0.3  # for a Redis that is away; then it is left alone for a while


def caches(redis_url: str, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Redis where there is one. Without it each process remembers for itself, and who is present stands in files that
    the processes of one machine share."""
    if redis_url:
        redis = {"BACKEND": "config.redis_cache.RedisOrOwn", "LOCATION": redis_url, "OPTIONS": patience()}
        return {"default": redis, "presence": redis}
    files = {"BACKEND": f"{BACKENDS}.filebased.FileBasedCache", "LOCATION": str(data_dir / "presence")}
    return {"default": {"BACKEND": f"{BACKENDS}.locmem.LocMemCache"}, "presence": files}


def patience() -> dict[str, Any]:
    """One try. A connection that a Redis which was started again has forgotten is noticed before it is used."""
    return {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S, "retry": Retry(NoBackoff(), 0)}
