"""Wiki pages: everybody of a place writes them, and every version is kept."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from community.models import EditConflict
from markup import LIMITS, Profile
from notifications.models import Event
from tests.factories import a_community, a_member, a_wiki_page, commons_of
from wiki.actions import edit_page
from wiki.models import Revision, WikiPage

pytestmark = pytest.mark.django_db
LIMIT = LIMITS[Profile.WIKI]


@pytest.fixture
def place(db):
    return commons_of(a_community("Heron circle"))


@pytest.fixture
def bo(place):
    return a_member(place.community, "Bo Lindqvist")


@pytest.fixture
def page(place):
    return a_wiki_page(place, title="Glossary", body="Old words.\n")


@pytest.fixture
def create(client_of, place, bo):
    client, key = client_of(bo), uuid.uuid4()
    address = reverse("new_wiki_page", args=[place.community.slug, place.pk])
    return lambda **fields: client.post(address, {"title": "Glossary", "body": "Words.", "key": key} | fields)


@pytest.fixture
def edit(client_of, page, bo):
    client = client_of(bo)
    address = reverse("edit_wiki_page", args=[page.community.slug, page.slug])
    return lambda **fields: client.post(address, {"body": "New words.", "version": page.version} | fields)


def texts(page):
    return list(page.revisions.order_by("number").values_list("source", flat=True))


def test_a_new_page_has_its_first_version(create, client_of, place, bo):
    response = create(body="# Herons\r\n\r\nThey *wait*.", summary="A start")
    assert response.url == f"/c/{place.community.slug}/w/glossary/"
    page = WikiPage.objects.get()
    assert (page.version, page.source, page.last_edited_by) == (1, "# Herons\n\nThey *wait*.", bo)
    revision = page.revisions.get()
    assert (revision.number, revision.source, revision.summary, revision.author) == (1, page.source, "A start", bo)
    assert "They <em>wait</em>." in client_of(bo).get(response.url).content.decode()
    assert [event.verb for event in Event.objects.all()] == ["edited"]


def test_the_form_of_a_new_page_brings_a_key_and_sent_twice_makes_one_page(client_of, create, place, bo):
    form = client_of(bo).get(reverse("new_wiki_page", args=[place.community.slug, place.pk])).content.decode()
    assert 'type="hidden" name="key"' in form
    assert create().url == create().url
    assert (WikiPage.objects.count(), Revision.objects.count()) == (1, 1)


def test_pages_of_one_title_have_addresses_of_their_own(create, place):
    titles = ["Glossary", "glossary", "Glossary!", "词汇", "?"]
    slugs = [create(key=uuid.uuid4(), title=title, anyway="on").url.split("/")[4] for title in titles]
    assert slugs == ["glossary", "glossary-2", "glossary-3", "page", "page-2"]
    elsewhere = a_wiki_page(commons_of(a_community()), title="Glossary")
    assert elsewhere.slug == "glossary"


@pytest.mark.parametrize(("field", "value"), [("title", ""), ("title", "t" * 121), ("body", " \n "), ("body", "a\0b")])
def test_a_refused_page_keeps_what_was_typed(create, field, value):
    response = create(summary="Kept summary", **{field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == value
    assert "Kept summary" in response.content.decode()
    assert not WikiPage.objects.exists()


def test_an_edit_makes_a_version_and_keeps_the_one_before(edit, page, bo):
    response = edit(summary="Clearer")
    assert response.url == page.get_absolute_url()
    page.refresh_from_db()
    assert (page.version, page.source, page.last_edited_by, page.author_count) == (2, "New words.", bo, 2)
    assert texts(page) == ["Old words.\n", "New words."]
    edit(version=2, body="Newer words.")
    page.refresh_from_db()
    assert page.author_count == 2


@pytest.mark.parametrize("version", [0, 2, 2**31 - 1])
def test_a_save_on_another_version_shows_both_texts_and_overwrites_nothing(edit, page, place, version):
    fay = a_member(place.community, "Fay Okafor")
    edit_page(author=fay, page=page, body="Words of <Fay>.", version=1)
    edit_page(author=fay, page=page, body="Last words of <Fay>.", version=2)
    response = edit(body="Other words.", version=version, summary="Mine")
    shown = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 409
    assert [text.text for text in shown.select(".wording")] == ["Last words of <Fay>.", "Other words."]
    page.refresh_from_db()
    assert (page.version, page.source) == (3, "Last words of <Fay>.")
    assert page.revisions.count() == 3


def test_an_edit_sent_twice_makes_one_version(edit, page):
    assert [edit().status_code, edit().status_code] == [302, 302]
    assert page.revisions.count() == 2
    assert Event.objects.count() == 2


@pytest.mark.parametrize("version", ["", "x", "-1", str(2**31), "1.5"])
def test_without_a_true_version_nothing_is_saved_and_the_words_stay(edit, page, version):
    response = edit(version=version, body="Kept words.")
    assert response.status_code == 422
    assert "Kept words." in response.content.decode()
    assert page.revisions.count() == 1


def test_a_text_that_is_too_long_is_refused_with_both_numbers_and_kept(edit, page):
    assert LIMIT == 60_000
    long = "wörd " * 12_000 + "!"
    response = edit(body=long)
    html = response.content.decode()
    assert response.status_code == 422
    assert "That is 60001 characters; 60000 fit." in html
    assert long in html
    assert page.revisions.count() == 1
    assert edit(body="\r\n".join(["x" * 59] * 1_000)).status_code == 302  # line ends count once, as they were typed


def test_the_history_is_newest_first_and_each_version_can_be_read(client_of, edit, page, bo):
    for version in (1, 2, 3):
        edit(version=version, body=f"Words {version + 1} <i>", summary=f"Change {version + 1}")
    client = client_of(bo)
    html = client.get(reverse("wiki_history", args=[page.community.slug, page.slug])).content.decode()
    assert sorted(range(2, 5), key=lambda n: html.index(f"Change {n}")) == [4, 3, 2]
    old = client.get(reverse("wiki_revision", args=[page.community.slug, page.slug, 1])).content.decode()
    assert "Old words." in old
    assert "Words 4" not in old
    assert client.get(reverse("wiki_revision", args=[page.community.slug, page.slug, 5])).status_code == 404


def test_markup_of_a_page_comes_out_harmless_everywhere(create, client_of, bo):
    hostile = '<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) <b hx-get="/x">b</b>'
    address = create(title="<script>alert(0)</script>", body=hostile, summary="<script>alert(4)</script>").url
    for path in (address, f"{address}edit/", f"{address}history/", f"{address}history/1/"):
        html = client_of(bo).get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript:' not in html
        assert "<b hx-get" not in html


def test_a_page_is_reached_through_its_own_community_only(client_of, page, bo):
    other = a_community(members=(bo,))
    for name, more in (("wiki_page", []), ("edit_wiki_page", []), ("wiki_history", []), ("wiki_revision", [1])):
        assert client_of(bo).get(reverse(name, args=[other.slug, page.slug, *more])).status_code == 404
    place = reverse("new_wiki_page", args=[other.slug, page.place_id])
    assert client_of(bo).post(place, {"title": "A", "body": "B", "key": uuid.uuid4()}).status_code == 404


def test_the_conflict_tells_what_stands_now(page, bo):
    with pytest.raises(EditConflict) as conflict:
        edit_page(author=bo, page=page, body="Mine.", version=7)
    assert conflict.value.text.source == page.source
