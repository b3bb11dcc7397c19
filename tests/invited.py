"""Links as people find them in mails that invite."""

from itertools import count

from community.models import Invitation

numbers = count(1)


def a_token_of(invitation: Invitation) -> str:
    """What the link in a mail that invites carries; the one before stops working."""
    token = f"token-{next(numbers)}"
    invitation.take_token(token)
    return token
