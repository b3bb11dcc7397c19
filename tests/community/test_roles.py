"""What each role may do, who gives roles, and what a guest doesn't."""

from pathlib import Path

import pytest
from django.urls import reverse

from community.actions import (
    LastHost,
    RoleNotYours,
    accept_invitation,
    change_role,
    invite,
    join,
    remove_member,
    roles_to_grant,
)
from community.models import AuditEntry, Invitation, Membership, Power, Role, may, role_table
from courses.actions import NobodyThere, dismiss_author, name_author
from courses.models import Course, Unit
from tests import factories as make
from wiki.models import WikiPage

DOC = Path(__file__).resolve().parents[2] / "docs" / "roles.md"


def as_markdown():
    head = ["", *(role.label for role, _has in role_table()[0][1])]
    rows = [[str(power.label), *("yes" if has else "" for _role, has in cells)] for power, cells in role_table()]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


@pytest.mark.once
def test_the_page_of_roles_in_the_docs_is_the_table_of_the_code():
    assert as_markdown() in DOC.read_text()


@pytest.mark.parametrize(
    ("power", "method", "name"),
    [
        (Power.READ, "get", "community"),
        (Power.GUIDE, "get", "care"),
        (Power.RUN, "get", "community_settings"),
        (Power.WRITE_COURSE, "get", "manage_course"),
    ],
)
def test_a_page_opens_for_the_roles_that_the_table_names(world, client_of, power, method, name):
    args = [world.course.slug if name == "manage_course" else world.community.slug]
    person = make.a_person()
    membership = join(world.community, person)
    for role in Role:
        Membership.objects.filter(pk=membership.pk).update(role=role)
        answer = getattr(client_of(person), method)(reverse(name, args=args))
        assert (answer.status_code == 200) == may(role, power), role


def test_everybody_sees_what_they_may_do_here(world, client_of):
    page = client_of(world.al).get(reverse("roles", args=[world.community.slug])).content.decode()
    assert "You are here as alum." in page
    assert "All roles side by side" in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reply", {"body": "May I?"}),
        ("new_thread", {"title": "May I?", "body": "Just this."}),
        ("shelf", {"what": "https://example.org/", "why": "Good."}),
        ("useful", {}),
        ("nominate", {}),
        ("new_wiki_page", {"title": "Mine", "body": "Words."}),
        ("edit_wiki_page", {"body": "Words.", "version": 1}),
    ],
)
def test_a_guest_reads_and_writes_nothing(world, client_of, name, data):
    gus = make.a_person()
    join(world.community, gus, role=Role.GUEST)
    slug, place = world.community.slug, world.place
    thread = make.a_thread(place, author=world.bo)
    thing, page = make.a_resource(place, sharer=world.bo), make.a_wiki_page(place, author=world.bo)
    args = {
        "new_thread": [slug, place.pk],
        "new_wiki_page": [slug, place.pk],
        "shelf": [slug, place.pk],
        "reply": [slug, thread.pk],
        "nominate": [slug, thread.pk],
        "useful": [slug, thing.pk],
        "edit_wiki_page": [slug, page.slug],
    }[name]
    key = "00000000-0000-4000-8000-000000000001"
    answer = client_of(gus).post(reverse(name, args=args), {"key": key, **data})
    assert answer.status_code in (403, 409, 422), answer.status_code
    said = answer.content.decode()
    assert "write here just now" in said or "as a guest" in said or not data
    assert thread.posts.count() == 1
    assert place.threads.count() == 2  # the prompt in the text, and Bo's
    thing.refresh_from_db()
    page.refresh_from_db()
    assert (thing.useful_count, page.version) == (0, 1)
    assert not WikiPage.objects.filter(title="Mine").exists()


def test_nobody_gives_more_than_they_have_nor_elsewhere(world):
    bo = world.community.memberships.current().get(user=world.bo)
    for by in (world.bo, world.fay, world.cy, world.ed):
        assert roles_to_grant(by, world.community) == []
        with pytest.raises(RoleNotYours):
            change_role(by=by, membership=bo, role=Role.FACILITATOR)
        with pytest.raises(RoleNotYours):
            invite(community=world.community, email="new@example.org", role=Role.MEMBER, invited_by=by)
    hal = make.a_person()
    join(world.community, hal, role=Role.HOST)
    change_role(by=hal, membership=bo, role=Role.HOST)
    with pytest.raises(RoleNotYours):
        change_role(by=hal, membership=world.other.memberships.get(user=world.cy), role=Role.GUEST)
    entry = AuditEntry.objects.of(world.community).get(act="role")
    assert (entry.by, entry.about, entry.details) == (hal, f"@{world.bo.handle}", {"from": "member", "to": "host"})


def test_the_last_host_stays_host(world):
    alice = world.community.memberships.current().get(user=world.alice)
    with pytest.raises(LastHost):
        change_role(by=world.alice, membership=alice, role=Role.MEMBER)


def test_an_invitation_holds_while_who_gave_it_may_give_it(world):
    hal, new = make.a_person(), make.a_person("New Nora")
    membership = join(world.community, hal, role=Role.HOST)
    invited = Invitation.objects.create(
        community=world.community,
        email=new.email,
        role=Role.HOST,
        invited_by=hal,
        expires_at=membership.joined_at.replace(year=membership.joined_at.year + 1),
    )
    remove_member(membership)
    with pytest.raises(Invitation.DoesNotExist):
        accept_invitation(invited, new)
    assert world.community.membership_of(new) is None


def test_an_author_writes_the_course_and_is_in_no_community(world):
    ava = make.a_person()
    author = name_author(by=world.alice, course=world.course, email=ava.email.upper())
    assert name_author(by=world.alice, course=world.course, email=ava.email) == author
    assert list(Course.objects.editable_by(ava)) == [world.course]
    assert Unit.objects.visible_to(ava).count() == 3
    dismiss_author(by=world.alice, author=author)
    assert not Course.objects.visible_to(ava).exists()
    assert [entry.act for entry in AuditEntry.objects.newest_first()[:2]] == ["no_author", "author"]
    with pytest.raises(NobodyThere):
        name_author(by=world.alice, course=world.course, email="nobody@example.org")


def test_a_guest_is_not_asked_for_words_that_they_may_not_write(world, client_of):
    gus = make.a_person()
    join(world.community, gus, role=Role.GUEST)
    make.a_thread(world.commons, author=world.bo)
    invitations = ("Read and reply here", "Share it here", "What do you keep explaining?")
    read_by_gus, by_bo = (
        client_of(reader).get(f"/c/{world.community.slug}/").content.decode() for reader in (gus, world.bo)
    )
    for words in invitations:
        assert words in by_bo
        assert words not in read_by_gus
    assert "Read here" in read_by_gus
