"""Which addresses are public, and which text is a plain web address."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from django.conf import settings

from .errors import NotAllowed

IPAddress = IPv4Address | IPv6Address
DEFAULT_PORTS = {"http": 80, "https": 443}
URL_MAX = 4_000  # characters
SECONDS = 5.0

# IANA's registries of special addresses, named here because Python's own list differs from version to version.
SPECIAL = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20
"""
LOOKS_PUBLIC = "168.63.129.16/32"  # Azure's, and knows of the machine that asks
NOT_PUBLIC = [ip_network(text) for text in (*SPECIAL.split(), LOOKS_PUBLIC)]
GLOBAL_UNICAST = ip_network("2000::/3")  # beyond it are mapped, translated (NAT64), local and multicast forms
ISATAP = {0x0000_5EFE, 0x0200_5EFE}  # an IPv4 address stands behind this, in any network
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))+\.?", re.ASCII)
LOOKS_LIKE_A_NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)\.?", re.ASCII)
READ_IN_TWO_WAYS = set("\u00df\u03c2\u200c\u200d")  # by the older and the newer rules for names
NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f\\]")
NOT_ON_THE_WEB = ("localhost", "local", "localdomain", "internal", "intranet", "home.arpa", "in-addr.arpa", "ip6.arpa")


def is_public(address: IPAddress) -> bool:
    """Whether anybody on the internet could ask this address; where in doubt, no."""
    if any(address in network for network in NOT_PUBLIC):
        return False
    if isinstance(address, IPv6Address):
        return address in GLOBAL_UNICAST and (int(address) >> 32) & 0xFFFF_FFFF not in ISATAP
    return address.is_global


def own_hosts() -> frozenset[str]:
    """The names of this site. A leading dot is kept: it means all names below."""
    site = urlsplit(settings.SITE_URL).hostname or ""
    return frozenset({site, *(host.lower().strip("[]") for host in settings.ALLOWED_HOSTS)} - {"", "*"})


@dataclass(frozen=True)
class Policy:
    """What may be asked, and for how long. Made from the settings; a test hands over one of its own."""

    ports: frozenset[int] = field(default_factory=lambda: frozenset(settings.OUTBOUND_PORTS))
    allows: Callable[[IPAddress], bool] = is_public
    ours: frozenset[str] = field(default_factory=own_hosts)
    seconds: float = field(default_factory=lambda: SECONDS)  # for all of it: names, redirects, the last byte
    bytes_max: int = 1024 * 1024  # for all of it, packed and unpacked
    redirects_max: int = 3


@dataclass(frozen=True)
class Target:
    """A web address that may be asked, taken apart. `host` is a name or an address without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host.removesuffix(".")
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def literal(self) -> IPAddress | None:
        return as_address(self.host)


def target_of(url: str, policy: Policy) -> Target:
    """Take `url` apart. Raises NotAllowed; nobody was asked for its host by then."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as error:
        raise NotAllowed("no address") from error
    if len(url) > URL_MAX or NOT_IN_URLS.search(url) or scheme not in DEFAULT_PORTS:
        raise NotAllowed("no web address")
    if "@" in parts.netloc:
        raise NotAllowed("a name and a password in the address")
    if ("[" in parts.netloc) != (":" in host):
        raise NotAllowed("brackets around something else")
    port = DEFAULT_PORTS[scheme] if port is None else port
    if port not in policy.ports:
        raise NotAllowed("not a port of the web")
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*-._") + (
        "?" + quote(parts.query, safe="/%:=&?~+!$,;'@()*[]-._|") if parts.query else ""
    )
    return Target(scheme, sound_host(host, policy), port, path)


def sound_host(host: str, policy: Policy) -> str:
    """A name as the DNS writes it, or an address in its usual form. Raises NotAllowed for anything else.

    Numbers in other forms than four decimal ones are refused whatever they mean: people who share links don't write so.
    """
    address = as_address(host)
    if address is not None:
        if not policy.allows(address) or str(address) in policy.ours:
            raise NotAllowed("not a public address")
        return str(address)
    if READ_IN_TWO_WAYS & set(host):
        raise NotAllowed("a name that browsers may read as another one")
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise NotAllowed("no name of a host") from error
    bare = name.removesuffix(".")
    if len(bare) > 253 or not NAME.fullmatch(name) or LOOKS_LIKE_A_NUMBER.fullmatch(bare.rpartition(".")[2]):
        raise NotAllowed("no name of a host")
    if is_among(bare, policy.ours) or any(bare.endswith(f".{each}") for each in NOT_ON_THE_WEB):
        raise NotAllowed("a name of this site or of a local network")
    return name


def as_address(host: str) -> IPAddress | None:
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None


def is_among(name: str, names: frozenset[str]) -> bool:
    """Whether `name` is one of `names`, or below one that begins with a dot, as in ALLOWED_HOSTS."""
    return any(name == each.lstrip(".") or (each[0] == "." and name.endswith(each)) for each in names)
