"""Keeping what was claimed, for as long as the one who claimed it lives."""

import threading
import time
from uuid import UUID

from django.db import Error, connection

from ..models import Delivery

EVERY_S = 5.0
SAFE_S = 12.0  # after its last renewal nobody else has it for certain; well within models.delivery.LEASE


class Lease:
    """Use as a context. Another thread renews the lease, so whatever takes its time, a writer or a mail server, takes
    nothing from us; only death does, or a machine that stands still."""

    def __init__(self, claim: UUID) -> None:
        self.rows = Delivery.objects.claimed_by(claim)
        self.renewed_at = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> "Lease":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        self._thread.join(1)  # it may wait for the database; it ends by itself

    def is_safe(self) -> bool:
        """Whether nobody else can have taken what we claimed."""
        return time.monotonic() - self.renewed_at < SAFE_S

    def _keep(self) -> None:
        while not self._over.wait(EVERY_S):
            begun = time.monotonic()
            try:
                self.rows.renew()
                self.renewed_at = begun
            except Error:  # the database is away; the next time it may be there
                connection.close()
        connection.close()
