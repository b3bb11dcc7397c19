"""No address that is not public is contacted, in whatever form it comes. Listeners on loopback see no connection."""

import socket
from ipaddress import ip_address

import pytest

from outbound import NoAnswer, NotAllowed, OutboundError, Policy, fetch, is_public
from tests.sites import PUBLIC, Internet, Site, answer, leads_to

pytestmark = pytest.mark.once

# Where the name of a link's host may lead: all of these are refused.
ADDRESSES = """
127.0.0.1 127.1.2.3 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 169.254.169.254
169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 192.31.196.1
192.175.48.1 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
::93.184.215.14 ::ffff:93.184.215.14 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2002:7f00:1::
2002:a9fe:a9fe:: 2002:c0a8:1::1 2001:0:7f00:1:: 2001::1 2001:10::1 2001:20::1 2001:db8::1 fc00::1 fd00:ec2::254
fd20:ce::254 fe80::1 fe80::1%1 fec0::1 ff02::1 100::1 5f00::1 3fff::1 3ffe::1 4000::1 2606:4700::5efe:7f00:1
2606:4700::200:5efe:a00:1
"""
HOSTS = """
127.0.0.1 127.1 127.0.1 2130706433 017700000001 0177.0.0.1 0x7f000001 0x7f.0.0.1 0x7f.1 127.0.0.1. 0 0.0.0.0 00.0.0.0
127.0.0.01 127.0.0.0x1 134744072 010.8.8.8 0x08080808 1.1 8.8.2056 256.256.256.256 999999999999 1.2.3.4.5 example.1
example.0x7f %31%32%37.0.0.1 127%2e0%2e0%2e1 127\u30020\u30020\u30021 \uff11\uff12\uff17.0.0.1
\u2460\u2461\u2466.\u24ea.\u24ea.\u2460 \u246f\u2468\u3002254\u3002\u246f\u2468\uff61254 [::1] [::] [::ffff:127.0.0.1]
[::ffff:7f00:1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [fe80::1%25eth0] [fe80::1%eth0] [64:ff9b::7f00:1] [2002:7f00:1::]
[fd00:ec2::254] [::ffff:a9fe:a9fe] [v1.a] [127.0.0.1] [] localhost LOCALHOST localhost. a.localhost db redis postgres
intranet metadata metadata.google.internal printer.local x.home.arpa 1.0.0.127.in-addr.arpa -a.example a-.example
a..example .example exa_mple
"""
URLS = """
http://user@example.org/ http://user:secret@example.org/ http://example.org@127.0.0.1/ http://127.0.0.1@example.org/
http://example.org:80@127.0.0.1/ http://@example.org/ http://:@example.org/ http://127.0.0.1#@example.org/
http://127.0.0.1?@example.org/ http://127.0.0.1\\@example.org/ http://example.org\\@127.0.0.1/ http:\\\\127.0.0.1/
http://example.org:22/ http://example.org:0/ http://example.org:6379/ http://example.org:8080/ https://example.org:25/
http://example.org:65536/ http://example.org:-1/ http://example.org:80x/ http://example.org:\u0668\u0660/
ftp://example.org/ file:///etc/passwd file://localhost/etc/passwd gopher://127.0.0.1:6379/_INFO
dict://127.0.0.1:11211/ ldap://127.0.0.1/ data:text/html,x javascript:alert(1) ws://example.org/
jar:http://example.org!/ //example.org/ http:/127.0.0.1 http:127.0.0.1 http:///example.org http:// example.org /path
about:blank blob:http://example.org/1 unix:/run/docker.sock http+unix://%2Frun%2Fdocker.sock/ http://weft.example.net/
https://WEFT.example.net/c/heron/ http://weft.example.net./ http://a.below.example.net/ http://below.example.net/
http://203.0.113.77/
"""
MORE_URLS = [
    "http://exa mple.org/", "http://example.org/\r\nHost: 127.0.0.1", "http://example.org/\x00", "http://example.org\t/",
    " http://example.org/", "http://example.org /", "http://[::1", "http://::1/", "http://" + "a" * 64 + ".org/",
    "http://" + "a." * 130 + "org/", "http://example.org/" + "a" * 4_000, "http://\u202eexample.org/", "",
    "http://stra\u00dfe.example/", "http://a\u200db.example/", "http://\u03c3\u03c2.example/",
]  # fmt: skip


@pytest.fixture
def listeners(internet: Internet):
    """On both loopbacks; and an internet that leads nowhere else."""
    both = [Site({"/": answer(b"secret")}), Site({"/": answer(b"secret")}, family=socket.AF_INET6)]
    yield both
    for each in both:
        each.close()
        assert each.asked == [], "somebody connected"


def refused(url: str, internet: Internet, *ports: int) -> None:
    policy = Policy(ports=frozenset({80, 443, *ports}))
    with pytest.raises(NotAllowed):
        fetch(url, policy=policy)
    assert internet.dialled == []


@pytest.mark.parametrize("address", ADDRESSES.split())
def test_an_address_that_is_not_public_is_not_contacted(address: str, internet: Internet, listeners: list[Site]):
    assert not is_public(ip_address(address))
    internet.names["rebound.example"] = [address]
    for site in listeners:
        refused(f"http://rebound.example:{site.port}/", internet, site.port)
        bare = f"[{address}]" if ":" in address else address
        refused(f"http://{bare}:{site.port}/", internet, site.port)
    refused("https://rebound.example/", internet)
    for together in ([PUBLIC, address], [address, PUBLIC]):
        internet.names["mixed.example"] = together
        refused("http://mixed.example/", internet)


@pytest.mark.parametrize("host", HOSTS.split())
def test_a_host_in_an_odd_form_is_not_even_looked_up(host: str, internet: Internet, listeners: list[Site]):
    internet.resolver = lambda name: [PUBLIC]
    refused(f"http://{host}/", internet)
    for site in listeners:
        refused(f"http://{host}:{site.port}/", internet, site.port)
    assert internet.resolved == []


@pytest.mark.parametrize("url", [*URLS.split(), *MORE_URLS])
def test_an_odd_address_is_not_even_looked_up(url: str, internet: Internet, listeners: list[Site], settings):
    settings.SITE_URL = "https://weft.example.net"
    settings.ALLOWED_HOSTS = ["weft.example.net", ".below.example.net", "203.0.113.77", "*"]
    internet.resolver = lambda name: [PUBLIC]
    refused(url, internet)
    assert internet.resolved == []


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::200e"])
def test_a_public_address_is_public(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/", "http://rebound.example/", "//127.0.0.1/", "https://[::1]/", "http://0x7f.1/", "file:///etc/passwd",
        "http://user@public.example/", "http://public.example:8080/", "gopher://127.0.0.1/", "http://localhost/",
        "http://169.254.169.254/latest/meta-data/", "/\\127.0.0.1/", "http:\\\\127.0.0.1/", "\\\\127.0.0.1\\",
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", ["301 Moved Permanently", "307 Temporary Redirect"])
def test_each_redirect_is_checked(place: str, status: str, internet: Internet, listeners: list[Site]):
    internet.names["rebound.example"] = ["127.0.0.1"]
    first = internet.put("public.example", {"/": leads_to("/next", status), "/next": leads_to(place, status)})
    with pytest.raises(OutboundError) as refusal:
        fetch("http://public.example/")
    assert isinstance(refusal.value, NotAllowed) or "\\" in place  # which is a path, and nobody has that
    assert {address for address, _port in internet.dialled} == {PUBLIC}
    assert len(first.asked) == 2


def test_the_address_that_was_checked_is_the_one_that_is_asked(internet: Internet, listeners: list[Site]):
    """The name means another address each time somebody asks, as an attacker's with no time to live would."""
    means = iter([[PUBLIC], ["127.0.0.1"], ["10.0.0.1"]])
    internet.put("rebound.example", {"/": answer(b"Words")})
    internet.resolver = lambda name: next(means)
    assert fetch("http://rebound.example/").content == b"Words"
    assert internet.resolved == ["rebound.example."]
    assert internet.dialled == [(PUBLIC, 80)]
    with pytest.raises(NotAllowed):
        fetch("http://rebound.example/")


def test_an_open_and_a_closed_port_here_look_the_same(internet: Internet, listeners: list[Site]):
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    said = set()
    for port in (listeners[0].port, closed.getsockname()[1]):
        for host in ("127.0.0.1", "here.example", "[::1]"):
            internet.names["here.example"] = ["127.0.0.1"]
            with pytest.raises(NotAllowed) as refusal:
                fetch(f"http://{host}:{port}/", policy=Policy(ports=frozenset({port})))
            said.add(str(refusal.value))
    closed.close()
    assert len(said) == 1


def test_without_ports_nothing_is_asked(internet: Internet, settings):
    settings.OUTBOUND_PORTS = []
    internet.put("public.example", {"/": answer(b"Words")})
    with pytest.raises(NotAllowed):
        fetch("http://public.example/")
    assert internet.resolved == internet.dialled == []


def test_the_environment_names_no_proxy(internet: Internet, monkeypatch: pytest.MonkeyPatch, listeners: list[Site]):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listeners[0].port}")
    internet.put("public.example", {"/": answer(b"Words")})
    assert fetch("http://public.example/").content == b"Words"


def test_a_name_that_nobody_has_gives_no_answer(internet: Internet):
    with pytest.raises(NoAnswer):
        fetch("http://nobody.example/")
