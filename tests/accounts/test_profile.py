"""What people say about themselves."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.forms import ZONES
from accounts.models import User
from discussions.models import Post
from tests.factories import a_community, a_member, a_person, a_thread, commons_of

pytestmark = pytest.mark.django_db
PROFILE = "/settings/profile/"


@pytest.fixture
def bo(db):
    return a_person("Bo Lindqvist", handle="bo")


@pytest.fixture
def save(client, bo):
    client.force_login(bo)
    fields = {"name": "Bo Lindqvist", "handle": "bo", "about": "", "time_zone": "UTC"}
    return lambda **changes: client.post(PROFILE, fields | changes)


def test_the_form_offers_every_zone_and_ones_own_is_chosen(client_of, bo):
    User.objects.update(time_zone="Asia/Tokyo")
    page = client_of(bo).get(PROFILE).content.decode()
    assert re.findall(r'<option value="([^"]+)" selected>', page) == ["Asia/Tokyo"]
    assert re.findall(r'<option value="([^"]+)"[^>]*>[^<]+</option>', page) == ZONES


def test_a_profile_is_changed(save, bo, client):
    response = save(name="Bo L.", handle="bo_l", about="Learns.", time_zone="Asia/Tokyo")
    assert response.url == PROFILE
    bo.refresh_from_db()
    assert (bo.name, bo.handle, bo.about, bo.time_zone) == ("Bo L.", "bo_l", "Learns.", "Asia/Tokyo")
    assert "Saved." in client.get(PROFILE).content.decode()
    assert client.get(reverse("person", args=["bo_l"])).status_code == 200


def test_a_handle_is_kept_in_small_letters(save, bo):
    assert save(handle=" Bo_Lind ").status_code == 302
    bo.refresh_from_db()
    assert bo.handle == "bo_lind"


@pytest.mark.parametrize("handle", ["", "b", "b" * 31, "bo-lind", "bø", "<b>", "bo\u0660"])
def test_a_handle_that_cannot_be_mentioned_is_refused_and_all_words_stay(save, bo, handle):
    response = save(handle=handle, name="Bo the Second", about="Kept.")
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == ["handle"]
    assert (form["handle"].value(), form["name"].value(), form["about"].value()) == (handle, "Bo the Second", "Kept.")
    bo.refresh_from_db()
    assert (bo.handle, bo.name) == ("bo", "Bo Lindqvist")


@pytest.mark.parametrize("handle", ["fay", "FAY"])
def test_a_handle_belongs_to_one_person(save, bo, handle):
    a_person(handle="fay")
    response = save(handle=handle)
    assert response.status_code == 422
    assert "already exists" in response.content.decode()
    assert User.objects.filter(handle="fay").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "n" * 81), ("name", "a\0b"), ("about", "a" * 301), ("time_zone", "Mars/Base")],
)
def test_what_does_not_fit_is_refused(save, bo, field, value):
    response = save(**{field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_refused_name_is_not_shown_as_ones_own(save):
    page = save(name="Impostor", handle="!").content.decode()
    assert page.count("Impostor") == 1  # in the form, to be sent again
    assert "Bo Lindqvist" in page


def test_the_form_changes_nothing_but_what_it_shows(save, bo):
    before = User.objects.values().get(pk=bo.pk)
    more = dict.fromkeys(before.keys() - {"name", "handle", "about", "time_zone", "is_seen_reading"}, "1")
    save(**more | {"groups": "1", "user_permissions": "1", "is_staff": "on", "email": "other@example.org", "pk": "77"})
    assert User.objects.values().get(pk=bo.pk) == before
    assert User.objects.count() == 1


def test_somebody_elses_profile_is_out_of_reach(save, bo):
    fay = a_person("Fay Okafor", handle="fay")
    save(id=fay.pk, pk=fay.pk, user=fay.pk, handle="fay_too", name="Changed")
    fay.refresh_from_db()
    assert fay.name == "Fay Okafor"


def test_pages_show_times_in_the_readers_zone(client, client_of):
    community = a_community()
    tokyo = a_member(community, time_zone="Asia/Tokyo")
    lima = a_member(community, time_zone="America/Lima")
    thread = a_thread(commons_of(community))
    Post.objects.update(created_at=datetime(2026, 3, 18, 20, 0, tzinfo=UTC))
    pages = [client_of(person).get(thread.get_absolute_url()).content.decode() for person in (tokyo, lima, tokyo)]
    assert ["March 19, 2026, 5 a.m. JST" in page for page in pages] == [True, False, True]
    assert "March 18, 2026, 3 p.m. -05" in pages[1]
    assert 'datetime="2026-03-18T20:00:00Z"' in pages[0]


def test_a_zone_that_no_longer_exists_reads_as_utc(client_of, bo):
    User.objects.update(time_zone="Old/Place")
    assert client_of(bo).get("/").status_code == 200


def test_a_hostile_name_is_only_a_name(client_of):
    community = a_community()
    reader = a_member(community)
    a_member(community, '<img src=x onerror="alert(1)">', handle="evil", about="<script>alert(2)</script>")
    for path in (reverse("people", args=[community.slug]), "/people/evil/"):
        page = client_of(reader).get(path).content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "&lt;img src=x" in page
