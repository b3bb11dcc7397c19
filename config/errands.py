"""What is said of a task: which request it goes back to. Celery offers signals for that, and nothing else."""

import logging
from typing import Any

from celery import Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from .requests import request_id, task_name

RUNG_BY = "rung_by"  # the header of a message that says for which request it was sent
logger = logging.getLogger(__name__)


@setup_logging.connect
def leave_logging(**_: Any) -> None:
    """Celery would have lines of its own form; that somebody answers here keeps it from that."""


@before_task_publish.connect
def note_sender(headers: dict[str, Any], **_: Any) -> None:
    headers[RUNG_BY] = request_id.get()


@task_prerun.connect
def begin(task_id: str, task: Task, **_: Any) -> None:
    """What beat rings for goes back to nobody's request; the task's own id stands for it."""
    request_id.set(task.request.get(RUNG_BY) or task_id)
    task_name.set(str(task.name))


@task_postrun.connect
def end(**_: Any) -> None:
    request_id.set("")
    task_name.set("")
