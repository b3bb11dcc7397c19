import logging

from celery import shared_task
from django.utils import timezone

from . import actions
from .models import Thread, TopicSeries, Turn

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
    for series_id in TopicSeries.objects.running_dry().values_list("pk", flat=True)[:OPENED_AT_MOST]:
        try:
            actions.tell_if_dry(series_id)
        except Exception:
            logger.exception("Nobody was told that series %s runs dry; the next run tries again.", series_id)


@shared_task
def look_after_rotas() -> None:
    """Give the weeks ahead hosts, and remind those whose weeks begin soon. What fails is logged, holds up nothing else
    and is tried again."""
    for community_id in actions.rotas_to_plan(OPENED_AT_MOST):
        try:
            actions.plan_rota(community_id)
        except Exception:
            logger.exception("The rota of community %s was not planned; the next run tries again.", community_id)
    for turn_id in Turn.objects.to_be_told(timezone.now()).values_list("pk", flat=True)[:OPENED_AT_MOST]:
        try:
            actions.remind_host(turn_id)
        except Exception:
            logger.exception("Nobody was told of the turn %s; the next run tries again.", turn_id)


@shared_task
def sweep_uploads() -> None:
    """Clear away pictures and files that were put here and never shown, or never came to an end."""
    actions.delete_unused_uploads()
