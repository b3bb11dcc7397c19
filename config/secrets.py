"""What nobody else may read comes from files, for the settings: `SECRET_KEY_FILE=/run/secrets/secret_key` is read as
`SECRET_KEY`. Only the process itself sees a file, where a variable is shown by `docker inspect` and in crash reports.
"""

import os
from collections.abc import MutableMapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRETS = (
    *("SECRET_KEY", "SECRET_KEY_FALLBACKS", "METRICS_TOKEN", "VAPID_PRIVATE_KEY", "SENTRY_DSN"),
    "OTEL_EXPORTER_OTLP_HEADERS",
    *("DATABASE_URL", "REPLICA_URLS", "PGPASSWORD", "REDIS_URL", "BROKER_URL"),
    *("EMAIL_URL", "REPLY_MAILBOX", "MAIL_WEBHOOK_SECRET", "ANYMAIL"),
    *("STORAGE_OPTIONS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
)


def read_secret_files(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set each secret whose file is named. An empty file sets nothing. Raises ImproperlyConfigured, with the name of
    the variable and never with a value, when a file can't be read or says something else than the variable."""
    for name in SECRETS:
        if path := environment.get(f"{name}_FILE"):
            value = _content(name, Path(path))
            if environment.get(name) not in (None, "", value):
                raise ImproperlyConfigured(f"{name} and {name}_FILE are both set, and they differ. Keep one of them.")
            if value:
                environment[name] = value


def _content(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which can't be read: {why}.") from None
