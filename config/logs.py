"""What Weft says of itself while it runs, for the settings."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import Env


@dataclass(frozen=True)
class Watch:
    """By what a monitor watches this installation."""

    disk_free_bytes_min: int

    @classmethod
    def of(cls, env: Env, data_dir: Path) -> "Watch":
        return cls(disk_free_bytes_min=env.int("DISK_FREE_MB_MIN", 500) * 2**20)


def logging_of(env: Env, *, embedded: bool) -> dict[str, Any]:
    """Lines on the standard error, from LOG_LEVEL upwards."""
    level = env.str("LOG_LEVEL", "WARNING" if embedded else "INFO")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "plain"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
    }
