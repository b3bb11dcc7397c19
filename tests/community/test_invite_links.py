"""Links by which people get in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from community.actions import (
    LinkOver,
    RoleNotYours,
    change_organisation,
    change_role,
    join,
    make_link,
    remove_member,
    revoke_link,
    use_link,
)
from community.models import AuditEntry, InviteLink, Membership
from tests.discussions.test_at_once import at_once
from tests.factories import a_cohort, a_community, a_member, a_person, an_admin

pytestmark = pytest.mark.django_db
ROLES = Membership.Role


@pytest.fixture
def alice(db):
    return a_person("Alice Moreau")


@pytest.fixture
def community(alice):
    return a_community("Heron circle", host=alice)


@pytest.fixture
def link_of(community, alice):
    def make(**terms):
        given = {"role": ROLES.MEMBER, "expires_at": timezone.now() + timedelta(days=7), "places": None, "domains": []}
        return make_link(community=community, by=terms.pop("by", alice), key=uuid4(), **given | terms)

    return make


def path(link):
    return f"/join/{link.token}/"


def text_of(answer):
    return answer.content.decode()


def test_a_host_makes_a_link_and_somebody_new_comes_in_by_it(client_of, community, alice):
    host = client_of(alice)
    page = f"/c/{community.slug}/links/"
    form = {"role": "facilitator", "days": "7", "places": "3", "domains": "", "key": uuid4()}
    assert host.post(page, form).url == host.post(page, form).url
    link = InviteLink.objects.get()
    assert link.url in text_of(host.get(page))
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.community, entry.details["role"]) == ("link", alice, community, "facilitator")
    nia = a_person()
    assert "Join Heron circle" in text_of(client_of(nia).get(path(link)))
    assert community.membership_of(nia) is None
    assert client_of(nia).post(path(link)).url == community.get_absolute_url()
    assert community.membership_of(nia).role == ROLES.FACILITATOR
    assert "1 of 3 places taken" in text_of(host.get(page))


def test_the_database_does_not_hold_what_the_link_says(link_of):
    link = link_of()
    assert link.token not in str(list(InviteLink.objects.values()))
    forged = [f"{link.number}.x", str(link.number), f"{uuid4()}{link.token[36:]}", "none", "\x00", f"{link.token}x"]
    assert [InviteLink.objects.for_token(token).exists() for token in forged] == [False] * len(forged)
    assert InviteLink.objects.for_token(link.token).get() == link


def test_signed_out_one_is_led_to_sign_up_and_back(link_of):
    link, client = link_of(), Client()
    page = text_of(client.get(path(link)))
    assert f'href="/accounts/signup/?next={path(link)}"' in page
    assert client.post(path(link)).status_code == 200
    link.refresh_from_db()
    assert link.used == 0


def test_where_only_the_invited_sign_up_a_link_that_works_is_an_invitation(link_of, alice):
    change_organisation(by=alice, version=0, fields={"sign_up": "invitation"})
    form = {"email": "nia@example.org", "name": "Nia", "password1": "three quiet herons"}
    over = link_of()
    revoke_link(link=over, by=alice)
    for link, lets_sign_up in ((over, False), (link_of(), True)):
        client = Client()
        client.get(path(link))
        client.post("/accounts/signup/", form)
        assert User.objects.filter(email="nia@example.org").exists() == lets_sign_up


def test_what_is_over_says_nothing_of_the_community(client_of, link_of, alice):
    late, full, revoked = link_of(), link_of(places=1), link_of()
    InviteLink.objects.filter(pk=late.pk).update(expires_at=timezone.now())
    use_link(link=full, user=a_person())
    assert revoke_link(link=revoked, by=alice)
    assert not revoke_link(link=revoked, by=alice)
    nia = a_person()
    for link in (late, full, revoked):
        for answer in (client_of(nia).get(path(link)), client_of(nia).post(path(link)), Client().get(path(link))):
            assert answer.status_code == 404
            assert "Heron circle" not in text_of(answer)
        with pytest.raises(LinkOver):
            use_link(link=link, user=nia)


def test_who_is_in_already_takes_no_place_and_keeps_their_role(client_of, community, link_of, alice):
    link = link_of(places=1, role=ROLES.GUEST)
    assert client_of(alice).post(path(link)).url == community.get_absolute_url()
    assert use_link(link=link, user=alice).role == ROLES.HOST
    link.refresh_from_db()
    assert link.used == 0


def test_who_comes_back_by_the_same_link_takes_one_place(link_of, community):
    link, nia = link_of(places=5), a_person()
    remove_member(use_link(link=link, user=nia), by=nia)
    use_link(link=link, user=nia)
    link.refresh_from_db()
    assert link.used == 1


def test_who_was_removed_does_not_come_back_by_a_link(client_of, link_of, community, alice):
    nia = a_person()
    remove_member(use_link(link=link_of(), user=nia), by=alice)
    answer = client_of(nia).post(path(link_of()))
    assert (answer.status_code, community.membership_of(nia)) == (403, None)
    assert "Ask its hosts" in text_of(answer)


@pytest.mark.parametrize(
    ("email", "lets_in"),
    [
        ("nia@example.org", True),
        ("nia@EXAMPLE.ORG", True),
        ("nia@xn--mnchen-3ya.example", True),
        ("nia@evil-example.org", False),
        ("nia@example.org.evil.test", False),
        ("nia@sub.example.org", False),
        ('"nia@example.org"@evil.test', False),
    ],
)
def test_a_link_for_a_domain_takes_addresses_of_it_and_no_others(client_of, alice, community, email, lets_in):
    form = {"role": "member", "days": "1", "places": "", "domains": "@Example.org, münchen.example", "key": uuid4()}
    client_of(alice).post(f"/c/{community.slug}/links/", form)
    nia = a_person()
    nia.emailaddress_set.update(email=email)
    answer = client_of(nia).post(path(InviteLink.objects.get()))
    assert answer.status_code == (302 if lets_in else 403)
    assert (community.membership_of(nia) is not None) == lets_in


def test_an_address_counts_only_when_it_was_confirmed(link_of, client_of, community):
    nia = a_person(email="nia@example.org")
    nia.emailaddress_set.update(verified=False)
    assert client_of(nia).post(path(link_of(domains=["example.org"]))).status_code == 403
    assert community.membership_of(nia) is None


@pytest.mark.parametrize("domains", ["example", "exa mple..org", "@", "http://example.org/"])
def test_a_link_is_made_for_nothing_that_is_no_domain(client_of, alice, community, domains):
    form = {"role": "member", "days": "1", "places": "", "domains": domains, "key": uuid4()}
    answer = client_of(alice).post(f"/c/{community.slug}/links/", form)
    assert answer.status_code == 422
    assert not InviteLink.objects.exists()


def test_nobody_makes_links_who_does_not_run_the_community(client_of, community, link_of):
    form = {"role": "member", "days": "1", "places": "", "domains": "", "key": uuid4()}
    fay, eve = a_member(community, role=ROLES.FACILITATOR), a_person()
    link = link_of()
    for person, status in ((fay, 403), (a_member(community), 403), (eve, 404), (an_admin(), 404)):
        client = client_of(person)
        assert client.post(f"/c/{community.slug}/links/", form).status_code == status
        assert client.post(f"/c/{community.slug}/links/{link.pk}/revoke/").status_code == status
        assert client.get(f"/c/{community.slug}/links/").status_code == status
    with pytest.raises(RoleNotYours):
        link_of(by=fay)
    assert InviteLink.objects.live().get() == link


@pytest.mark.parametrize("role", ["host", "alum", "admin", ""])
def test_the_form_takes_only_the_roles_that_a_link_may_give(client_of, alice, community, role):
    form = {"role": role, "days": "1", "places": "", "domains": "", "key": uuid4()}
    assert client_of(alice).post(f"/c/{community.slug}/links/", form).status_code == 422
    assert not InviteLink.objects.exists()


def test_a_link_works_no_longer_than_its_maker_may_give_the_role(client_of, link_of, community, alice):
    bo = a_member(community, role=ROLES.HOST)
    link, nia = link_of(by=bo), a_person()
    change_role(by=alice, membership=community.membership_of(bo), role=ROLES.MEMBER)
    assert client_of(nia).get(path(link)).status_code == client_of(nia).post(path(link)).status_code == 404
    assert community.membership_of(nia) is None


def test_an_admin_makes_links_to_a_cohort_they_are_not_in(client_of):
    cohort, ada = a_cohort(title="Owl cohort"), an_admin()
    form = {"role": "member", "days": "30", "places": "", "domains": "", "key": uuid4()}
    assert client_of(ada).post(f"/c/{cohort.community.slug}/links/", form).status_code == 302
    nia = a_person()
    assert client_of(nia).post(path(InviteLink.objects.get())).url == cohort.community.get_absolute_url()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_exactly_as_many_get_in_as_there_are_places(link_of, community):
    link, people = link_of(places=10), [a_person() for _ in range(50)]

    def follow(person):
        try:
            return use_link(link=link, user=person)
        except LinkOver:
            return None

    came = [membership for membership in at_once(follow, people) if membership]
    link.refresh_from_db()
    assert (len(came), link.used) == (10, 10)
    assert community.memberships.current().count() == 11


@pytest.mark.django_db(transaction=True)
def test_one_person_twenty_times_at_once_takes_one_place(link_of, community):
    link, nia = link_of(places=10), a_person()
    came = at_once(lambda _n: use_link(link=link, user=nia).pk, range(20))
    link.refresh_from_db()
    assert (len(set(came)), link.used) == (1, 1)


def test_a_role_that_one_has_by_another_way_is_not_lowered_by_a_link(link_of, community):
    nia = a_person()
    join(community, nia, role=ROLES.FACILITATOR)
    assert use_link(link=link_of(), user=nia).role == ROLES.FACILITATOR
