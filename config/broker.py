"""Celery's broker for an installation without Redis: kombu's channel over a spool of files. See docs/adr/0005."""

import logging
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from django.conf import settings
from kombu.transport import virtual
from kombu.utils.json import dumps, loads

from config.spool import Spool

log = logging.getLogger(__name__)


class Channel(virtual.Channel):
    """Direct queues only; that is all that Weft's tasks need."""

    from_transport_options: Any = (*virtual.Channel.from_transport_options, "folder")
    folder: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spool = Spool(Path(self.folder or settings.BROKER_DIR))
        self._taken: dict[str, Path] = {}  # delivery tag -> its file in flight

    # --- What virtual.Channel leaves to its transports ----------------------------------------------------------

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        self.spool.queue(queue).mkdir(parents=True, exist_ok=True)

    def _has_queue(self, queue: str, **kwargs: Any) -> bool:
        return self.spool.queue(queue).is_dir()

    def _put(self, queue: str, message: dict, **kwargs: Any) -> None:
        self.spool.put(queue, dumps(message))

    def _get(self, queue: str, timeout: float | None = None) -> dict:
        while (file := self.spool.take(queue)) is not None:
            try:
                message = loads(file.read_text(encoding="utf-8"))
                self._taken[message["properties"]["delivery_tag"]] = file
            except (ValueError, KeyError, TypeError):
                log.error("A message can't be read; it is kept as %s", self.spool.set_aside(file))
                continue
            return message
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self.spool.waiting(queue))

    def _purge(self, queue: str) -> int:
        return self.spool.purge(queue)

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        self._purge(queue)
        with suppress(OSError):  # another process may have put a message into it meanwhile
            self.spool.queue(queue).rmdir()

    # --- What becomes of a message that was taken ---------------------------------------------------------------

    def _restore(self, message: Any) -> None:
        if file := self._taken.pop(message.delivery_tag, None):
            self.spool.give_back(file)

    def _done(self, delivery_tag: str) -> None:
        if file := self._taken.pop(delivery_tag, None):
            self.spool.done(file)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        super().basic_ack(delivery_tag, multiple)
        self._done(delivery_tag)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue)  # with `requeue` it calls _restore
        self._done(delivery_tag)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> Any:
        message = super().basic_get(queue, no_ack, **kwargs)
        if message is not None and no_ack:
            self._done(message.delivery_tag)
        return message

    def basic_consume(self, queue: str, no_ack: bool, callback: Any, consumer_tag: str, **kwargs: Any) -> None:
        def deliver_and_forget(message: Any) -> None:
            self._done(message.delivery_tag)
            callback(message)

        super().basic_consume(queue, no_ack, deliver_and_forget if no_ack else callback, consumer_tag, **kwargs)


class Transport(virtual.Transport):
    """`weft-files://`, by the name that config/celery.py gives it; its folder is `settings.BROKER_DIR`."""

    Channel = Channel
    driver_type = driver_name = "files"
    polling_interval = 0.2
    implements = virtual.Transport.implements.extend(asynchronous=True, exchange_type=frozenset(["direct"]))
    connection_errors: Any = (*virtual.Transport.connection_errors, OSError)

    def driver_version(self) -> str:
        return "1"

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Look into the queues from the worker's event loop. Without one, its children would share a pipe and its lock,
        and one that is killed while it waits for work would keep all the others from getting any."""
        loop.call_repeatedly(self.polling_interval, self._take_what_waits)

    def _take_what_waits(self) -> None:
        queues: Any = self.cycle
        with suppress(Empty):
            while True:
                queues.get(self._deliver, timeout=0)

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        """Between two calls the worker looks whether it was asked to stop; celery would wait two seconds."""
        super().drain_events(connection, timeout and min(timeout, 0.5))
