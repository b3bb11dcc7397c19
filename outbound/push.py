"""Browser messages: what goes to the push service that a browser named, so that nobody on the way reads it."""

import base64
import os
import secrets
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPusher

from .addresses import Policy, target_of
from .client import post
from .errors import NotAllowed

KEPT_S = 24 * 3600  # by the push service, for a browser that is off
SIGNED_FOR_S = 12 * 3600
GONE = {404, 410}


class NoBrowser(Exception):
    """The push service knows the browser no more, or never did."""


class Refused(Exception):
    """The push service did not take it; later it may."""


@cache
def signer() -> Vapid02 | None:
    """By which push services know this site; None where browser messages are off. The key is in the settings; the
    embedded mode makes itself one and keeps it, since with another key nothing reaches those who asked with this."""
    raw = settings.VAPID_PRIVATE_KEY
    if not raw and settings.EMBEDDED:
        raw = kept_key(Path(settings.DATA_DIR) / "push.key")
    return Vapid02.from_raw(raw.encode()) if raw and settings.OUTBOUND_PORTS else None


def kept_key(file: Path) -> str:
    """Made once, however many ask at the same time."""
    if not file.exists():
        fresh = file.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        number = 1 + secrets.randbelow(2**255)  # below the order of the curve, which begins with 32 ones
        fresh.write_text(encoded(number.to_bytes(32)), encoding="ascii")
        fresh.chmod(0o600)
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text(encoding="ascii")


def public_key() -> str:
    """What a browser is to be told of the key; "" where browser messages are off."""
    known = signer()
    if known is None:
        return ""
    numbers = known.public_key.public_numbers()
    return encoded(b"\4" + numbers.x.to_bytes(32) + numbers.y.to_bytes(32))


def may_be_pushed_to(endpoint: str) -> bool:
    """Whether it is the address of somebody else's machine, over https. Nobody is asked."""
    try:
        return target_of(endpoint, Policy()).scheme == "https"
    except NotAllowed:
        return False


def push(words: bytes, *, endpoint: str, p256dh: str, auth: str, topic: str) -> None:
    """Hand `words` to the push service of a browser, encrypted for it. What waits there under the same `topic` (letters
    and digits, up to 32) is replaced. Raises NoBrowser, Refused and what `post` raises."""
    known = signer()
    if known is None:
        raise NotAllowed("browser messages are off")
    body = WebPusher({"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}).encode(words)["body"]
    parts = urlsplit(endpoint)
    claims = {"sub": whom_to_ask(), "aud": f"{parts.scheme}://{parts.netloc}"}
    claims["exp"] = int(time.time()) + SIGNED_FOR_S  # type: ignore[assignment]
    headers = {
        **known.sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_S),
        "Topic": topic,
    }
    status = post(endpoint, body=bytes(body), headers=headers).status
    if status in GONE:
        raise NoBrowser(str(status))
    if not 200 <= status < 300:
        raise Refused(str(status))


def whom_to_ask() -> str:
    """Whom a push service turns to. It takes no address over plain http, nor that of a machine without a name."""
    return settings.SITE_URL if settings.SITE_URL.startswith("https:") else "mailto:weft@localhost.localdomain"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
