"""Where Weft keeps what it may lose, for the settings."""

from pathlib import Path
from typing import Any

BACKENDS = "django.core.cache.backends"


def caches(redis_url: str, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Redis where there is one. Without it each process remembers for itself, and who is present stands in files that
    the processes of one machine share."""
    if redis_url:
        redis = {"BACKEND": f"{BACKENDS}.redis.RedisCache", "LOCATION": redis_url}
        return {"default": redis, "presence": redis}
    files = {"BACKEND": f"{BACKENDS}.filebased.FileBasedCache", "LOCATION": str(data_dir / "presence")}
    return {"default": {"BACKEND": f"{BACKENDS}.locmem.LocMemCache"}, "presence": files}
