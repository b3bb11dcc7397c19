"""Blocking a person: the pages that do it, and the list that undoes it."""

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import hide_person
from accounts.models import HiddenPerson


def test_one_blocks_from_a_persons_page_and_goes_on_where_one_was(world, client_of):
    bo = client_of(world.bo)
    page = bo.get("/people/al/block/", headers={"Referer": f"http://testserver{world.place.path}"}).content.decode()
    assert "Block Al Reyes?" in page
    answer = bo.post("/people/al/block/", {"next": world.place.path}, follow=True)
    assert answer.redirect_chain == [(world.place.path, 302)]
    assert "see the words of Al Reyes any more" in answer.content.decode()
    assert HiddenPerson.objects.get().hidden == world.al
    bo.post("/people/al/block/")
    assert HiddenPerson.objects.count() == 1


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/x", "javascript:x", "http:///x"])
def test_the_way_on_leads_nowhere_else(world, client_of, next_page):
    assert client_of(world.bo).post("/people/al/block/", {"next": next_page}).url == "/"


def test_nobody_blocks_themselves(world, client_of):
    assert client_of(world.bo).post("/people/bo/block/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        HiddenPerson.objects.create(person=world.bo, hidden=world.bo)


def test_the_list_holds_ones_own_and_undoes_each(world, client_of):
    hide_person(person=world.bo, hidden=world.al)
    hide_person(person=world.fay, hidden=world.bo)
    bo = client_of(world.bo)
    page = bo.get("/settings/blocked/").content.decode()
    assert "Al Reyes" in page
    assert "Fay Okafor" not in page
    assert "Al Reyes" not in client_of(world.fay).get("/settings/blocked/").content.decode()
    assert bo.post("/settings/blocked/fay/unblock/").status_code == 404
    bo.post("/settings/blocked/al/unblock/")
    assert [row.person for row in HiddenPerson.objects.all()] == [world.fay]


def test_pages_of_people_say_who_is_blocked_and_keep_their_words_back(world, client_of):
    world.al.about = "About-Al"
    world.al.save(update_fields=["about"])
    bo, people = client_of(world.bo), f"/c/{world.community.slug}/people/"
    assert "About-Al" in bo.get(people).content.decode()
    hide_person(person=world.bo, hidden=world.al)
    for path in (people, "/people/al/"):
        page = bo.get(path).content.decode()
        assert "About-Al" not in page
        assert "see what they write" in page
