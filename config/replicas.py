"""Reads from replicas that are as true as the primary. Why so, and what it costs: docs/adr/0027.

The first read of a page asks the primary how far it is, and a replica whether it has replayed all of that. Then all
that was committed before the page was asked for is there, whoever wrote it: rights, one's own words, what a letter of
a live page tells of. Else the page reads from the primary, as does everything that writes, and whatever is no page.
"""

import random
import time
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connections

from config.outages import outage_of
from config.patience import patience

# Only what is on the primary's disk is visible to others there, unless somebody turned synchronous_commit off.
PRIMARY_AT = "SELECT left(pg_walfile_name(at), 8), at::text FROM pg_current_wal_flush_lsn() AS at"
# Past a promotion, positions of before can't be compared; a replica that follows a dead primary is on another timeline.
REPLICA_AT = "SELECT timeline_id, pg_last_wal_replay_lsn()::text, pg_is_in_recovery() FROM pg_control_checkpoint()"
REPLAYED_S_AGO = "SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float"
WAITS_S = (0.001, 0.002, 0.004)  # replay takes a moment; it is less than reading from a busier server
LATE_S, LATE_MOST_S = 0.05, 2.0  # how long one that is behind after that is left alone: longer each time,
AWAY_S = 10.0  # and one that does not answer,
POSITION_S, QUESTION_S = 1.0, 5.0  # within so much: where it is, and what a page asks
CANCELLED = "57014"  # took too long: it would on the primary, too
OF_ONE_CONNECTION = ("PREPARE ", "EXECUTE ")  # nothing to the primary, which may know another statement by that name
Position = tuple[int, int]  # timeline, place in the log


class Reading:
    """Where one request reads: decided at its first read, and from then on the same, or the primary."""

    def __init__(self) -> None:
        self.alias = ""

    def database(self) -> str:
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        if not self.alias:
            self.alias = DEFAULT_DB_ALIAS  # should this fail
            self.alias = true_replica() or DEFAULT_DB_ALIAS
        return self.alias

    def stay_with_primary(self) -> None:
        self.alias = DEFAULT_DB_ALIAS


READING: ContextVar[Reading | None] = ContextVar("reading", default=None)
left_alone: dict[str, float] = {}  # by this process: replicas, and until when
late_s: dict[str, float] = {}  # for how long, when it was late


class Router:
    """Reads go where the request reads, all else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        reading = READING.get()
        return reading.database() if reading else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if reading := READING.get():
            reading.stay_with_primary()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # they are the same database

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


def pages_may_read(get_response):
    """Let pages read from a replica; what may write (POST) doesn't, from its first question on."""
    if not replicas():
        raise MiddlewareNotUsed

    def middleware(request):
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        token = READING.set(Reading())
        try:
            return get_response(request)
        finally:
            READING.reset(token)

    return middleware


def replicas() -> list[str]:
    return [alias for alias in connections if alias != DEFAULT_DB_ALIAS]


def true_replica() -> str | None:
    """A replica that has all that is committed by now; None if there is none just now."""
    now = time.monotonic()
    awake = [alias for alias in replicas() if left_alone.get(alias, 0.0) <= now]
    try:
        wanted = primary_position() if awake else None
    except Error:
        return None  # the page's own question to it will say what is wrong
    for alias in random.sample(awake, len(awake)):
        if wanted and has_reached(alias, wanted):
            return alias
    return None


def primary_position() -> Position:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(PRIMARY_AT)
        timeline, place = cursor.fetchone()
    return int(timeline, 16), number(place)


def has_reached(alias: str, wanted: Position) -> bool:
    """Whether a replica has replayed so much, maybe in a moment. One that hasn't, or is away, is left alone a while."""
    if connections[alias].connection is None:
        left_alone[alias] = time.monotonic() + AWAY_S  # or all threads would wait for one that is away
    try:
        for wait_s in (*WAITS_S, 0.0):
            if reached(replica_position(alias), wanted):
                left_alone.pop(alias, None)
                late_s.pop(alias, None)
                return True
            time.sleep(wait_s)
    except Error:
        leave_alone(alias)
        return False
    late_s[alias] = min(2 * late_s.get(alias, LATE_S / 2), LATE_MOST_S)
    left_alone[alias] = time.monotonic() + late_s[alias]
    return False


def reached(position: Position | None, wanted: Position) -> bool:
    return position is not None and position[0] == wanted[0] and position[1] >= wanted[1]


def replica_position(alias: str) -> Position | None:
    """None if it is no replica any more, or has replayed nothing. A connection that broke meanwhile is made anew."""
    was_open, asked_at = connections[alias].connection is not None, time.monotonic()
    try:
        return _replica_position(alias)
    except Error:
        connections[alias].close()
        if not was_open or time.monotonic() - asked_at >= POSITION_S:  # it hangs: a new one would, too
            raise
    return _replica_position(alias)


def _replica_position(alias: str) -> Position | None:
    connection = connections[alias]
    if rescue not in connection.execute_wrappers:
        connection.execute_wrappers.append(rescue)
    with connection.cursor() as cursor:
        cursor.execute(REPLICA_AT)
        timeline, place, is_replica = cursor.fetchone()
    return (timeline, number(place)) if is_replica and place else None


def behind(alias: str, wanted: Position) -> tuple[int, float] | None:
    """By how many bytes of log, and seconds; None if it does not follow, or does not answer."""
    try:
        position = replica_position(alias)
        with connections[alias].cursor() as cursor:
            cursor.execute(REPLAYED_S_AGO)
            (seconds,) = cursor.fetchone()
    except Error:
        return None
    if position is None or position[0] != wanted[0]:
        return None
    lacks = max(wanted[1] - position[1], 0)
    return lacks, (seconds or 0.0) if lacks else 0.0


def number(place: str) -> int:
    """`16/B374D848` as PostgreSQL counts it."""
    high, low = place.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def leave_alone(alias: str) -> None:
    connections[alias].close()
    hangs(alias)


def hangs(alias: str) -> None:
    left_alone[alias] = time.monotonic() + AWAY_S


def rescue(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A replica that goes away or hangs in the middle of a page, or must cancel a question to go on replaying, costs
    nothing: the primary answers this question, and all others of the page. Who uses prepared statements hears of it,
    and asks again: `pieces.stamp` does."""
    reading, alias = READING.get(), context["connection"].alias
    seconds = POSITION_S if sql == REPLICA_AT else QUESTION_S
    try:
        with patience.for_answer(context["connection"].connection, seconds, partial(hangs, alias)):
            return execute(sql, params, many, context)
    except Error as error:
        if sql == REPLICA_AT or reading is None or not says_nothing_of_the_question(error):
            raise
        reading.stay_with_primary()
        leave_alone(alias)
        if sql.startswith(OF_ONE_CONNECTION):
            raise
    cursor = connections[DEFAULT_DB_ALIAS].cursor()
    context["cursor"].cursor = cursor.cursor  # what follows fetches from it
    return cursor.execute(sql, params)


def says_nothing_of_the_question(error: Error) -> bool:
    return outage_of(error) is not None and getattr(error.__cause__, "pgcode", None) != CANCELLED
