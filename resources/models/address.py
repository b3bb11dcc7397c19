"""Addresses of links: when two are the same, and how people say one."""

import hashlib
import re
from contextlib import suppress
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi", re.IGNORECASE)
KEPT = "!$&'()*+,;=:@/%~"  # in a path, as RFC 3986 has it


def canonical(url: str) -> str:
    """`url` as two people would both have it who share the same page: schemes and hosts in small letters, no port
    that goes without saying, nothing by which campaigns are counted, and no fragment that leads nowhere.

    It is for comparing, not for visiting. What can't be read as an address is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = host_of(parts)
    except ValueError:
        return url
    path = re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), quote(unescaped(parts.path), safe=KEPT))
    query = "&".join(part for part in parts.query.split("&") if not TRACKING.fullmatch(part.partition("=")[0]))
    fragment = parts.fragment.partition(":~:")[0]  # what follows are words to mark on the page
    fragment = "" if fragment.lower() == "top" else fragment
    return urlunsplit((parts.scheme.lower(), host, path or "/", query, fragment))


def fingerprint(url: str) -> str:
    """The same for all addresses of a link, and short enough to be unique in a database."""
    return hashlib.sha256(canonical(url).encode(errors="replace")).hexdigest()


def host_of(parts: SplitResult) -> str:
    """The host with user and port, where they say something. Raises ValueError."""
    host = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):
        host = host if host.isascii() else host.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port and parts.port != PORTS.get(parts.scheme.lower()) else ""
    user = parts.netloc.rpartition("@")[0]
    return f"{user}@{host}{port}" if user else host + port


def unescaped(path: str) -> str:
    """Without escapes of letters that need none."""
    return re.sub(r"%([0-7][0-9a-f])", plain, path, flags=re.IGNORECASE)


def plain(escape: re.Match[str]) -> str:
    letter = unquote(escape[0])
    return letter if letter.isalnum() or letter in "-._~" else escape[0]


def short(url: str) -> str:
    """An address as people say it: no scheme, no www, no slash at the end."""
    return url.partition("://")[2].removeprefix("www.").removesuffix("/")
