"""What is said of a task: which request it goes back to, how long it waited, and how long it took. For that Celery has
signals, and nothing else."""

import time
from typing import Any

from celery import Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from .requests import request_id, task_name

RUNG_BY = "rung_by"  # the header of a message that says for which request it was sent
RUNG_AT = "rung_at"  # and when


@setup_logging.connect
def leave_logging(**_: Any) -> None:
    """Celery would have lines of its own form; that somebody answers here keeps it from that."""


@before_task_publish.connect
def note_sender(headers: dict[str, Any], **_: Any) -> None:
    headers |= {RUNG_BY: request_id.get(), RUNG_AT: time.time()}


@task_prerun.connect
def begin(task_id: str, task: Task, **_: Any) -> None:
    """What beat rings for goes back to nobody's request; the task's own id stands for it."""
    from .measures import WAITS  # for who works; others would count nothing

    request_id.set(task.request.get(RUNG_BY) or task_id)
    task_name.set(str(task.name))
    task.request.began = time.perf_counter()
    if rung_at := task.request.get(RUNG_AT):
        WAITS.labels(task.name).observe(max(0.0, time.time() - rung_at))


@task_postrun.connect
def end(task: Task, state: str, **_: Any) -> None:
    from .measures import TASKS

    if began := task.request.get("began"):
        TASKS.labels(task.name, state.lower()).observe(time.perf_counter() - began)
    request_id.set("")
    task_name.set("")
