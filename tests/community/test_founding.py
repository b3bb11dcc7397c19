"""Founding a community, and finding those that are open."""

from uuid import uuid4

import pytest
from django.urls import reverse

from community.actions import change_organisation
from community.actions.founding import FOUNDED_A_DAY
from community.models import AuditEntry, Community, Openness
from community.views.founding import COMMUNITIES_A_PAGE
from tests.factories import a_community, a_member, a_person, an_admin

pytestmark = pytest.mark.django_db
FOUND, FIND = "/communities/new/", "/communities/find/"


def form(title="Night shift circle", **more):
    return {"title": title, "purpose": "For who works at night.", "openness": "open", "key": uuid4()} | more


def test_anybody_founds_a_community_with_one_form_and_hosts_it(client_of):
    nia = a_person("Nia Bell")
    answer = client_of(nia).post(FOUND, form())
    made = Community.objects.get()
    assert answer.url == made.get_absolute_url() == "/c/night-shift-circle/"
    assert made.membership_of(nia).is_host
    assert AuditEntry.objects.of(made).get().act == "founded"
    assert (made.season, made.openness, made.founded_by) == ("practice", Openness.OPEN, nia)
    page = client_of(nia).get(answer.url).content.decode()
    assert "Night shift circle" in page
    assert "For who works at night." in page


def test_the_same_form_twice_founds_one_and_a_title_that_is_taken_gets_its_own_address(client_of):
    nia, twice = a_person(), form()
    client = client_of(nia)
    assert client.post(FOUND, twice).url == client.post(FOUND, twice).url == "/c/night-shift-circle/"
    assert client_of(a_person()).post(FOUND, form()).url == "/c/night-shift-circle-2/"
    assert client.post(FOUND, form("夜勤の輪")).url == "/c/community/"
    assert Community.objects.count() == 3


def test_a_refused_form_keeps_its_words(client_of):
    answer = client_of(a_person()).post(FOUND, form(title="", purpose="For who works at night."))
    assert answer.status_code == 422
    assert "For who works at night." in answer.content.decode()
    assert not Community.objects.exists()


def test_nobody_founds_many_in_a_day(client_of):
    client = client_of(a_person())
    answers = [client.post(FOUND, form(f"Circle {n}")).status_code for n in range(FOUNDED_A_DAY + 1)]
    assert answers == [302] * FOUNDED_A_DAY + [422]


def test_by_the_policy_of_the_site_only_admins_found(client_of):
    nia, alice = a_person(), an_admin()
    change_organisation(by=alice, version=0, fields={"founding": "admins"})
    assert client_of(nia).get(FOUND).status_code == client_of(nia).post(FOUND, form()).status_code == 403
    for page in ("/communities/", FIND):
        assert FOUND not in client_of(nia).get(page).content.decode()
        assert FOUND in client_of(alice).get(page).content.decode()
    assert client_of(alice).post(FOUND, form()).status_code == 302


@pytest.fixture
def three(db):
    return {
        openness: a_community(f"Heron {openness}", purpose=f"Birds, {openness}.", openness=openness)
        for openness in Openness.values
    }


def test_open_ones_and_those_by_request_are_found_and_invisible_ones_are_not(client_of, three):
    page = client_of(a_person()).get(FIND).content.decode()
    assert "Heron open" in page
    assert "Heron request" in page
    assert "Birds, invisible." not in page


def test_one_finds_by_words_of_name_and_purpose(client_of, three):
    def found(words):
        page = client_of(a_person()).get(FIND, {"q": words}).content.decode()
        return [openness for openness in Openness.values if f"Birds, {openness}." in page]

    assert found("heron birds") == ["open", "request"]
    assert found("birds, request") == ["request"]
    assert found("invisible") == found("%") == []
    assert "Nothing by that name." in client_of(a_person()).get(FIND, {"q": "owl"}).content.decode()


def test_what_one_is_in_leads_there_and_the_rest_to_the_door(client_of, three):
    member = a_member(three["open"])
    page = client_of(member).get(FIND).content.decode()
    assert f'href="{three["open"].get_absolute_url()}"' in page
    assert f'href="{reverse("join_community", args=[three["request"].slug])}"' in page


def test_finding_takes_as_many_queries_for_many_as_for_few(client_of, three, django_assert_num_queries):
    client = client_of(a_person())
    client.get(FIND)
    with django_assert_num_queries(7) as few:
        client.get(FIND)
    Community.objects.bulk_create(Community(slug=f"c-{n}", title=f"C {n}", openness="open") for n in range(1_000))
    with django_assert_num_queries(len(few)):
        page = client.get(FIND).content.decode()
    assert page.count("<li class=") == COMMUNITIES_A_PAGE


def test_a_host_changes_all_of_it_later_and_the_log_says_what(client_of):
    alice = a_person()
    community, client = a_community("Heron circle", host=alice, members=(a_person(),)), client_of(alice)
    page = f"/c/{community.slug}/settings/"
    assert client.post(page, {"title": "", "openness": "open"}).status_code == 422
    client.post(page, {"title": "Egret circle", "purpose": "Egrets.", "openness": "request"})
    community.refresh_from_db()
    assert (community.title, community.purpose, community.openness) == ("Egret circle", "Egrets.", "request")
    assert community.places.commons().get().title == "Egret circle"
    (entry,) = AuditEntry.objects.of(community)
    assert entry.details["title"] == ["Heron circle", "Egret circle"]
    client.post(page, {"title": "Egret circle", "purpose": "Egrets.", "openness": "request"})
    assert AuditEntry.objects.of(community).count() == 1
