import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from . import actions
from .models import Invitation, PlaceFile

SWEEP_AT_MOST = 200
PREVIEWS_AT_MOST = 10  # a sweep; each may take half a minute
PREVIEW_AFTER = timedelta(minutes=2)  # a file is stored, its doorbell is taken for lost
logger = logging.getLogger(__name__)


@shared_task
def sweep_reminders() -> None:
    """Remind who hasn't answered. What fails is logged and holds up nothing else."""
    due = Invitation.objects.to_be_reminded().order_by("sent_at")
    for invitation_id in due.values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        try:
            actions.remind(invitation_id)
        except Exception:
            logger.exception("Nobody was reminded of invitation %s; the next sweep tries again.", invitation_id)


@shared_task
def forget_rosters() -> None:
    """Forget lists of people that are done with."""
    actions.forget_rosters()


@shared_task(time_limit=120)
def preview_file(file_id: int) -> None:
    """Draw the first page of a file; nothing when that was done."""
    actions.preview_file(file_id)


@shared_task
def sweep_previews() -> None:
    """Draw what a lost broker or a dead worker left undone. What fails is logged and holds up nothing else."""
    waiting = PlaceFile.objects.waiting_for_preview(since=timezone.now() - PREVIEW_AFTER)
    for file_id in waiting.values_list("pk", flat=True)[:PREVIEWS_AT_MOST]:
        try:
            actions.preview_file(file_id)
        except Exception:
            logger.exception("File %s has no preview yet; the next sweep tries again.", file_id)


@shared_task
def run_job(job_id: int) -> None:
    """Do a long work, part by part; nothing of what is done already."""
    actions.run_job(job_id)


@shared_task
def sweep_jobs() -> None:
    actions.sweep_jobs()
