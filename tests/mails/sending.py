"""Letting go out what waits."""

from community.models import Invitation
from notifications.actions import deliver, mail_invitations


def mail_out() -> None:
    """Send the mails that are due, of invitations too."""
    mail_invitations()
    deliver()


def waiting() -> set[str]:
    """The addresses of the invitations of which a mail is to be written."""
    return set(Invitation.objects.to_be_mailed().values_list("email", flat=True))
