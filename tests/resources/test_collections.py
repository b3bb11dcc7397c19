"""Collections: made, filled, ordered and read, each by their own rights."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hide_person
from community.actions import join, pause_writing, remove_member
from resources.actions import add_item, move_item, remove_item
from resources.models import Collection, CollectionItem
from tests.factories import a_collection, a_resource, a_thread, a_wiki_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def beyond(world):
    """A resource of the other community, of which Fay is a member, too."""
    join(world.other, world.fay)
    return a_resource(world.other.places.commons().get(), sharer=world.cy, title="canary-beyond")


@pytest.fixture
def filled(world, beyond):
    """Fay's collection for the cohort: a resource, something that only she sees, a wiki page and a conversation."""
    things = [
        a_resource(world.place, sharer=world.fay, title="A field study", url="https://example.org/study"),
        beyond,
        a_wiki_page(world.place, author=world.fay, title="Field guide"),
        a_thread(world.place, author=world.alice, title="Who stays quiet?"),
    ]
    return a_collection(world.commons, *things, by=world.fay, title="For new hosts", words="Begin *here*.")


def read(client, collection):
    return client.get(collection.get_absolute_url()).content.decode()


def names(collection, person):
    return [item.target.bookmark_title for item in collection.items.shown_to(person)]


def url_of(name, item):
    return reverse(name, args=[item.collection_id, item.pk])


def test_a_collection_is_read_in_order_with_words_between(world, client_of, filled):
    page = read(client_of(world.fay), filled)
    assert "Begin <em>here</em>." in page
    order = [page.index(f">{title}</a>") for title in names(filled, world.fay)]
    assert len(order) == 4
    assert order == sorted(order)
    assert 'href="https://example.org/study"' in page
    assert "About it, number" in page


def test_what_a_reader_may_not_see_is_left_out_without_a_trace(world, client_of, filled, beyond):
    bo = client_of(world.bo)
    page = read(bo, filled)
    assert "canary" not in page
    assert names(filled, world.bo) == ["A field study", "Field guide", "Who stays quiet?"]
    assert world.other.title not in page
    hidden = CollectionItem.objects.get(object_id=beyond.pk, kind="resource")
    remove_item(hidden)
    assert Collection.objects.get().edited_at == filled.edited_at
    assert plain(read(bo, filled)) == plain(page)


def plain(page):
    """Without the token, which differs from page to page."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_rights_are_those_of_the_moment(world, client_of, filled):
    bo = client_of(world.bo)
    assert "A field study" in read(bo, filled)
    remove_member(world.community.membership_of(world.bo))
    assert bo.get(filled.get_absolute_url()).status_code == 404
    remove_member(world.other.membership_of(world.fay))
    assert "canary" not in read(client_of(world.fay), filled)


def test_one_for_its_curators_is_seen_by_nobody_else(world, client_of, filled):
    mine = a_collection(None, a_resource(world.place, sharer=world.fay), by=world.bo, title="canary-mine")
    for other in (world.fay, world.alice, world.al):
        client = client_of(other)
        assert client.get(mine.get_absolute_url()).status_code == 404
        assert "canary-mine" not in client.get("/collections/").content.decode()
    assert "canary-mine" in client_of(world.bo).get("/collections/").content.decode()


def test_a_person_makes_one_and_a_double_click_makes_one(world, client_of):
    bo, words = client_of(world.bo), {"title": "Mine", "words": "For later.", "key": uuid4()}
    answers = [bo.post(reverse("new_collection"), words) for _ in range(2)]
    assert [answer.url for answer in answers] == [Collection.objects.get().get_absolute_url()] * 2


def test_only_guides_make_one_in_the_name_of_a_community_and_only_of_their_own(world, client_of):
    words = {"title": "Ours", "key": uuid4(), "place": world.commons.pk, "is_communitys": "on"}
    client_of(world.bo).post(reverse("new_collection"), words)
    assert Collection.objects.get().is_communitys is False
    join(world.other, world.fay)
    elsewhere = words | {"place": world.other.places.commons().get().pk, "key": uuid4()}
    assert client_of(world.fay).post(reverse("new_collection"), elsewhere).status_code == 422
    stranger = client_of(world.cy).post(reverse("new_collection"), words | {"key": uuid4()})
    assert stranger.status_code == 422
    client_of(world.fay).post(reverse("new_collection"), words)
    ours = Collection.objects.get(is_communitys=True)
    assert "Kept by Heron cohort" in read(client_of(world.bo), ours)
    assert client_of(world.alice).get(reverse("edit_collection", args=[ours.pk])).status_code == 200


def test_something_is_put_into_a_collection_or_a_new_one(world, client_of, filled):
    fay, study = client_of(world.fay), a_resource(world.place, sharer=world.fay, title="Another study")
    url = reverse("collect", args=["resource", study.pk])
    assert "Another study" in fay.get(url).content.decode()
    for _ in range(2):
        answer = fay.post(url, {"collection": filled.pk, "words": "Shorter.", "key": uuid4()})
    assert answer.url.startswith(filled.get_absolute_url())
    assert names(filled, world.bo)[-1] == "Another study"
    assert filled.items.count() == 5
    refused = fay.post(url, {"collection": filled.pk, "words": "Longer.", "key": uuid4()})
    assert refused.status_code == 422
    assert "Longer." in refused.content.decode()
    key = uuid4()
    for _ in range(2):
        fay.post(url, {"title": "A new one", "words": "First.", "key": key})
    assert names(Collection.objects.get(title="A new one"), world.fay) == ["Another study"]
    assert fay.post(url, {"key": uuid4(), "words": "Kept"}).status_code == 422


def test_nothing_is_put_in_that_one_may_not_see_nor_where_one_does_not_curate(world, client_of, filled, beyond):
    bo = client_of(world.bo)
    assert bo.post(reverse("collect", args=["resource", beyond.pk]), {"title": "T"}).status_code == 404
    study = a_resource(world.place, sharer=world.fay)
    refused = bo.post(reverse("collect", args=["resource", study.pk]), {"collection": filled.pk, "key": uuid4()})
    assert refused.status_code == 422
    assert "For new hosts" not in refused.content.decode()
    assert bo.get(reverse("collect", args=["collection", filled.pk])).status_code == 404
    assert filled.items.count() == 4


def test_items_go_up_and_down_past_what_their_curator_does_not_see(world, filled, client_of):
    remove_member(world.other.membership_of(world.fay))
    fay, guide = client_of(world.fay), filled.items.get(kind="wiki")
    fay.post(url_of("move_item", guide), {"to": "up"})
    assert names(filled, world.fay) == ["Field guide", "A field study", "Who stays quiet?"]
    assert move_item(item=guide, person=world.fay, step=-1) is False
    answer = fay.post(url_of("move_item", guide), {"to": "down"}, headers={"HX-Request": "true"})
    assert names(filled, world.fay) == ["A field study", "Field guide", "Who stays quiet?"]
    assert 'value="down" data-focus' in answer.content.decode()
    assert "Now number 2." in answer["HX-Trigger"]
    assert sorted(filled.items.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_an_item_is_taken_out_and_brought_back_with_its_words(world, client_of, filled):
    fay, guide = client_of(world.fay), filled.items.get(kind="wiki")
    page = fay.get(fay.post(url_of("remove_item", guide)).url).content.decode()
    assert url_of("restore_item", guide) in page
    assert "Field guide" not in names(filled, world.fay)
    fay.post(url_of("restore_item", guide))
    assert names(filled, world.fay)[2] == "Field guide"
    fay.post(url_of("remove_item", guide))
    add_item(collection=filled, target=a_wiki_page(world.place, author=world.fay), person=world.fay)
    words = guide.source
    fay.post(reverse("collect", args=["wiki", guide.object_id]), {"collection": filled.pk, "key": uuid4()})
    assert names(filled, world.fay)[-1] == "Field guide"
    assert filled.items.get(pk=guide.pk).source == words


@pytest.mark.parametrize("what", ["collection", "item"])
def test_a_stale_save_shows_both_texts_and_overwrites_nothing(world, client_of, filled, what):
    fay, item = client_of(world.fay), filled.items.first()
    url = reverse("edit_collection", args=[filled.pk]) if what == "collection" else url_of("edit_item", item)
    form = {"title": "For new hosts", "place": world.commons.pk, "version": 1}
    assert fay.post(url, form | {"words": "First words."}).status_code == 302
    late = fay.post(url, form | {"words": "Late words."})
    page = late.content.decode()
    assert late.status_code == 409
    assert "First words." in page
    assert "Late words." in page
    assert fay.post(url, form | {"words": "Late words.", "version": 2}).status_code == 302
    assert "Late words." in read(client_of(world.bo), filled)


def test_words_that_do_not_fit_or_come_while_paused_stay_in_the_form(world, client_of, filled):
    fay, url = client_of(world.fay), url_of("edit_item", filled.items.first())
    long = fay.post(url, {"words": "x" * 2001, "version": 1})
    assert long.status_code == 422
    assert "x" * 2001 in long.content.decode()
    pause_writing(world.community.membership_of(world.fay), until=timezone.now() + timedelta(days=1))
    study = a_resource(world.commons, sharer=world.alice)
    collect = reverse("collect", args=["resource", study.pk])
    for address in (url, reverse("edit_collection", args=[filled.pk]), collect):
        form = {"title": "T", "words": "Kept words", "version": 1, "place": world.commons.pk, "key": uuid4()}
        paused = fay.post(address, form | {"collection": filled.pk})
        assert paused.status_code == 422
        assert "Kept words" in paused.content.decode()


def test_a_removed_collection_is_gone_and_can_be_brought_back(world, client_of, filled):
    fay = client_of(world.fay)
    gone = fay.post(reverse("remove_collection", args=[filled.pk])).url
    assert reverse("restore_collection", args=[filled.pk]) in fay.get(gone).content.decode()
    assert client_of(world.bo).get(filled.get_absolute_url()).status_code == 404
    assert fay.post(reverse("restore_collection", args=[filled.pk])).url == filled.get_absolute_url()
    assert "A field study" in read(client_of(world.bo), filled)


def test_a_collection_is_kept_and_lost_with_its_rights_as_anything_else(world, client_of, filled):
    bo, mine = client_of(world.bo), a_collection(None, by=world.bo, title="Mine alone")
    for collection in (filled, mine):
        bo.post(reverse("bookmark", args=["collection", collection.pk]))
    page = bo.get("/bookmarks/?kind=collection").content.decode()
    assert "For new hosts" in page
    assert "Mine alone" in page
    assert client_of(world.al).post(reverse("bookmark", args=["collection", mine.pk])).status_code == 404
    remove_member(world.community.membership_of(world.bo))
    assert "For new hosts" not in bo.get("/bookmarks/").content.decode()


def test_lists_leave_out_what_somebody_made_whom_one_has_blocked(world, client_of, filled):
    hide_person(person=world.bo, hidden=world.fay)
    bo = client_of(world.bo)
    for url in ("/collections/", reverse("community_collections", args=[world.community.slug])):
        assert "For new hosts" not in bo.get(url).content.decode()
    assert "For new hosts" in client_of(world.al).get(url).content.decode()


def test_as_many_queries_for_many_items_as_for_few(world, client_of, filled, django_assert_num_queries):
    bo = client_of(world.bo)
    read(bo, filled)
    with django_assert_num_queries(10):
        read(bo, filled)
    for _ in range(8):
        add_item(collection=filled, target=a_wiki_page(world.place, author=world.fay), person=world.fay)
    with django_assert_num_queries(10):
        read(bo, filled)
