"""The cache, with and without its Redis."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

PAUSE_S = 5.0
log = logging.getLogger(__name__)


class RedisOrOwn(RedisCache):
    """Redis's; while that is away, or takes nothing more, what this process remembers for itself. So guesses at
    passwords are still counted, by each process alone, and nobody sees who reads in front of another one. A Redis that
    is away costs a moment, and that once in PAUSE_S."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.own = LocMemCache(f"instead of {server}", params | {"OPTIONS": {}})
        self.away_until = 0.0

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                self.away_until = time.monotonic() + PAUSE_S
                log.warning("The cache is in this process only for %.0f s: %s", PAUSE_S, error)
        return getattr(self.own, name)(*args, **kwargs)


def _asked(name: str) -> Callable[..., Any]:
    def ask(self: RedisOrOwn, *args: Any, **kwargs: Any) -> Any:
        return self._ask(name, *args, **kwargs)

    return ask


ASKED = "add get set touch delete get_many has_key incr set_many delete_many clear"
for _name in ASKED.split():
    setattr(RedisOrOwn, _name, _asked(_name))
