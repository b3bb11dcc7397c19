"""Words that are not saved yet, and who else writes at the same moment."""

import uuid

import pytest
from django.urls import reverse

from community.models import Draft, others_editing
from tests.factories import a_wiki_page
from wiki.actions import edit_page, hide_text

BODY = "Herons wait.\n\nThey strike.\n"
SIT, STAND = BODY.replace("wait", "sit"), BODY.replace("wait", "stand")


@pytest.fixture
def page(world):
    return a_wiki_page(world.place, author=world.bo, title="Herons", body=BODY)


@pytest.fixture
def bo(world, client_of):
    return client_of(world.bo)


def address(page, name="edit_wiki_page"):
    return reverse(name, args=[page.community.slug, page.slug])


def keep(client, slot, body, **more):
    return client.post("/drafts/save/", {"slot": slot, "body": body} | more)


def slots(user):
    return list(user.drafts.order_by("pk").values_list("slot", "body"))


def test_a_draft_of_an_edit_is_kept_and_goes_when_it_is_saved(world, bo, page):
    slot = f"wiki:{page.pk}:1"
    assert f'<draft-keeper name="{slot}"' in bo.get(address(page)).content.decode()
    assert keep(bo, slot, SIT).status_code == 200
    assert f'href="{address(page)}?version=1"' in bo.get("/drafts/").content.decode()
    bo.post(address(page), {"body": SIT, "version": 1})
    assert slots(world.bo) == []


@pytest.mark.parametrize("slot", ["wiki:{page}:1", "wiki-page:{place}"])
def test_nobody_keeps_a_draft_where_they_may_not_look(client_of, world, page, slot):
    slot = slot.format(page=page.pk, place=world.place.pk)
    for who, status in ((world.al, 200), (world.cy, 404), (world.ed, 404)):
        assert keep(client_of(who), slot, SIT).status_code == status


def test_a_draft_of_a_new_page_goes_with_it_and_its_key_counts_as_posted(world, bo):
    slot, key = f"wiki-page:{world.place.pk}", uuid.uuid4()
    assert keep(bo, slot, "Words.", title="Herons").status_code == 200
    path = reverse("new_wiki_page", args=[world.community.slug, world.place.pk])
    assert f'href="{path}"' in bo.get("/drafts/").content.decode()
    bo.post(path, {"title": "Herons", "body": "Words.", "key": key})
    assert slots(world.bo) == []
    assert bo.get("/drafts/mine/", {"slot": slot, "key": str(key)}).json()["posted"] == [str(key)]


def test_what_was_sent_into_a_conflict_is_a_draft_until_it_is_decided(world, bo, page):
    edit_page(author=world.fay, page=page, body=STAND, version=1)
    assert bo.post(address(page), {"body": SIT, "version": 1}).status_code == 409
    assert slots(world.bo) == [(f"wiki:{page.pk}:1", SIT)]
    html = bo.get(address(page)).content.decode()
    assert f'You have a draft that goes on from another version. <a href="{address(page)}?version=1"' in html
    again = bo.get(address(page), {"version": 1}).context["form"]
    assert (again["body"].value(), again["version"].value()) == (SIT, 1)
    fields = {"body": SIT, "base": 1, "version": 2, "choice-0": "both", "own-0": ""}
    assert bo.post(address(page, "merge_wiki_page"), fields).status_code == 302
    assert slots(world.bo) == []


def test_of_a_second_conflict_the_newest_words_are_the_draft(world, bo, page):
    page = edit_page(author=world.fay, page=page, body=STAND, version=1)
    bo.post(address(page), {"body": SIT, "version": 1})
    edit_page(author=world.fay, page=page, body=BODY.replace("wait", "dance"), version=2)
    fields = {"body": SIT, "base": 1, "version": 2, "choice-0": "mine", "own-0": ""}
    assert bo.post(address(page, "merge_wiki_page"), fields).status_code == 409
    assert slots(world.bo) == [(f"wiki:{page.pk}:2", SIT)]


def test_a_draft_does_not_go_on_from_hidden_words(world, bo, page):
    edit_page(author=world.fay, page=page, body=STAND, version=1)
    hide_text(by=world.alice, revision=page.revisions.get(number=1), reason="Why.")
    for asked in ("1", "9", "x", "9" * 12):
        form = bo.get(address(page), {"version": asked}).context["form"]
        assert (form["body"].value(), form["version"].value()) == (STAND, 2)


def test_who_edits_sees_who_else_does(world, client_of, bo, page):
    assert "is editing this page too" not in bo.get(address(page)).content.decode()
    fay = client_of(world.fay)
    html = fay.get(address(page)).content.decode()
    assert "<bdi>Bo Lindqvist</bdi> is editing this page too." in html
    here = reverse("editing_wiki_page", args=[page.community.slug, page.slug])
    assert "Fay Okafor" in bo.post(here).content.decode()
    assert "Fay Okafor" not in client_of(world.al).get(page.get_absolute_url()).content.decode()
    fay.post(here, {"left": "1"})
    assert bo.post(here).content.decode().strip() == ""


def test_who_may_not_see_the_page_any_more_is_not_named(world, client_of, bo, page):
    client_of(world.fay).get(address(page))
    world.community.memberships.of(world.fay).get().delete()
    assert others_editing(f"wiki:{page.pk}", page.place, world.bo) == []
    assert Draft.objects.count() == 0
