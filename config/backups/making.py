"""Making a backup."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from config.backups import BackupError, postgres, sqlite, uploads
from config.backups.archive import FORMAT, HEAD, Writer

Tell = Callable[[str, int, int], None]
UNFINISHED = ".unfinished"


def back_up(path: Path, tell: Tell) -> dict[str, int]:
    """Make a backup at `path`, where nothing may be yet; it has that name only when it is whole. Returns figures."""
    if path.exists():
        raise BackupError(f"{path} is there already. Give the backup another name.")
    draft = Path(f"{path}{UNFINISHED}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            made = write(out, draft, tell)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
    except OSError as error:
        raise BackupError(f"{path} can't be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return made | {"bytes": path.stat().st_size}


def write(out: IO[bytes], beside: Path, tell: Tell) -> dict[str, int]:
    """Write a backup to a stream; a database that needs a copy of itself has it `beside`."""
    with kind_of_database().moment(beside) as moment:
        tables = moment.tables()
        files = list(dict.fromkeys(uploads.names(moment.cursor, set(tables))))
        writer = Writer(out)
        writer.add_json(HEAD, head(moment, tables, len(files)))
        moment.save(writer, lambda done: tell("Database", done, 0))
        missing = uploads.save(writer, files, tell)
        writer.close()
    return {"rows": sum(tables.values()), "files": len(files) - missing, "missing": missing}


def head(moment: sqlite.Moment | postgres.Moment, tables: dict[str, int], files: int) -> dict[str, object]:
    moment.cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return {
        "weft_backup": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "site": settings.SITE_URL,
        "engine": moment.engine,
        "migrations": [f"{app}.{name}" for app, name in moment.cursor.fetchall()],
        "tables": tables,
        "files": files,
    }


def kind_of_database():
    return sqlite if connection.vendor == "sqlite" else postgres
