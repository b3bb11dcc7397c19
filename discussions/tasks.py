import logging

from celery import shared_task

from . import actions
from .models import Thread, TopicSeries

OPENED_AT_MOST = 500  # threads a run; the next one goes on
logger = logging.getLogger(__name__)


@shared_task
def open_due_threads() -> None:
    """Open what is to be open by now. What fails is logged, holds up nothing else and is tried again."""
    for thread_id in Thread.objects.due().values_list("pk", flat=True)[:OPENED_AT_MOST]:
        try:
            actions.open_due_thread(thread_id)
        except Exception:
            logger.exception("Thread %s is due and was not opened; the next run tries again.", thread_id)


@shared_task
def open_due_topics() -> None:
    """Open what topic series are due to open. What fails is logged, holds up nothing else and is tried again."""
    for series_id in TopicSeries.objects.due().values_list("pk", flat=True)[:OPENED_AT_MOST]:
        try:
            actions.open_next_topic(series_id)
        except Exception:
            logger.exception("Series %s is due and opened no topic; the next run tries again.", series_id)


@shared_task
def sweep_uploads() -> None:
    """Clear away pictures and files that were put here and never shown, or never came to an end."""
    actions.delete_unused_uploads()
