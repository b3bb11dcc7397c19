import logging

from celery import shared_task

from . import actions
from .models import Invitation

SWEEP_AT_MOST = 200
logger = logging.getLogger(__name__)


@shared_task
def send_invitation(invitation_id: int) -> None:
    actions.send_invitation(invitation_id)


@shared_task
def sweep_invitations() -> None:
    """Send what a dead worker or an emptied broker left unsent. What fails is logged and holds up nothing else."""
    for invitation_id in Invitation.objects.unsent().newest_first().values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        try:
            actions.send_invitation(invitation_id)
        except Exception:
            logger.exception("Invitation %s was not sent; the next sweep tries again.", invitation_id)
