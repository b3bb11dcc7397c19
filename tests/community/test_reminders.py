"""Reminding who was invited, and letting them be."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from community import tasks
from community.actions import accept_invitation, invite, remind, withdraw_invitation
from community.models import AuditEntry, Invitation, Membership
from tests.factories import a_cohort, a_member, a_person
from tests.mails.sending import mail_out

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def alice(db):
    return a_person("Alice Moreau")


@pytest.fixture
def community(clock, alice):
    return a_cohort(host=alice, title="Heron").community


@pytest.fixture
def nia(community, alice, mailoutbox):
    """An invitation of nia@example.org that was mailed at START."""
    invitation = invite(community=community, email="nia@example.org", role="member", invited_by=alice)
    mail_out()
    invitation.refresh_from_db()
    return invitation


def link_in(message):
    return re.search(r"http://localhost:8000(/invitations/\S+/)\s", message.body)[1]


def remind_all():
    tasks.sweep_reminders()
    mail_out()


def address(name, invitation):
    return reverse(name, args=[invitation.community.slug, invitation.pk])


def test_two_mails_remind_and_then_no_more(nia, clock, mailoutbox):
    mailed = []
    for day in range(1, 30):
        clock.move_to(START + timedelta(days=day, hours=1))
        remind_all()
        remind_all()
        mailed.append(len(mailoutbox))
    assert [mailed.index(n) + 1 for n in (2, 3)] == [4, 14]
    assert mailed[-1] == 3
    assert mailoutbox[1].subject == "Alice Moreau still keeps you a place in Heron"
    assert "We wrote to you before" in mailoutbox[1].body
    assert "We wrote to you before" not in mailoutbox[0].body


def test_the_link_of_the_last_mail_leads_in(nia, clock, client_of, mailoutbox):
    clock.shift(timedelta(days=5))
    remind_all()
    assert [client_of(None).get(link_in(message)).status_code for message in mailoutbox] == [404, 200]
    client = client_of(a_person(email="nia@example.org"))
    assert "a newer mail has a newer link" in client.get(link_in(mailoutbox[0])).content.decode()
    client.post(link_in(mailoutbox[1]))
    assert nia.community.memberships.filter(user__email="nia@example.org").exists()


@pytest.mark.parametrize("how", ["accepted", "withdrawn", "declined", "run out"])
def test_who_answered_or_is_not_invited_any_more_hears_nothing(nia, alice, clock, client_of, mailoutbox, how):
    if how == "accepted":
        accept_invitation(nia, a_person(email="nia@example.org"))
    elif how == "withdrawn":
        withdraw_invitation(by=alice, invitation=nia)
    elif how == "declined":
        client_of(None).post(f"{link_in(mailoutbox[0])}decline/")
    else:
        Invitation.objects.update(expires_at=START)
    clock.shift(timedelta(days=5))
    remind_all()
    assert len(mailoutbox) == 1
    assert not remind(nia.pk, at_once=True)


def test_nobody_is_reminded_by_who_could_not_invite_them_any_more(nia, alice, clock, mailoutbox):
    a_member(nia.community, role=Membership.Role.HOST)
    nia.community.memberships.filter(user=alice).update(role=Membership.Role.MEMBER)
    clock.shift(timedelta(days=5))
    remind_all()
    assert len(mailoutbox) == 1


def test_a_host_reminds_now_but_not_twice_a_day_nor_for_ever(nia, alice, clock, client_of, mailoutbox):
    host, url = client_of(alice), address("remind_invited", nia)
    assert "has had mail about it just now" in host.post(url, follow=True).content.decode()
    for _ in range(5):
        clock.shift(timedelta(days=1))
        host.post(url)
        host.post(url)
        mail_out()
    assert len(mailoutbox) == 1 + Invitation.REMINDERS_MAX


def test_a_host_takes_an_invitation_back(nia, alice, client_of, mailoutbox):
    host = client_of(alice)
    page = host.get(reverse("invitations", args=[nia.community.slug])).content.decode()
    assert "nia@example.org" in page
    for _ in range(2):
        host.post(address("withdraw_invitation", nia))
    assert client_of(None).get(link_in(mailoutbox[0])).status_code == 404
    assert AuditEntry.objects.of(nia.community).get(act="withdrawn").about == "nia@example.org"
    assert "nia@example.org" not in host.get(reverse("invitations", args=[nia.community.slug])).content.decode()


def test_who_is_not_meant_says_so_without_an_account(nia, client_of, mailoutbox):
    there = link_in(mailoutbox[0])
    assert "No more mail about it" in client_of(None).get(there).content.decode()
    assert client_of(None).get(f"{there}decline/").status_code == 405
    assert client_of(None).post(f"{there}decline/").status_code == 302
    nia.refresh_from_db()
    assert nia.declined_at
    assert client_of(None).post(f"{there}decline/").status_code == 404


@pytest.mark.once
def test_the_page_asks_as_often_for_many_as_for_one(nia, alice, client_of, django_assert_num_queries):
    url, host = reverse("invitations", args=[nia.community.slug]), client_of(alice)
    host.get(url)
    for more in (0, 120):
        for n in range(more):
            Invitation.objects.create(
                community=nia.community, email=f"p{n}@example.org", invited_by=alice, expires_at=nia.expires_at
            )
        with django_assert_num_queries(6):
            host.get(url)
