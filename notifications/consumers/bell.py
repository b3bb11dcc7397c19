"""Ringing for the pages: this process's own, and over Redis those of all others. What happened is in the database."""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from redis import Redis, RedisError
from redis.asyncio import Redis as AsyncRedis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .hub import hub

CHANNEL = "weft.live"
PATIENCE_S = 0.3  # for a Redis that is away; then it is left alone for a while
PAUSE_S = 5.0
LISTENING: dict[str, Any] = {"health_check_interval": 10, "socket_connect_timeout": 3, "retry": None}
logger = logging.getLogger(__name__)


class Bell:
    """The way to the other processes. A Redis that is away fails nobody's post: they look for themselves, later."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.quiet_until = 0.0

    @cached_property
    def redis(self) -> Redis:
        limits = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
        return Redis.from_url(self.url, retry=Retry(NoBackoff(), 0), **limits)

    def ring(self, place_id: int) -> None:
        if time.monotonic() < self.quiet_until:
            return
        try:
            self.redis.publish(CHANNEL, place_id)
        except (RedisError, OSError) as error:
            self.quiet_until = time.monotonic() + PAUSE_S
            logger.warning("Nobody rang for the pages of other processes: %s", error)

    async def listen(self, hear: Callable[[int], None]) -> None:
        """Call `hear` with the place of each ring; for ever, over connections that come and go."""
        while True:
            try:
                async with AsyncRedis.from_url(self.url, **LISTENING) as redis, redis.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    async for message in channel.listen():
                        if message["type"] == "message":
                            hear(int(message["data"]))
            except (RedisError, OSError) as error:
                logger.info("No rings from other processes: %s", error)
            await asyncio.sleep(1)


bell = Bell(settings.REDIS_URL) if settings.REDIS_URL else None
if bell:
    hub.listen = bell.listen


def ring(place_id: int) -> None:
    """Let all processes look for what is new at a place. Raises nothing and holds nobody up."""
    hub.ring(place_id)
    if bell:
        bell.ring(place_id)
