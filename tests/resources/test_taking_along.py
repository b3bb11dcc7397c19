"""A collection as a feed, as a page for a disk and as data: with the rights of whoever asks, at that moment."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from community.actions import join, remove_member
from resources.actions import add_item
from resources.models import FeedAddress
from tests.factories import a_collection, a_resource, a_thread

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def filled(world):
    join(world.other, world.fay)
    things = [
        a_resource(
            world.place, sharer=world.fay, title="A <b>field</b> study", url="https://example.org/study?a=1&b=2"
        ),
        a_resource(world.other.places.commons().get(), sharer=world.cy, title="canary-beyond"),
    ]
    made = a_collection(world.commons, *things, by=world.fay, title="For new hosts", words="Begin *here*, @bo.")
    thread = a_thread(world.place, author=world.alice, title="Odd \x08letters")
    add_item(collection=made, target=thread, person=world.fay, words="See [Bo](/people/bo/).")
    return made


def feed_of(client, collection):
    """The address as its page shows it once."""
    page = client.post(reverse("collection_feed", args=[collection.pk]))
    assert page["Cache-Control"] == "private, no-store"
    return re.search(r'value="http://testserver(/feeds/[^"]+)"', page.content.decode())[1]


def titles(xml):
    return [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(xml).iter(f"{ATOM}entry")]


def test_a_feed_reader_reads_what_its_person_sees_the_newest_first(world, client_of, filled):
    url = feed_of(client_of(world.bo), filled)
    answer = client_of(None).get(url)
    assert titles(answer.content) == ["Odd letters", "A <b>field</b> study"]
    assert "canary" not in answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-cache", "no-referrer")
    assert "http://testserver/people/bo/" in answer.content.decode()
    fay = client_of(None).get(feed_of(client_of(world.fay), filled))
    assert "canary-beyond" in titles(fay.content)


def test_the_address_is_told_once_and_stands_nowhere(world, client_of, filled):
    bo = client_of(world.bo)
    url = feed_of(bo, filled)
    token = url.split("/")[2]
    assert token not in bo.get(filled.get_absolute_url()).content.decode()
    assert token not in client_of(None).get(url).content.decode()
    assert token not in str(FeedAddress.objects.values())


def test_a_renewed_address_ends_the_old_one_and_ended_is_ended(world, client_of, filled):
    bo, nobody = client_of(world.bo), client_of(None)
    first, second = feed_of(bo, filled), feed_of(bo, filled)
    assert [nobody.get(url).status_code for url in (first, second)] == [404, 200]
    bo.post(reverse("collection_feed", args=[filled.pk]), {"end": "1"})
    assert nobody.get(second).status_code == 404
    assert nobody.get("/feeds/none/").status_code == 404


def test_a_feed_dies_with_the_rights_of_its_person(world, client_of, filled):
    url, nobody = feed_of(client_of(world.bo), filled), client_of(None)
    remove_member(world.community.membership_of(world.bo))
    assert nobody.get(url).status_code == 404
    join(world.community, world.bo)
    assert nobody.get(url).status_code == 200
    world.bo.is_active = False
    world.bo.save(update_fields=["is_active"])
    assert nobody.get(url).status_code == 404


def test_nobody_gets_an_address_for_what_they_may_not_see(world, client_of, filled):
    assert client_of(world.cy).post(reverse("collection_feed", args=[filled.pk])).status_code == 404
    assert FeedAddress.objects.count() == 0


def test_as_data_it_says_all_that_its_reader_sees(world, client_of, filled):
    url = reverse("export_collection", args=[filled.pk, "json"])
    answer = client_of(world.bo).get(url)
    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="for-new-hosts.json"'
    assert (data["format"], data["version"], data["by"]) == ("weft-collection", 1, "Fay Okafor")
    assert data["words"]["markdown"] == "Begin *here*, @bo."
    assert [item["kind"] for item in data["items"]] == ["resource", "thread"]
    study = data["items"][0]
    assert (study["title"], study["link"]) == ("A <b>field</b> study", "https://example.org/study?a=1&b=2")
    assert study["community"] == "Heron cohort"
    assert "canary" not in answer.content.decode()
    assert "canary-beyond" in client_of(world.fay).get(url).content.decode()
    assert client_of(world.bo).get(url.replace("json", "pdf")).status_code == 404


def test_as_a_page_it_asks_nothing_of_anybody_and_runs_nothing(world, client_of, filled):
    answer = client_of(world.bo).get(reverse("export_collection", args=[filled.pk, "html"]))
    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="for-new-hosts.html"'
    assert "A &lt;b&gt;field&lt;/b&gt; study" in page
    assert 'href="https://example.org/study?a=1&amp;b=2"' in page
    assert 'href="http://testserver/people/bo/"' in page
    assert "default-src 'none'" in page
    assert re.findall(r"<script|<link|<img|<iframe|@import|url\(|\son\w+=", page) == []
    assert "canary" not in page
