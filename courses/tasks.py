import logging

from celery import shared_task

from community.actions import TooFast

from . import actions
from .models import StepDate

ASKED_AT_MOST = 500  # a run; the next one goes on
logger = logging.getLogger(__name__)


@shared_task
def ask_what_is_due() -> None:
    """Ask the prompts and topics of schedules whose time has come. What fails holds up nothing else and is tried
    again."""
    for date_id in StepDate.objects.due().values_list("pk", flat=True)[:ASKED_AT_MOST]:
        try:
            actions.ask_due(date_id)
        except TooFast:
            continue
        except Exception:
            logger.exception("Date %s is due and was not asked; the next run tries again.", date_id)
