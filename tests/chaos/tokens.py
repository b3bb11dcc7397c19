"""Words that can be found again."""

from uuid import uuid4


def new_token() -> str:
    return f"w{uuid4().hex[:12]}"


def words(token: str) -> str:
    return f"{token} is how it went here."
