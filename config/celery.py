"""The Celery application: the doorbell of work behind the page. The truth is in the database (docs/adr/0005).

What differs between installations is in the settings, under CELERY_; what is part of the product is here.
"""

import logging
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from celery import Celery, Task
from django.db import transaction
from kombu import Exchange, Queue
from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES
from redis import RedisError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["weft-files"] = "config.broker:Transport"


PAUSE_S = 5.0  # in which a broker that was away is not asked again
log = logging.getLogger(__name__)


class Doorbell(Task):
    """A task that is rung after the commit. A broker that is away is logged, not shown to the person who saved, and
    holds up nobody else for a while: the sweeps find what is to be done."""

    abstract = True
    quiet_until: ClassVar[float] = 0.0

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        def ring() -> None:  # by a name, or Django can't say whose fault it was
            self.ring(partial(self.delay, *args, **kwargs))

        transaction.on_commit(ring, robust=True)

    def ring(self, send: Callable[[], Any]) -> None:
        """Call `send`, if the broker is there. Raises nothing for one that is not."""
        if time.monotonic() < Doorbell.quiet_until:
            return
        try:
            send()
        except (OperationalError, RedisError, OSError) as error:
            Doorbell.quiet_until = time.monotonic() + PAUSE_S
            log.warning("Nobody was rung for %s; a sweep finds it: %s", self.name, error)


def pulse_of(queue: str) -> dict[str, Any]:
    """Rung into each queue, so that one whose worker is away is known by its silence."""
    options = {"queue": queue, "expires": PULSE_S}
    return {"task": "notifications.tasks.give_pulse", "args": (queue,), "schedule": PULSE_S, "options": options}


PULSE_S = 20.0
NAMES = ("celery", "outbound", "mail")
QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in NAMES]

app = Celery(
    "weft",
    task_cls=Doorbell,
    changes={
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": 600,  # seconds; below Redis's visibility timeout, so no task runs twice at once
        # What waits for other sites has a queue of its own, so that nothing waits for it. A worker that is told nothing
        # takes all; better is one for each, with `--queues celery`, `--queues outbound` and `--queues mail`.
        "task_queues": QUEUES,
        "task_routes": {
            "resources.tasks.*": {"queue": "outbound"},
            "notifications.tasks.read_mailbox": {"queue": "outbound"},
            "notifications.tasks.deliver": {"queue": "mail"},
        },
        "worker_prefetch_multiplier": 1,
        "broker_connection_retry_on_startup": True,
        "timezone": "UTC",
        "beat_scheduler": "config.beat:Scheduler",
        # The sweeps find what no doorbell announced; what opens at a time rings no bell at all.
        "beat_schedule": {
            "sweep": {"task": "notifications.tasks.sweep", "schedule": 30.0},
            "post-answers": {"task": "notifications.tasks.post_answers", "schedule": 30.0},
            "read-mailbox": {"task": "notifications.tasks.read_mailbox", "schedule": 60.0},
            "forget-answers": {"task": "notifications.tasks.forget_answers", "schedule": 86400.0},
            "schedule-mornings": {"task": "notifications.tasks.schedule_mornings", "schedule": 300.0},
            "schedule-digests": {"task": "notifications.tasks.schedule_digests", "schedule": 60.0},
            "deliver": {"task": "notifications.tasks.deliver", "schedule": 5.0, "options": {"expires": 5}},
            "forget-deliveries": {"task": "notifications.tasks.forget_deliveries", "schedule": 86400.0},
            "reach-new-addresses": {"task": "notifications.tasks.reach_new_addresses", "schedule": 300.0},
            "sweep-file-previews": {"task": "community.tasks.sweep_previews", "schedule": 300.0},
            "sweep-uploads": {"task": "discussions.tasks.sweep_uploads", "schedule": 3600.0},
            "mail-invitations": {"task": "notifications.tasks.mail_invitations", "schedule": 15.0},
            "keep-hosts": {"task": "courses.tasks.keep_hosts", "schedule": 3600.0},
            "sweep-jobs": {"task": "community.tasks.sweep_jobs", "schedule": 30.0},
            "sweep-reminders": {"task": "community.tasks.sweep_reminders", "schedule": 3600.0},
            "forget-rosters": {"task": "community.tasks.forget_rosters", "schedule": 86400.0},
            "sweep-previews": {"task": "resources.tasks.sweep_previews", "schedule": 300.0},
            "check-links": {"task": "resources.tasks.check_links", "schedule": 600.0},
            "ask-what-is-due": {"task": "courses.tasks.ask_what_is_due", "schedule": 15.0},
            "note-openings": {"task": "courses.tasks.note_openings", "schedule": 60.0},
            "keep-ends": {"task": "courses.tasks.keep_ends", "schedule": 300.0},
            "open-due-threads": {"task": "discussions.tasks.open_due_threads", "schedule": 15.0},
            "look-after-rotas": {"task": "discussions.tasks.look_after_rotas", "schedule": 300.0},
            "open-due-topics": {"task": "discussions.tasks.open_due_topics", "schedule": 30.0},
            **{f"pulse-{name}": pulse_of(name) for name in NAMES},
        },
    },
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

from . import errands, reporting  # noqa: E402, F401 which listen to what becomes of tasks and workers
