"""What is nobody's mistake: a database or a disk that can't be used just now. It is answered with 503 and comes right
by itself, where 500 says that somebody has to look."""

import errno
from enum import StrEnum

from django.db import DatabaseError, Error, InterfaceError, OperationalError

RETRY_AFTER_S = 5

# Of PostgreSQL, by the first two characters: no connection, no resources, stopped by an operator, a failing system, and
# two transactions in each other's way. By all five: locked for too long, and a standby, which takes no writes.
CLASSES = {"08", "53", "57", "58", "40"}
CODES = {"55P03", "25006"}
# Of SQLite: busy, locked, read only, input or output failed, full, can't be opened.
SQLITE = {5, 6, 8, 10, 13, 14}
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class Outage(StrEnum):
    """What is away."""

    DATABASE = "database"
    DISK = "disk"


def outage_of(error: BaseException | None) -> Outage | None:
    """What `error` says is away; None where it says something else."""
    if isinstance(error, OSError) and error.errno in DISK:
        return Outage.DISK
    return Outage.DATABASE if isinstance(error, Error) and _is_away(error) else None


def _is_away(error: Error) -> bool:
    """psycopg2 says of some broken connections only that it is an error of the database's."""
    cause = error.__cause__
    code = getattr(cause, "pgcode", None)
    if code:
        return code[:2] in CLASSES or code in CODES
    if number := getattr(cause, "sqlite_errorcode", None):
        return number & 0xFF in SQLITE
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
