"""The shelf: what people share at a place."""

import re
import uuid
from html import unescape

import pytest
from django.urls import reverse

from community.actions import join
from markup import LIMITS, Profile
from notifications.models import Event
from resources.models import Resource, Sharing
from resources.views import RESOURCES_A_PAGE
from tests.factories import a_community, a_member, a_resource, commons_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def place(db):
    return commons_of(a_community())


@pytest.fixture
def client(place, client_of):
    return client_of(a_member(place.community, "Bo Lindqvist"))


@pytest.fixture
def shelf(place):
    return reverse("shelf", args=[place.community.slug, place.pk])


@pytest.fixture
def share(client, shelf):
    def send(url="https://example.org/a", key=None, headers=None, **fields):
        return client.post(shelf, {"what": url, "key": key or uuid.uuid4()} | fields, headers=headers)

    return send


def test_a_link_is_on_the_shelf_with_who_why_and_what_it_is_about(share, client, shelf, place):
    response = share(title="On herons", why="They *wait*.", tags="Birds, patience")
    resource = Resource.objects.get()
    assert response.url == resource.sharings.get().get_absolute_url()
    html = client.get(shelf).content.decode()
    assert (
        '<a class="t" dir="auto" href="https://example.org/a" rel="noopener noreferrer nofollow ugc">On herons</a>'
        in html
    )
    assert "They <em>wait</em>." in html
    assert "shared by" in html
    assert "Bo Lindqvist" in html
    assert sorted(resource.tags.names()) == ["birds", "patience"]
    assert [event.verb for event in Event.objects.all()] == ["shared"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)//https://x.org", " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>", "vbscript:x", "ftp://example.org/a", "ftps://example.org/a",
        "file:///etc/passwd", "mailto:a@example.org", "//", "https://", "http://[::1", "https://exa mple.org",
        "https://example.org/\nX: y", "blob:https://example.org/1", "",
    ],
)  # fmt: skip
def test_only_web_addresses_can_be_shared(share, url):
    response = share(url, title="Kept title", why="Kept words")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["what"]
    html = response.content.decode()
    assert "Kept title" in html
    assert "Kept words" in html
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept", "title"),
    [
        ("https://www.example.org/a?b=c&d#e", "https://www.example.org/a?b=c&d#e", "example.org/a?b=c&d#e"),
        ("example.org/herons", "https://example.org/herons", "example.org/herons"),
        ("HTTP://Example.org", "HTTP://Example.org", "Example.org"),
        ("https://bücher.example/ä", "https://bücher.example/ä", "bücher.example/ä"),
    ],
)
def test_a_link_without_a_title_is_called_by_its_address(share, typed, kept, title):
    assert share(typed).status_code == 302
    resource = Resource.objects.get()
    assert (resource.url, resource.title, resource.name, resource.talk.title) == (kept, "", title, title)


def test_the_longest_address_fits_and_a_longer_one_is_refused(share):
    longest = "https://example.org/" + "a" * (Resource.URL_MAX - 20)
    assert share(longest).status_code == 302
    assert len(Resource.objects.get().name) == 200
    assert share(longest + "a").status_code == 422


def test_a_note_is_rendered_and_harmless(share, client, shelf):
    hostile = '<script>alert(1)</script> **bold** <b onclick="x()" hx-get="/x" id="main">b</b> [x](javascript:alert(1))'
    share(why=hostile)
    note = Sharing.objects.get().html
    assert "<strong>bold</strong>" in note
    assert re.findall(r"<(script|b\b|\w+[^>]*(?:onclick|hx-get|id|href)=)", note) == []
    assert note in client.get(shelf).content.decode()


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"])
def test_a_hostile_title_is_only_a_title(share, client, shelf, title):
    share(title=title, tags="<b>tag</b>")
    html = client.get(shelf).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert title in unescape(html)
    assert "<b>tag</b>" not in html


@pytest.mark.parametrize("tags", [", ".join("abcdefghi"), "t" * 41, "fine, " + "t" * 41])
def test_too_many_or_too_long_tags_are_refused_and_kept(share, tags):
    response = share(tags=tags)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["tags"]
    assert tags in response.content.decode()
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        (", ".join("abcdefgh"), list("abcdefgh")),
        ("Birds, birds, BIRDS", ["birds"]),
        ('"two words", one', ["one", "two words"]),
        ("词汇, 🪶, !", ["!", "词汇", "🪶"]),
        (" , ,", []),
        ("t" * 40, ["t" * 40]),
    ],
)
def test_tags_are_kept_in_small_letters_and_once(share, tags, kept):
    for address in ("https://example.org/1", "https://example.org/2"):
        share(address, tags=tags)
    assert [sorted(resource.tags.names()) for resource in Resource.objects.all()] == [kept, kept]


def test_a_note_that_is_too_long_is_refused_with_both_numbers_and_kept(share):
    limit = LIMITS[Profile.NOTE]
    long = "n" * (limit + 1)
    response = share(why=long)
    assert response.status_code == 422
    assert f"That is {limit + 1} characters; {limit} fit." in response.content.decode()
    assert long in response.content.decode()
    assert not Resource.objects.exists()


def test_the_same_form_sent_twice_shares_once(share):
    key = uuid.uuid4()
    assert share(key=key, tags="a").url == share(key=key, tags="a").url
    assert (Resource.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize("key", ["", "x", "1"])
def test_a_form_without_its_key_shares_nothing(client, shelf, key):
    assert client.post(shelf, {"what": "https://example.org", "key": key}).status_code == 422
    assert not Resource.objects.exists()


def test_with_htmx_the_answer_is_the_row_and_a_fresh_form(share):
    html = share(title="On herons", why="Words", headers=HTMX).content.decode()
    assert "<html" not in html
    assert 'hx-swap-oob="afterbegin:#shelf-rows"' in html
    assert "On herons" in html
    assert str(Sharing.objects.get().key) not in html
    refused = share("ftp://example.org", title="Kept title", headers=HTMX)
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()
    assert "Kept title" in refused.content.decode()


def test_the_shelf_is_newest_first_page_by_page_in_as_many_queries(
    client, shelf, place, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("resources.actions.sharing.refuse_if_too_fast", lambda *_: None)
    sharer = a_member(place.community)
    for number in range(RESOURCES_A_PAGE + 1):
        a_resource(place, sharer=sharer, title=f"Link {number:03}", tags=["a", f"t{number}"])
    client.get(shelf)  # the first page of the day notes the visit
    with django_assert_max_num_queries(10):
        html = client.get(shelf).content.decode()
    assert html.index("Link 040") < html.index("Link 039") < html.index("Link 001")
    assert "Link 000" not in html
    assert "Link 000" in client.get(shelf, {"page": 2}).content.decode()


def test_a_shelf_is_reached_by_its_own_members_through_its_own_community(client_of, place):
    other = a_community()
    bo, cy = a_member(place.community), a_member(other)
    join(other, bo)
    form = {"what": "https://example.org", "key": uuid.uuid4()}
    for person, community in ((bo, other), (cy, other), (cy, place.community)):
        address = reverse("shelf", args=[community.slug, place.pk])
        assert client_of(person).get(address).status_code == 404
        assert client_of(person).post(address, form).status_code == 404
    assert not Resource.objects.exists()
