"""What a mail server writes back about a mail of ours: that it did not arrive (RFC 3464), or that its reader marked it
as spam (RFC 5965). Pure functions of the message; anybody may have written it."""

from dataclasses import dataclass
from email.message import Message

from outbound.mail import of_recipient

from .incoming import value

DID_NOT_ARRIVE, COMPLAINT = "message/delivery-status", "message/feedback-report"
PARTS_MAX, LINES_MAX = 50, 20


@dataclass(frozen=True)
class Returned:
    """`message_id` is that of our mail; `is_of_address` says that its address takes no mail at all."""

    message_id: str
    why: str
    is_of_address: bool = False
    is_complaint: bool = False


def returned(message: Message) -> Returned | None:
    """What it says of a mail of ours; None for any other mail, and for one that is only late."""
    if message.get_content_type() != "multipart/report":
        return None
    parts = {part.get_content_type(): part for part, _n in zip(message.walk(), range(PARTS_MAX), strict=False)}
    message_id = original_id(parts)
    if not message_id:
        return None
    if COMPLAINT in parts:
        return Returned(message_id, "", is_complaint=True)
    failed = [block for block in blocks(parts.get(DID_NOT_ARRIVE)) if value(block, "Action").lower() == "failed"]
    if not failed:
        return None
    said = value(failed[0], "Diagnostic-Code").partition(";")[2].strip() or value(failed[0], "Status")
    failure = of_recipient(550, f"{value(failed[0], 'Status')} {said}")
    return Returned(message_id, said, is_of_address=failure.is_of_address)


def original_id(parts: dict[str, Message]) -> str:
    """The Message-ID of the mail that came back, which is attached, whole or only its headers."""
    for kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
        part = parts.get(kind)
        inside = part.get_payload() if part is not None else None
        if isinstance(inside, list) and inside and isinstance(inside[0], Message):
            return value(inside[0], "Message-ID")
        if isinstance(inside, str):
            lines = (line.partition(":") for line in inside.splitlines())
            return next((rest.strip() for name, _colon, rest in lines if name.lower() == "message-id"), "")
    return ""


def blocks(part: Message | None) -> list[Message]:
    """What a report says of each recipient."""
    inside = part.get_payload() if part is not None else None
    return [block for block in inside[:LINES_MAX] if isinstance(block, Message)] if isinstance(inside, list) else []
