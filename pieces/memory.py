"""What a process remembers, as long as there is room."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any


class Memory:
    """The values asked for last, of up to `limit` bytes in all; for all threads of a process. With no bytes it keeps
    nothing."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Any:
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Remember `value`, which takes `size` bytes; what was not asked for the longest makes room. What is larger
        than a quarter of all the room is not kept."""
        with self._lock:
            self._forget(key)
            if size > self.limit // 4:
                return
            self._values[key] = value, size
            self.bytes += size
            while self.bytes > self.limit:
                self._forget(next(iter(self._values)))

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self.bytes = 0

    def _forget(self, key: Hashable) -> None:
        _value, size = self._values.pop(key, (None, 0))
        self.bytes -= size
