"""The way out of mail that a mail carries with it."""

from typing import Any

from accounts.models import User


def stop_headers(person: User, subjects: tuple[Any, ...]) -> dict[str, str]:
    """The headers by which a mail program offers `person` to hear less of the first of `subjects`."""
    return {}
