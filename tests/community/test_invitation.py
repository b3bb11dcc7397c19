"""Letting people in by e-mail."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from community.actions import InvitationNotYours, accept_invitation, invite
from community.models import Invitation, Membership
from notifications.actions import mail_invitations
from notifications.models import Delivery
from tests.factories import a_community, a_member, a_person
from tests.mails.sending import mail_out

pytestmark = pytest.mark.django_db
ROLES = Membership.Role


@pytest.fixture
def community(db):
    return a_community("Heron circle", host=a_person("Alice Moreau"))


@pytest.fixture
def ask(community):
    """Invite an address; the mail is sent at once if `sent`."""

    def invitation(email="nia@example.org", role=ROLES.MEMBER, *, sent=True):
        host = community.memberships.get(role=ROLES.HOST).user
        made = invite(community=community, email=email, role=role, invited_by=host)
        if sent and isinstance(made, Invitation):
            mail_out()
            made.refresh_from_db()
        return made

    return invitation


def link_in(mail):
    (link,) = re.findall(r"http://localhost:8000(/invitations/\S+/)\s", mail.body)
    return link


def role_of(person, community):
    membership = community.membership_of(person)
    return membership and membership.role


def test_the_mail_has_the_link_and_the_database_does_not(ask, mailoutbox):
    invitation = ask()
    (mail,) = mailoutbox
    token = link_in(mail).split("/")[2]
    assert (mail.to, mail.subject) == (["nia@example.org"], "Alice Moreau invites you to Heron circle")
    assert token in mail.alternatives[0].content
    assert len(token) >= 128 / 6
    assert token not in str(Invitation.objects.values().get())
    assert Invitation.objects.for_token(token).get() == invitation
    assert not Invitation.objects.for_token(invitation.token_hash).exists()


def test_somebody_new_signs_up_by_the_link_and_joins(ask, community, mailoutbox):
    ask(role=ROLES.FACILITATOR)
    link, client = link_in(mailoutbox[0]), Client()
    page = client.get(link).content.decode()
    assert "Heron circle" in page
    assert f'href="/accounts/signup/?next={link}"' in page
    form = {"email": "nia@example.org", "name": "Nia", "password1": "three quiet herons", "next": link}
    client.post("/accounts/signup/", form)
    (confirm,) = re.findall(r"http://testserver(/\S+)", mailoutbox[1].body)
    assert client.post(confirm).url == link
    assert client.post(link).url == community.get_absolute_url()
    assert "Welcome to Heron circle." in client.get(community.get_absolute_url()).content.decode()
    assert community.memberships.current().get(user__name="Nia").role == ROLES.FACILITATOR


def test_looking_at_an_invitation_changes_nothing(ask, community, client_of, mailoutbox):
    ask()
    nia = a_person(email="nia@example.org")
    for client in (client_of(nia), client_of(None)):
        assert client.get(link_in(mailoutbox[0])).status_code == 200
        client.head(link_in(mailoutbox[0]))
    client_of(None).post(link_in(mailoutbox[0]))
    assert role_of(nia, community) is None
    assert Invitation.objects.open().exists()


def test_the_link_is_worth_nothing_to_anybody_else(ask, community, client_of, mailoutbox):
    ask()
    eve, client = a_person(email="eve@example.org"), None
    client = client_of(eve)
    for answer in (client.get(link_in(mailoutbox[0])), client.post(link_in(mailoutbox[0]))):
        page = answer.content.decode()
        assert "The invitation is for n…@example.org. You are signed in as eve@example.org." in page
        assert "nia@example.org" not in page
    assert answer.status_code == 403
    assert role_of(eve, community) is None


def test_an_address_counts_only_when_it_was_confirmed(ask, community, client_of, mailoutbox):
    ask()
    eve = a_person(email="eve@example.org")
    eve.emailaddress_set.create(email="nia@example.org", verified=False)
    assert client_of(eve).post(link_in(mailoutbox[0])).status_code == 403
    assert role_of(eve, community) is None


def test_an_account_that_nobody_confirmed_is_not_let_in_but_invited(ask, community, mailoutbox):
    squatter = a_person(email="nia@example.org")
    squatter.emailaddress_set.update(verified=False)
    ask()
    assert role_of(squatter, community) is None
    assert [mail.to for mail in mailoutbox] == [["nia@example.org"]]


def test_a_link_works_once(ask, community, client_of, mailoutbox):
    ask()
    nia = a_person(email="nia@example.org")
    assert client_of(nia).post(link_in(mailoutbox[0])).status_code == 302
    assert role_of(nia, community) == ROLES.MEMBER
    for answer in (client_of(nia).get(link_in(mailoutbox[0])), client_of(nia).post(link_in(mailoutbox[0]))):
        assert answer.status_code == 404
        assert "This invitation is over" in answer.content.decode()
    assert community.memberships.filter(user=nia).count() == 1


@pytest.mark.parametrize("how", ["expires_at", "revoked_at"])
def test_an_invitation_that_is_over_says_so(ask, community, client_of, mailoutbox, how):
    ask()
    Invitation.objects.update(**{how: timezone.now() - timedelta(seconds=1)})
    nia = a_person(email="nia@example.org")
    gone, unknown = client_of(nia).post(link_in(mailoutbox[0])), client_of(nia).get("/invitations/made-up/")
    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert "This invitation is over" in gone.content.decode()
    assert role_of(nia, community) is None


def test_mail_that_is_sent_again_has_a_new_link_and_the_old_one_is_dead(ask, client_of, mailoutbox):
    invitation = ask()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    again = ask()
    assert again == invitation
    answers = [client_of(None).get(link_in(mail)).status_code for mail in mailoutbox]
    assert answers == [404, 200]


def test_somebody_with_an_account_joins_at_once(ask, community, mailoutbox):
    nia = a_person(email="nia@example.org")
    ask(" NIA@example.org ", ROLES.FACILITATOR)
    assert role_of(nia, community) == ROLES.FACILITATOR
    assert mailoutbox == []


def test_inviting_somebody_again_never_lowers_what_they_are(ask, community):
    fay = a_member(community, email="fay@example.org", role=ROLES.FACILITATOR)
    for role in (ROLES.MEMBER, ROLES.ALUM):
        ask(fay.email, role)
    assert role_of(fay, community) == ROLES.FACILITATOR
    ask(fay.email, ROLES.HOST)
    assert role_of(fay, community) == ROLES.HOST
    assert community.memberships.filter(user=fay).count() == 1


def test_a_second_invitation_sends_no_second_mail(ask, mailoutbox):
    assert ask(sent=False) == ask("Nia@Example.org", sent=False)
    mail_out()
    mail_out()
    assert len(mailoutbox) == 1


def test_what_is_over_before_its_mail_goes_out_is_not_mailed(ask, mailoutbox):
    for number in range(3):
        ask(f"nia{number}@example.org", sent=False)
    Invitation.objects.filter(email="nia1@example.org").update(revoked_at=timezone.now())
    assert mail_invitations() == 2
    assert mail_invitations() == 0
    Invitation.objects.filter(email="nia0@example.org").update(revoked_at=timezone.now())
    mail_out()
    assert [message.to[0] for message in mailoutbox] == ["nia2@example.org"]


def test_of_who_may_not_invite_any_more_nobody_is_mailed(ask, community, mailoutbox):
    ask(sent=False)
    community.memberships.filter(role=ROLES.HOST).update(role=ROLES.MEMBER)
    mail_out()
    assert mailoutbox == []


def test_a_mail_that_goes_out_again_after_a_crash_has_the_same_link(ask, client_of, mailoutbox):
    ask()
    Delivery.objects.update(state=Delivery.State.WAITING, due_at=timezone.now())
    mail_out()
    first, again = mailoutbox
    assert link_in(first) == link_in(again)
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert client_of(None).get(link_in(first)).status_code == 200


def test_a_title_or_name_adds_no_header_and_no_markup(ask, community, mailoutbox):
    community.title = "Herons\r\nBcc: all@example.org <b>"
    community.save(update_fields=["title"])
    ask()
    (mail,) = mailoutbox
    assert mail.recipients() == ["nia@example.org"]
    assert mail.message()["Bcc"] is None
    assert mail.subject == "Alice Moreau invites you to Herons Bcc: all@example.org <b>"
    assert "<b>" not in mail.alternatives[0].content


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_joins(ask, community, mailoutbox):
    """The same person in two windows: one seat, one membership, and nobody sees an error."""
    invitation, nia = ask(), a_person(email="nia@example.org")
    start, ended = Barrier(2), []

    def press():
        start.wait()
        try:
            accept_invitation(invitation, nia)
            ended.append("in")
        except (Invitation.DoesNotExist, InvitationNotYours) as error:
            ended.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["DoesNotExist", "in"]
    assert community.memberships.filter(user=nia).count() == 1
