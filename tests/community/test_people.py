"""Who is in a community, who may know it, and how one leaves."""

import pytest
from django.urls import reverse

from community.actions import LastHost, join, remove_member
from community.models import Membership
from community.views.people import PEOPLE_A_PAGE
from courses.actions.demo import add_person
from tests.factories import a_community, a_member, a_person, a_thread, commons_of

pytestmark = pytest.mark.django_db
ROLES = Membership.Role


def test_access_ends_with_the_membership_at_the_next_request(client_of):
    community = a_community()
    host, ed = community.memberships.get().user, a_member(community)
    thread = a_thread(commons_of(community), author=ed)
    client = client_of(ed)
    paths = [
        community.get_absolute_url(),
        thread.get_absolute_url(),
        reverse("people", args=[community.slug]),
        reverse("person", args=[host.handle]),
        reverse("shelf", args=[community.slug, thread.place_id]),
    ]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    remove_member(community.membership_of(ed))
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    reply = client.post(reverse("reply", args=[community.slug, thread.pk]), {"body": "Once more."})
    assert reply.status_code == 404
    assert community.title not in client.get(reverse("communities")).content.decode()
    assert thread.posts.count() == 1


def test_the_words_of_somebody_who_left_stay_with_their_name(client_of):
    community = a_community()
    ed, bo = a_member(community, "Ed Whitlock"), a_member(community)
    thread = a_thread(commons_of(community), author=ed, body="I said so.")
    remove_member(community.membership_of(ed))
    page = client_of(bo).get(thread.get_absolute_url()).content.decode()
    assert "I said so." in page
    assert "Ed Whitlock" in page
    assert client_of(bo).get(ed.get_absolute_url()).status_code == 200


def test_a_community_keeps_its_last_host():
    community = a_community()
    only = community.memberships.get()
    with pytest.raises(LastHost):
        remove_member(only)
    assert community.membership_of(only.user)
    second = join(community, a_person(), role=ROLES.HOST)
    remove_member(only)
    with pytest.raises(LastHost):
        remove_member(second)


def test_who_comes_back_starts_anew_as_what_they_are_now():
    community = a_community()
    fay = a_member(community, role=ROLES.FACILITATOR)
    remove_member(community.membership_of(fay))
    join(community, fay)
    assert community.membership_of(fay).role == ROLES.MEMBER
    assert community.memberships.filter(user=fay).count() == 2


def test_people_stand_by_role_and_name_page_by_page_in_as_many_queries(client_of, django_assert_num_queries):
    community = a_community()
    host = community.memberships.get().user
    path, client = reverse("people", args=[community.slug]), client_of(host)
    a_member(community, "Fay", role=ROLES.FACILITATOR)
    client.get(path)  # the first visit of a day is noted
    with django_assert_num_queries(8):
        client.get(path)
    for number in range(PEOPLE_A_PAGE):
        join(community, add_person(name=f"Reader {number:02}", email=f"reader{number}@example.org"))
    with django_assert_num_queries(8):
        first = client.get(path)
    names = [membership.user.name for membership in first.context["page"]]
    assert names[:3] == [host.name, "Fay", "Reader 00"]
    assert len(names) == PEOPLE_A_PAGE
    assert 'href="?page=2"' in first.content.decode()
    assert [member.user.name for member in client.get(path, {"page": 2}).context["page"]] == ["Reader 58", "Reader 59"]
    for page in ("0", "-1", "99", "x", "9" * 30):
        assert client.get(path, {"page": page}).status_code == 200


def test_a_person_is_known_only_where_one_meets_them(client_of):
    shared, elsewhere = a_community("Heron circle"), a_community("Secret circle")
    bo, peer, stranger = a_member(shared), a_member(shared), a_member(elsewhere)
    join(elsewhere, bo)
    remove_member(elsewhere.membership_of(stranger))
    page = client_of(peer).get(bo.get_absolute_url())
    assert page.status_code == 200
    assert "Heron circle" in page.content.decode()
    assert "Secret circle" not in page.content.decode()
    assert bo.email not in page.content.decode()
    hidden, missing = (client_of(stranger).get(f"/people/{handle}/") for handle in (bo.handle, "nobody"))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert client_of(stranger).get(stranger.get_absolute_url()).status_code == 200


def test_ones_own_page_names_all_ones_communities(client_of):
    bo = a_person()
    for title in ("Heron circle", "Secret circle"):
        a_community(title, members=(bo,))
    page = client_of(bo).get(bo.get_absolute_url()).content.decode()
    assert "Heron circle" in page
    assert "Secret circle" in page


@pytest.mark.parametrize("handle", ["../settings", "%00", "BO", "a" * 500, "bo%2fpicture"])
def test_an_odd_handle_is_nobody(client_of, handle):
    assert client_of(a_person()).get(f"/people/{handle}/").status_code == 404
