"""Files on a shelf: what they are, who gets them, the same one twice, too much at once."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.models import Membership, PlaceFile
from resources.actions import remove_sharing, share
from resources.models import Resource, Sharing
from tests.factories import a_community, a_file, a_member, a_sharing, an_upload, commons_of
from tests.wiki.test_at_once import together

TEXT = b"Herons wait.\n" * 20
HTMX = {"HX-Request": "true"}


def shelf_of(place):
    return reverse("shelf", args=[place.community.slug, place.pk])


@pytest.fixture
def upload(world, client_of):
    def send(person=world.bo, name="herons.txt", content=TEXT, headers=None, **fields):
        file = SimpleUploadedFile(name, content, "application/octet-stream")
        form = {"file": file, "why": "They wait.", "key": uuid.uuid4()} | fields
        return client_of(person).post(shelf_of(world.place), form, headers=headers)

    return send


def test_a_file_is_on_the_shelf_with_its_name_kind_and_size(world, client_of, upload):
    assert upload(tags="birds").status_code == 302
    resource = Resource.objects.get()
    assert (resource.kind, resource.title, resource.talk.title) == ("file", "herons.txt", "herons.txt")
    html = client_of(world.al).get(world.place.path).content.decode()
    assert resource.file.get_absolute_url() in html
    assert "260\xa0bytes" in html
    answer = client_of(world.al).get(resource.file.get_absolute_url())
    assert b"".join(answer) == TEXT


def test_a_file_goes_where_its_resource_goes(world, client_of, upload):
    upload()
    url = PlaceFile.objects.get().get_absolute_url()
    seen = {who: client_of(person).get(url).status_code for who, person in world.cast.items() if person}
    assert seen == {"alice": 200, "fay": 200, "bo": 200, "al": 200, "cy": 404, "ed": 404}
    remove_sharing(by=world.bo, sharing=Sharing.objects.get())
    assert client_of(world.al).get(url).status_code == 404


def test_the_same_file_shared_twice_is_one_resource_with_two_reasons(world, upload):
    upload()
    upload(person=world.al, name="other-name.txt", why="Quiet.")
    assert Resource.objects.get().title == "herons.txt"
    assert [sharing.source for sharing in Sharing.objects.in_order()] == ["They wait.", "Quiet."]
    assert PlaceFile.objects.filter(used_at=None).count() == 1  # the second one, which the sweep takes


def test_the_same_form_sent_twice_shares_once(upload):
    key = uuid.uuid4()
    assert upload(key=key).url == upload(key=key).url
    assert (Sharing.objects.count(), PlaceFile.objects.count()) == (1, 1)


def test_a_file_that_is_not_taken_says_why_and_keeps_the_words(upload):
    answer = upload(name="x.exe", content=b"MZ\x90\x00" + b"\0" * 200)
    assert answer.status_code == 422
    assert "They wait." in answer.content.decode()
    assert list(answer.context["form"].errors) == ["file"]
    assert not Resource.objects.exists()
    assert not PlaceFile.objects.exists()


def test_one_thing_at_a_time_and_at_least_one(upload, client_of, world):
    assert upload(what="https://example.org").status_code == 422
    answer = client_of(world.bo).post(shelf_of(world.place), {"why": "Kept words", "key": uuid.uuid4()})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Resource.objects.exists()


def test_a_picture_shows_itself_and_a_name_of_300_characters_is_cut(world, client_of):
    picture = an_upload(name="p" * 300 + ".png")
    form = {"file": picture, "why": "", "key": uuid.uuid4()}
    answer = client_of(world.bo).post(shelf_of(world.place), form, headers=HTMX)
    resource = Resource.objects.get()
    assert reverse("file_preview", args=[world.community.slug, resource.file_id]) in answer.content.decode()
    assert len(resource.title) <= 120


def test_who_shares_too_much_at_once_waits_and_keeps_what_they_filled_in(world, client_of, monkeypatch):
    monkeypatch.setattr("resources.actions.pacing.SHARINGS_A_MINUTE", 3)
    for _time in range(3):
        a_sharing(world.place, sharer=world.fay)
    form = {"what": "https://example.org/more", "why": "Kept words", "key": uuid.uuid4()}
    answer = client_of(world.fay).post(shelf_of(world.place), form)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 61
    assert "Kept words" in answer.content.decode()
    assert Sharing.objects.count() == 3


def test_a_new_member_shares_less_at_first_and_guides_do_not(world, client_of, monkeypatch):
    monkeypatch.setattr("resources.actions.pacing.SHARINGS_A_MINUTE", 60)
    community = a_community()
    new, guide = a_member(community), a_member(community, role=Membership.Role.FACILITATOR)
    for person in (new, guide):
        for _time in range(10):
            a_sharing(commons_of(community), sharer=person)
    form = {"what": "https://example.org/more", "key": uuid.uuid4()}
    assert client_of(guide).post(shelf_of(commons_of(community)), form).status_code == 302
    answer = client_of(new).post(shelf_of(commons_of(community)), form)
    assert answer.status_code == 429
    assert "New members share up to 10 things an hour" in answer.content.decode()


def test_a_file_of_another_kind_of_place_is_still_seen_by_its_own_rules(world, client_of):
    file = a_file(world.place, by=world.bo)
    share(sharer=world.bo, place=world.commons, key=uuid.uuid4(), file=file)
    assert client_of(world.al).get(file.get_absolute_url()).status_code == 200
    assert client_of(world.cy).get(file.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_by_many_at_once_is_one_resource(client_of):
    community = a_community()
    place, twice = commons_of(community), (client_of(a_member(community)), uuid.uuid4())
    clients = [(client_of(a_member(community)), uuid.uuid4()) for _ in range(5)] + [twice] * 3

    def send(sender):
        client, key = sender
        file = SimpleUploadedFile("herons.txt", TEXT, "text/plain")
        return client.post(shelf_of(place), {"file": file, "why": "They wait.", "key": key}).status_code

    assert set(together(send, clients)) == {302}
    assert (Resource.objects.count(), Sharing.objects.count()) == (1, 6)
