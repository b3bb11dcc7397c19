"""The one way in which this product asks other sites for something. The reasons are in docs/adr/0007-outbound.md."""

import http.client
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from django.conf import settings

from .addresses import Policy, Target, target_of
from .errors import NoAnswer, NotAllowed, OutboundError, TooLarge, TooManyRedirects, TooSlow, Unreadable
from .wire import Budget, open_connection

REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 16 * 1024  # bytes
GZIP = 31  # what zlib calls it


@dataclass(frozen=True)
class Fetched:
    """What a site answered. `content` is unpacked; `is_whole` says whether that is all of it."""

    status: int
    url: str  # where it was, after redirects
    content_type: str  # in small letters, without parameters
    charset: str  # as the site says; "" when it doesn't
    content: bytes
    is_whole: bool


def fetch(url: str, *, method: str = "GET", policy: Policy | None = None) -> Fetched:
    """Ask for `url` by GET or HEAD, without cookies, credentials or a proxy, and follow redirects by hand.

    All of it ends after `policy.seconds` and `policy.bytes_max`; what is longer comes cut off. Raises an
    OutboundError: NotAllowed, NoAnswer, TooSlow, TooManyRedirects, Unreadable or TooLarge (an endless head).
    """
    policy = policy or Policy()
    budget = Budget(policy)
    for _hop in range(policy.redirects_max + 1):
        target = target_of(url, policy)
        found = _ask(target, method, policy, budget)
        if isinstance(found, Fetched):
            return found
        url = _joined(target.url, found)
    raise TooManyRedirects(f"more than {policy.redirects_max}")


def post(url: str, *, body: bytes, headers: dict[str, str], policy: Policy | None = None) -> Fetched:
    """Hand `body` over at `url`, within the same limits; what is answered there is the end of it. Raises an
    OutboundError as `fetch` does."""
    policy = policy or Policy()
    target = target_of(url, policy)
    found = _ask(target, "POST", policy, Budget(policy), body=body, more=headers)
    if isinstance(found, Fetched):
        return found
    raise TooManyRedirects("what is handed over is not taken elsewhere")


def _ask(
    target: Target,
    method: str,
    policy: Policy,
    budget: Budget,
    *,
    body: bytes | None = None,
    more: dict[str, str] | None = None,
) -> Fetched | str:
    """The answer, or where it leads."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = open_connection(target, policy, budget)
    try:
        connection.request(method, target.path, body=body, headers=_headers(target) | (more or {}))
        response = connection.getresponse()
        leads_to = response.headers.get("Location")
        if response.status in REDIRECTS and leads_to:
            return _ascii(leads_to)
        content, is_whole = (b"", True) if method == "HEAD" else _read(response, policy.bytes_max)
        headers = response.headers
        return Fetched(
            status=response.status,
            url=target.url,
            content_type=headers.get_content_type() if "Content-Type" in headers else "",
            charset=headers.get_content_charset() or "",
            content=content,
            is_whole=is_whole,
        )
    except TimeoutError as error:
        raise TooSlow("the time is over") from error
    except OutboundError:
        raise
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NoAnswer(type(error).__name__) from error
    finally:
        connection.close()


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise NotAllowed("no address") from error


def _headers(target: Target) -> dict[str, str]:
    return {
        "Host": target.authority,
        "User-Agent": f"Weft/1.0 (previews and checks of shared links; +{settings.SITE_URL})",
        "Accept": "text/html,application/xhtml+xml,image/*;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _ascii(location: str) -> str:
    """A header as a web address: what is not ASCII was read as Latin-1 and is UTF-8 in truth."""
    return quote(location.strip().encode("latin-1", "ignore"), safe="%/:=&?~#+!$,;'@()*[]-._|\\")


def _read(response: http.client.HTTPResponse, most: int) -> tuple[bytes, bool]:
    """The body, unpacked up to the most that is read, and whether that is all."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        parts = _parts(response)
    elif packing in ("gzip", "x-gzip"):
        parts = _unpacked(_parts(response), most)
    else:
        raise Unreadable("packed in a way of its own")
    content = bytearray()
    try:
        for part in parts:
            content += part
            if len(content) > most:
                return bytes(content[:most]), False
    except TooLarge:
        return bytes(content), False
    return bytes(content), True


def _parts(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while part := response.read1(CHUNK):
        yield part
    if response.length:
        raise NoAnswer("it broke off")


def _unpacked(parts: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Never more than `most` bytes at once, however little they were packed into."""
    unpacker = zlib.decompressobj(GZIP)
    try:
        for part in parts:
            while part and not unpacker.eof:
                yield unpacker.decompress(part, most)
                part = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Unreadable("not packed as it says") from error
