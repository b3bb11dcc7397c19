"""What Weft says of itself while it runs, for the settings."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import Env

LEAST = {
    "django": "WARNING",
    "django.request": "ERROR",  # that somebody asked for what is not there has a line of its own (config/requests.py)
    "celery": "WARNING",
    # Of the web server, which else has a form of its own for them.
    "uvicorn": "INFO",
    "gunicorn": "INFO",
    "_granian": "INFO",
}
# Web servers would log whole addresses, with what is asked in them and who asks; our own lines are in their place.
SILENT = ("uvicorn.access", "gunicorn.access", "granian.access")


@dataclass(frozen=True)
class Watch:
    """By what a monitor watches this installation."""

    disk_free_bytes_min: int
    metrics_dir: str
    sentry_dsn: str
    otlp_endpoint: str

    @classmethod
    def of(cls, env: Env, data_dir: Path) -> "Watch":
        return cls(
            disk_free_bytes_min=env.int("DISK_FREE_MB_MIN", 500) * 2**20,
            sentry_dsn=env.str("SENTRY_DSN", ""),
            otlp_endpoint=env.str("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
            metrics_dir=env.str("METRICS_DIR", str(data_dir / "metrics")),
        )


def logging_of(env: Env, *, embedded: bool) -> dict[str, Any]:
    """Lines on the standard error, from LOG_LEVEL upwards: of JSON in production, plain where somebody reads along. No
    line says anything of people (config/discretion.py), whoever writes it."""
    level = env.str("LOG_LEVEL", "WARNING" if embedded else "INFO")
    kind = env.str("LOG_FORMAT", "plain" if embedded or env.bool("DEBUG", False) else "json")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "config.lines.Plain"}, "json": {"()": "config.lines.Json"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": kind}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            **{name: {"handlers": ["console"], "level": least, "propagate": False} for name, least in LEAST.items()},
            **{name: {"handlers": [], "propagate": False, "level": "CRITICAL"} for name in SILENT},
        },
    }
