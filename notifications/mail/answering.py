"""The address at which an answer by mail comes in."""

from accounts.models import User


def reply_address(person: User, thread_id: int) -> str:
    """Where `person` may answer what is said in a conversation; "" where no mail comes in."""
    return ""
