"""What the guides of the demo share out among them, and what they keep to ask it again."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from discussions.actions import claim, keep_prompt
from discussions.models import Thread


def look_after(row: Mapping[str, Any], thread: Thread, people: Mapping[str, User]) -> None:
    """`claimed_by` takes care of a conversation, `kept_by` keeps a prompt."""
    if "claimed_by" in row:
        claim(by=people[row["claimed_by"]], thread=thread)
    if "kept_by" in row:
        keep_prompt(by=people[row["kept_by"]], thread=thread)
