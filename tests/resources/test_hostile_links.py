"""Links to sites that mean harm: the link stands, nobody inside is contacted, and nothing gets stuck."""

import gzip

import pytest

from resources import tasks
from resources.models import LinkPreview
from tests.factories import a_community, a_resource, an_upload, commons_of
from tests.sites import PUBLIC, Internet, Site, answer, endless, leads_to, page

pytestmark = pytest.mark.django_db
GZIPPED = "Content-Encoding: gzip\r\n"
IMAGE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"


@pytest.fixture
def listener(internet: Internet):
    site = Site({"/": answer(b"canary")})
    yield site
    site.close()
    assert site.asked == []


def preview_of(url: str) -> LinkPreview:
    link = a_resource(commons_of(a_community()), url=url)
    tasks.fetch_preview(link.pk)
    tasks.check_links()
    return LinkPreview.objects.get(resource=link)


def pictured(address: str) -> bytes:
    return page(f"<title>Words</title><meta property='og:image' content='{address}'>")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/", "http://rebound.example/", "//[::1]/", "http://0x7f.1/", "file:///etc/passwd",
        "http://localhost/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/a.png",
        "data:image/png;base64,AAAA", "javascript:alert(1)", "http://weft.example.net/c/secret/picture/",
        "http://user:word@public.example/p.png", "http://public.example:8080/p.png", "http://public.example/away",
    ],
)  # fmt: skip
def test_a_picture_from_inside_is_not_fetched(address, internet: Internet, listener: Site, settings):
    settings.SITE_URL = "https://weft.example.net"
    internet.names |= {"rebound.example": ["127.0.0.1"], "weft.example.net": [PUBLIC]}
    pages = {"/": pictured(address.format(port=listener.port)), "/away": leads_to("http://127.0.0.1/")}
    internet.put("public.example", pages)
    preview = preview_of("http://public.example/")
    assert preview.title == "Words"
    assert not preview.picture
    assert {address for address, _port in internet.dialled} == {PUBLIC}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://10.0.0.1/", "http://rebound.example/", "http://public.example/"]
)
def test_a_link_to_the_inside_is_not_fetched_and_not_marked(url, internet: Internet, listener: Site):
    internet.names["rebound.example"] = ["127.0.0.1"]
    internet.put("public.example", {"/": leads_to("http://169.254.169.254/")})
    preview = preview_of(url)
    assert (preview.fetched_at, preview.title, preview.failing_since, preview.due_at) == (None, "", None, None)
    assert {address for address, _port in internet.dialled} <= {PUBLIC}


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(endless(IMAGE, b"\x89PNG" * 9_999), id="endless"),
        pytest.param(answer(an_upload(size=(9_000, 9_000), mode="1").read(), kind="image/png"), id="pixel bomb"),
        pytest.param(answer(gzip.compress(b"\0" * 4_000_000), kind="image/png", head=GZIPPED), id="bomb"),
        pytest.param(answer(b"<svg onload='alert(1)'/>", kind="image/svg+xml"), id="svg"),
        pytest.param(answer(b"<title>no picture</title>"), id="a page"),
        pytest.param(answer(status="404 Not Found"), id="gone"),
        pytest.param(leads_to("/p.png"), id="in circles"),
    ],
)  # fmt: skip
def test_a_hostile_picture_leaves_the_words(picture, internet: Internet):
    def site(connection, head):
        if "/p.png" not in head:
            connection.sendall(pictured("/p.png"))
        elif callable(picture):
            picture(connection, head)
        else:
            connection.sendall(picture)

    internet.put("public.example", site)
    preview = preview_of("http://public.example/")
    assert (preview.title, preview.picture.name) == ("Words", "")
    assert preview.fetched_at
