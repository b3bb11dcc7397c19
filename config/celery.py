"""The Celery application: the doorbell of work behind the page. The truth is in the database (docs/adr/0005)."""

import os
from functools import partial
from typing import Any

from celery import Celery, Task
from django.db import transaction
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["weft-files"] = "config.broker:Transport"


class Doorbell(Task):
    """A task that is rung after the commit. A broker that is away is logged, not shown to the person who saved."""

    abstract = True

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        transaction.on_commit(partial(self.delay, *args, **kwargs), robust=True)


app = Celery("weft", task_cls=Doorbell)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
