"""Bringing many people by a list: what it says first, and what it does then."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from community import tasks
from community.actions import (
    NobodyInIt,
    TooManyLines,
    apply_roster,
    bring_roster,
    discard_roster,
    export_roster,
    invite,
    join,
    run_job,
)
from community.actions.rosters import applying
from community.models import AuditEntry, Invitation, Job, Membership, RosterImport, RosterLine
from tests.factories import a_community, a_member, a_person, an_admin
from tests.mails.sending import waiting

pytestmark = pytest.mark.django_db
ROLES = Membership.Role


@pytest.fixture
def alice(db):
    return a_person("Alice Moreau", email="alice@example.org")


@pytest.fixture
def community(alice):
    return a_community("Heron", host=alice)


@pytest.fixture
def bring(community, alice):
    def brought(text, *, by=None, role=ROLES.MEMBER, **more):
        content = text.encode() if isinstance(text, str) else text
        return bring_roster(by=by or alice, community=community, content=content, role=role, **more)

    return brought


@pytest.fixture
def apply(alice):
    def applied(roster, *, removes=False, by=None):
        return apply_roster(by=by or alice, roster=roster, removes=removes, path="/there/")

    return applied


def said(roster, *fields):
    return list(roster.lines.in_order().values_list("email", "verdict", *fields))


def role_of(community, person):
    membership = community.membership_of(person)
    return membership and membership.role


def test_line_by_line_it_says_who_is_new_known_changed_and_wrong_and_changes_nothing(community, bring, alice):
    bo, fay = a_member(community, email="bo@example.org"), a_member(community, email="fay@example.org")
    invite(community=community, email="invited@example.org", role=ROLES.MEMBER, invited_by=alice)
    roster = bring(
        "Name;E-Mail;Role\nNia;nia@example.org;\nBo;BO@example.org;\nFay;fay@example.org;Facilitator\n"
        "Ida;invited@example.org;\nNobody;nobody;\nKing;king@example.org;king\nMissing\n"
    )
    assert said(roster, "number", "problem") == [
        ("nia@example.org", "new", 2, ""),
        ("bo@example.org", "known", 3, ""),
        ("fay@example.org", "changed", 4, ""),
        ("invited@example.org", "known", 5, ""),
        ("nobody", "wrong", 6, "not_an_address"),
        ("king@example.org", "wrong", 7, "role_unknown"),
        ("", "wrong", 8, "no_address"),
    ]
    assert roster.lines.get(verdict="changed").role_before == ROLES.MEMBER
    assert roster.lines.get(number=8).words == "Missing"
    assert {role_of(community, person) for person in (bo, fay)} == {ROLES.MEMBER}
    assert Invitation.objects.count() == 1
    assert not AuditEntry.objects.of(community).exists()


def test_it_does_not_tell_who_has_an_account(bring):
    a_person(email="has@example.org")
    roster = bring("has@example.org\nhas-none@example.org\n")
    assert {line[1:] for line in said(roster, "problem", "role")} == {("new", "", "member")}


def test_what_is_new_comes_in_and_what_is_wrong_stays_out(community, bring, apply, mailoutbox):
    has, been = a_person(email="has@example.org"), a_member(community, email="been@example.org")
    community.memberships.filter(user=been).update(left_at=timezone.now())
    roster = apply(
        bring('email,name,role\nhas@example.org,,\nbeen@example.org,,\nnia@example.org,"=1+2",facilitator\nnobody,,\n')
    )
    assert (role_of(community, has), role_of(community, been)) == (ROLES.MEMBER, ROLES.MEMBER)
    nia = Invitation.objects.get()
    assert (nia.email, nia.name, nia.role) == ("nia@example.org", "=1+2", ROLES.FACILITATOR)
    assert said(roster, "outcome") == [
        ("has@example.org", "new", "joined"),
        ("been@example.org", "new", "joined"),
        ("nia@example.org", "new", "invited"),
        ("nobody", "wrong", ""),
    ]
    assert roster.finished_at
    assert bytes(RosterImport.objects.get().content) == b""
    entry = AuditEntry.objects.of(community).get()
    assert (entry.act, entry.details["new"], entry.details["wrong"]) == ("roster", 3, 1)


def test_each_invitation_is_to_be_mailed(bring, apply):
    apply(bring("nia@example.org, bo@example.org"))
    assert waiting() == {"nia@example.org", "bo@example.org"}


def test_done_twice_it_is_done_once(community, bring, apply):
    roster = bring("nia@example.org", key="6f1a3a1e-2a52-4a0e-9d5e-2f1f6f6c1b11")
    again = bring("nia@example.org", key="6f1a3a1e-2a52-4a0e-9d5e-2f1f6f6c1b11")
    assert again == roster
    for _ in range(2):
        apply(roster)
    assert Invitation.objects.count() == 1
    assert AuditEntry.objects.of(community).count() == 1


def test_nobody_leaves_by_a_list_unless_somebody_says_so(community, bring, apply, alice):
    bo, fay = a_member(community, email="bo@example.org"), a_member(community, role=ROLES.FACILITATOR)
    gone, al = a_member(community, email="gone@example.org"), a_member(community, role=ROLES.ALUM)
    invite(community=community, email="invited@example.org", role=ROLES.MEMBER, invited_by=alice)
    for removes in (False, True):
        roster = bring("bo@example.org")
        absent = {email for email, verdict in said(roster) if verdict == "absent"}
        assert absent == {"gone@example.org", "invited@example.org"}
        apply(roster, removes=removes)
        assert bool(community.membership_of(gone)) is not removes
        assert Invitation.objects.open().exists() is not removes
    assert all(community.membership_of(person) for person in (bo, fay, al, alice))


def test_who_brings_a_list_without_themselves_stays(community, bring, apply):
    ada, bo = an_admin(), a_member(community)
    join(community, ada)
    apply(bring("nia@example.org", by=ada), removes=True, by=ada)
    assert community.membership_of(ada)
    assert not community.membership_of(bo)


def test_only_who_was_shown_as_missing_leaves(community, bring, apply):
    roster = bring("bo@example.org")
    late = a_member(community)
    apply(roster, removes=True)
    assert community.membership_of(late)


def test_the_role_for_all_raises_and_only_the_lists_own_word_lowers(community, bring, apply, alice):
    host = a_member(community, email="host@example.org", role=ROLES.HOST)
    apply(bring("host@example.org", role=ROLES.MEMBER))
    assert role_of(community, host) == ROLES.HOST
    apply(bring("email,role\nhost@example.org,member\n"))
    assert role_of(community, host) == ROLES.MEMBER
    roster = apply(bring("email,role\nalice@example.org,member\n"))
    assert role_of(community, alice) == ROLES.HOST
    assert ("alice@example.org", "wrong", "last_host") in said(roster, "problem")


def test_nobody_gives_a_role_above_their_own(community, bring, apply):
    fay = a_member(community, role=ROLES.FACILITATOR)
    roster = bring("email,role\nnia@example.org,host\n", by=fay)
    assert said(roster, "problem") == [("nia@example.org", "wrong", "role_above")]


def test_rights_are_asked_again_when_it_is_done(community, bring, apply):
    hal = a_member(community, role=ROLES.HOST)
    roster = bring("nia@example.org", by=hal)
    community.memberships.filter(user=hal).update(role=ROLES.MEMBER)
    apply(roster, by=hal)
    assert said(roster, "problem", "outcome") == [("nia@example.org", "wrong", "role_above", "nothing")]
    assert not Invitation.objects.exists()


def test_an_address_that_stands_there_twice_counts_once(bring):
    roster = bring("email,role\nnia@example.org,\nNIA@example.org,member\nnia@example.org,host\n")
    assert said(roster, "problem") == [
        ("nia@example.org", "new", ""),
        ("nia@example.org", "known", "twice"),
        ("nia@example.org", "wrong", "role_twice"),
    ]


def test_an_invitation_that_ran_out_is_renewed_as_the_list_says(community, bring, apply, alice):
    old = invite(community=community, email="nia@example.org", role=ROLES.HOST, invited_by=an_admin())
    Invitation.objects.update(expires_at=timezone.now(), sent_at=timezone.now())
    apply(bring("nia@example.org"))
    now = Invitation.objects.get()
    assert (now, now.role, now.invited_by, now.sent_at) == (old, ROLES.MEMBER, alice, None)
    assert Invitation.objects.open().exists()


@pytest.mark.parametrize("content", [b"", b"\n\n ;;\n", b"\xef\xbb\xbf"])
def test_a_list_with_nobody_in_it_is_refused(bring, content):
    with pytest.raises(NobodyInIt):
        bring(content)
    assert not RosterImport.objects.exists()


def test_a_list_that_is_too_long_is_refused(bring, monkeypatch):
    monkeypatch.setattr(RosterImport, "LINES_MAX", 3)
    assert bring("email\n" + "\n".join(f"p{n}@example.org" for n in range(3))).lines.count() == 3
    with pytest.raises(TooManyLines):
        bring("email\n" + "\n".join(f"p{n}@example.org" for n in range(4)))


def test_a_long_list_is_done_part_by_part_and_goes_on_where_a_worker_died(community, bring, apply, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 2)
    roster = apply(bring(" ".join(f"p{n}@example.org" for n in range(5)) + ", q@example.org"))
    assert not Invitation.objects.exists()
    job = Job.objects.get()
    assert (job.kind, job.total, roster.job, job.path) == ("roster", 6, job, "/there/")
    let_in, calls = applying.let_in, []

    def dying(*args, **more):
        let_in(*args, **more)
        calls.append(1)
        if len(calls) == 2:
            raise OSError("The machine is gone.")

    monkeypatch.setattr(applying, "let_in", dying)
    with pytest.raises(OSError, match="gone"):
        run_job(job.pk)
    assert (Invitation.objects.count(), Job.objects.get().done) == (2, 2)
    run_job(job.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert (Invitation.objects.count(), job.done, job.percent) == (6, 6, 100)
    roster.refresh_from_db()
    assert roster.finished_at


@pytest.mark.once
def test_a_part_takes_as_many_queries_for_few_as_for_many(bring, apply, django_assert_max_num_queries):
    for count in (3, 120):
        roster = bring("\n".join(f"p{n}-{count}@example.org" for n in range(count)))
        with django_assert_max_num_queries(24):
            apply(roster)


def test_what_is_taken_along_can_be_brought_again_and_has_no_formulas(community, bring, alice):
    bo = a_member(community, '=HYPERLINK("http://x")', email="bo@example.org")
    invite(community=community, email="nia@example.org", role=ROLES.FACILITATOR, invited_by=alice)
    text = "".join(export_roster(by=alice, community=community))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))
    assert rows[0] == ["E-mail", "Name", "Role", "State"]
    assert ["bo@example.org", f"'{bo.name}", "member", "in"] in rows
    assert rows[-1] == ["nia@example.org", "", "facilitator", "invited"]
    again = bring(text)
    assert {verdict for _email, verdict in said(again)} == {"known"}
    assert again.lines.get(email="bo@example.org").name == bo.name
    assert AuditEntry.objects.of(community).get().act == "exported"


def test_a_person_can_be_in_many_cohorts(community, bring, apply, alice):
    other = a_community("Egret", host=alice)
    bo = a_member(other, email="bo@example.org")
    apply(bring("bo@example.org"))
    assert role_of(community, bo) == role_of(other, bo) == ROLES.MEMBER


def test_lists_are_forgotten(bring, apply):
    first, second = bring("nia@example.org"), apply(bring("bo@example.org"))
    discard_roster(first)
    assert list(RosterImport.objects.all()) == [second]
    RosterImport.objects.update(created_at=timezone.now() - timedelta(days=31))
    tasks.forget_rosters()
    assert not RosterImport.objects.exists()
    assert not RosterLine.objects.exists()
    assert Invitation.objects.count() == 1, "what was done stays done"


def test_join_and_a_list_agree_about_who_comes_back_while_paused(community, bring, apply):
    loud = a_member(community, email="loud@example.org")
    until = timezone.now() + timedelta(days=1)
    community.memberships.filter(user=loud).update(left_at=timezone.now(), paused_until=until, paused_for="Loud.")
    apply(bring("loud@example.org"))
    assert community.membership_of(loud).paused_until == until
    assert join(community, loud).is_paused
