"""What Weft says of itself while it runs, for the settings."""

import sys
from typing import Any

from environs import Env


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
