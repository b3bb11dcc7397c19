"""The address at which an answer by mail comes in: its token says who may answer, and in which conversation."""

import base64
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User

PURPOSE = "notifications.mail.answering"  # a signature made for anything else opens nothing here
# Letters and digits of one case, since mail servers may change the case: who, where, and 128 bits that say it is so.
TOKEN = re.compile(r"(?P<person>[0-9a-z]{1,12})-(?P<thread>[0-9a-z]{1,12})-(?P<proof>[2-7a-z]{26})")


@dataclass(frozen=True)
class Addressed:
    """Whom the address was given to, and the conversation that an answer to it goes into."""

    person_id: int
    thread_id: int


def reply_address(person: User, thread_id: int) -> str:
    """Where `person` may answer what is said in a conversation; "" where no mail comes in.

    It lasts: people answer old mail. Whether they may is asked when the answer comes in, and whether it is from them.
    """
    if not settings.REPLY_ADDRESS:
        return ""
    mailbox, _at, host = settings.REPLY_ADDRESS.rpartition("@")
    who, where = int_to_base36(person.pk), int_to_base36(thread_id)
    return f"{mailbox}+{who}-{where}-{proof(who, where, settings.SECRET_KEY)}@{host}"


def addressed(address: str) -> Addressed | None:
    """Whom and what one of our addresses was made for; None for every other address, and for a forged one."""
    mailbox, _at, host = settings.REPLY_ADDRESS.lower().rpartition("@")
    local, _at, its_host = address.strip().lower().rpartition("@")
    token = TOKEN.fullmatch(local.removeprefix(f"{mailbox}+"))
    if not mailbox or its_host != host or not local.startswith(f"{mailbox}+") or token is None:
        return None
    who, where = token["person"], token["thread"]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(token["proof"], proof(who, where, key)) for key in keys):
        return None
    return Addressed(base36_to_int(who), base36_to_int(where))


def proof(who: str, where: str, key: str | bytes) -> str:
    signed = salted_hmac(PURPOSE, f"{who}-{where}", secret=key, algorithm="sha256").digest()
    return base64.b32encode(signed[:16]).decode().rstrip("=").lower()
