from celery import shared_task

from . import actions
from .models import Invitation

SWEEP_AT_MOST = 200


@shared_task
def send_invitation(invitation_id: int) -> None:
    actions.send_invitation(invitation_id)


@shared_task
def sweep_invitations() -> None:
    """Send what a dead worker or an emptied broker left unsent."""
    for invitation_id in Invitation.objects.unsent().values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        send_invitation(invitation_id)
