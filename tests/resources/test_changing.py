"""Changing what one shared, taking it back, undoing that; a guide may take it off the shelf."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from community.actions import pause_writing
from resources.models import Resource, Sharing
from tests.factories import a_resource, a_sharing

CANARY = "Canary-title"


@pytest.fixture
def sharing(world):
    return a_sharing(
        world.place, sharer=world.bo, url="https://example.org/a", title=CANARY, why="They wait.", tags=["x"]
    )


def path_to(name, sharing, *more):
    return reverse(name, args=[sharing.resource.place.community.slug, sharing.resource_id, *more])


def page_of(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def fields_of(client, sharing):
    return fields_in(client.get(path_to("edit_resource", sharing)))


def fields_in(answer):
    found = BeautifulSoup(answer.content, "html.parser").select("main input, main textarea")
    return {field["name"]: field.get("value", field.text).lstrip("\n") for field in found}


def test_who_shared_it_changes_its_name_tags_and_their_reason(world, client_of, sharing):
    client = client_of(world.bo)
    fields = fields_of(client, sharing)
    assert (fields["title"], fields["why"], fields["tags"], fields["version"]) == (CANARY, "They wait.", "x", "1")
    form = fields | {"title": "On herons", "why": "They *fish*.", "tags": "birds, two words"}
    assert client.post(path_to("edit_resource", sharing), form).url == sharing.resource.get_absolute_url()
    resource = Resource.objects.get()
    assert (resource.title, resource.talk.title, resource.version) == ("On herons", "On herons", 2)
    assert sorted(resource.tags.names()) == ["birds", "two words"]
    assert Sharing.objects.get().html == "<p>They <em>fish</em>.</p>"
    assert fields_of(client, sharing)["tags"] == "birds, two words"


def test_a_guide_changes_name_and_tags_but_nobodys_words(world, client_of, sharing):
    client = client_of(world.fay)
    form = fields_of(client, sharing)
    assert "why" not in form
    client.post(path_to("edit_resource", sharing), form | {"title": "On herons", "why": "Mine now."})
    assert (Resource.objects.get().title, Sharing.objects.get().source) == ("On herons", "They wait.")


def test_a_note_is_changed_by_who_wrote_it_only(world, client_of):
    note = a_sharing(world.place, sharer=world.bo, text="Bring boots.", title="Boots", why="")
    form = fields_of(client_of(world.bo), note) | {"text": "Bring **dry** boots.", "title": ""}
    client_of(world.bo).post(path_to("edit_resource", note), form)
    resource = Resource.objects.get()
    assert (resource.html, resource.title) == ("<p>Bring <strong>dry</strong> boots.</p>", "Bring dry boots.")
    assert "text" not in fields_of(client_of(world.fay), note)


def test_an_edit_on_top_of_anothers_shows_both_and_loses_neither(world, client_of, sharing):
    bo, fay = client_of(world.bo), client_of(world.fay)
    mine, theirs = fields_of(bo, sharing), fields_of(fay, sharing)
    fay.post(path_to("edit_resource", sharing), theirs | {"title": "As Fay says"})
    answer = bo.post(path_to("edit_resource", sharing), mine | {"title": "As Bo says", "why": "Kept words"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "As Fay says" in html
    assert "As Bo says" in html
    assert "Kept words" in html
    again = fields_in(answer)
    bo.post(path_to("edit_resource", sharing), again)
    assert Resource.objects.get().title == "As Bo says"


@pytest.mark.parametrize(
    "wrong", [{"title": "n" * 201}, {"title": "n" * 300}, {"why": "n" * 2001}, {"tags": "t" * 41}, {"version": "x"}]
)
def test_a_refused_edit_keeps_what_one_wrote(world, client_of, sharing, wrong):
    form = fields_of(client_of(world.bo), sharing) | {"why": "Kept words"} | wrong
    answer = client_of(world.bo).post(path_to("edit_resource", sharing), form)
    assert answer.status_code == 422
    assert next(iter(wrong.values())) in answer.content.decode()
    assert Resource.objects.get().version == 1


def test_what_one_takes_back_nobody_else_sees_and_one_can_undo_it(world, client_of, sharing):
    bo, others = client_of(world.bo), [client_of(world.al), client_of(world.fay)]
    threads = reverse("threads", args=["heron", sharing.resource.talk_id])
    paths = [sharing.resource.get_absolute_url(), world.place.path, threads]
    bo.post(path_to("remove_sharing", sharing, sharing.pk))
    for client in others:
        assert [path for path in paths if CANARY in client.get(path).content.decode()] == []
        assert client.post(path_to("restore_sharing", sharing, sharing.pk)).status_code == 403
    page = page_of(bo, paths[0])
    assert "This is not on the shelf any more" in page.h1.text
    assert page.select_one(f"#sharing-{sharing.pk} form").button.text == "Undo"
    bo.post(path_to("restore_sharing", sharing, sharing.pk))
    assert [path for path in paths if CANARY not in others[0].get(path).content.decode()] == []


def test_it_stays_while_somebody_else_shared_it_too(world, client_of, sharing):
    a_sharing(world.place, sharer=world.al, url="https://example.org/a", why="Of Al.")
    client_of(world.bo).post(path_to("remove_sharing", sharing, sharing.pk))
    html = client_of(world.al).get(world.place.path).content.decode()
    assert CANARY in html
    assert "They wait." not in html
    assert "Of Al." in html


def test_what_one_took_back_one_can_share_again(world, client_of, sharing):
    client_of(world.bo).post(path_to("remove_sharing", sharing, sharing.pk))
    a_sharing(world.place, sharer=world.bo, url="https://example.org/a", why="After all.")
    resource = Resource.objects.get()
    assert resource.talk.title == CANARY
    assert "After all." in client_of(world.al).get(resource.get_absolute_url()).content.decode()


def test_a_guide_takes_it_off_whoever_shared_it_and_can_undo_that(world, client_of, sharing):
    fay, bo = client_of(world.fay), client_of(world.bo)
    path = sharing.resource.get_absolute_url()
    fay.post(path_to("remove_resource", sharing))
    assert [who for who in (fay, bo) if CANARY in who.get(path).content.decode()] == []
    form = {"what": "https://example.org/a", "why": "Kept words", "key": uuid.uuid4()}
    answer = bo.post(reverse("shelf", args=[world.community.slug, world.place.pk]), form)
    assert answer.status_code == 409
    assert "Kept words" in answer.content.decode()
    fay.post(path_to("restore_resource", sharing))
    assert CANARY in bo.get(path).content.decode()


def test_who_is_paused_edits_nothing(world, client_of, sharing):
    membership = world.community.membership_of(world.bo)
    pause_writing(membership, until=sharing.created_at.replace(year=sharing.created_at.year + 1))
    assert client_of(world.bo).get(path_to("edit_resource", sharing)).status_code == 403


def test_a_reason_is_reached_through_its_own_resource_only(world, client_of, sharing):
    other = a_resource(world.place, sharer=world.bo)
    url = reverse("remove_sharing", args=[world.community.slug, other.pk, sharing.pk])
    assert client_of(world.bo).post(url).status_code == 404
    assert Sharing.objects.standing().count() == 2
