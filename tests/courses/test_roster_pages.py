"""A cohort's people by a list: brought, looked through, done, taken along."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.actions.rosters import applying
from community.models import Invitation, RosterImport
from tests.factories import a_cohort, a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(world, client_of):
    return client_of(world.alice)


def address(world, name, *more):
    return reverse(name, args=[world.community.slug, *more])


def bring(client, world, **fields):
    return client.post(address(world, "roster"), {"role": "member", "words": "", "key": uuid4(), **fields})


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def test_a_file_is_looked_through_and_then_done(world, alice):
    content = "E-Mail;Name\nzoe@example.org;Zoë Groß\nbo@example.org;Bo\nnobody;\n".encode("cp1252")
    there = bring(alice, world, file=SimpleUploadedFile("herons.csv", content)).url
    page = text_of(alice.get(there))
    for words in (
        "herons.csv",
        "1 new",
        "1 known",
        "1 wrong",
        "Zoë Groß",
        "That is no e-mail address.",
        "Windows-1252",
    ):
        assert words in page
    assert not Invitation.objects.exists()
    done = text_of(alice.post(f"{there}apply/", follow=True))
    assert "1: has a mail with a link" in done
    assert Invitation.objects.get().email == "zoe@example.org"


def test_lines_can_be_seen_by_what_they_are(world, alice):
    there = bring(alice, world, words="email\nnia@example.org\nnobody\n").url
    page = text_of(alice.get(f"{there}?show=wrong"))
    assert "nobody" in page
    assert "nia@example.org" not in page
    assert alice.get(f"{there}?show=elsewhere&page=x").status_code == 200


def test_it_is_read_in_another_way_when_somebody_says_so(world, alice):
    text = "Wer;Kontakt;Zweitadresse\nRené;rene@example.org;r@example.org\n"
    there = bring(alice, world, file=SimpleUploadedFile("x.csv", text.encode("mac_roman"))).url
    said = {"encoding": "mac_roman", "delimiter": "semicolon", "has_header": "on", "name": "0", "email": "2"}
    page = text_of(alice.post(f"{there}read/", {**said, "role_of_all": "facilitator"}, follow=True))
    assert "r@example.org René" in page
    line = RosterImport.objects.get().lines.get(verdict="new")
    assert (line.email, line.name, line.role) == ("r@example.org", "René", "facilitator")
    wrong = alice.post(f"{there}read/", {**said, "encoding": "utf-8", "role_of_all": "member"})
    assert wrong.status_code == 422
    assert "That can't be read as text." in text_of(wrong)
    assert RosterImport.objects.get().lines.get(verdict="new").name == "René"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Paste addresses here, or choose a file."),
        ({"words": ";;\n;"}, "There is nobody in that list."),
        ({"words": "a@example.org", "file": SimpleUploadedFile("x", b"b@example.org")}, "That would be two lists."),
        ({"words": "nia@example.org", "role": "king"}, "Select a valid choice"),
        ({"file": SimpleUploadedFile("x.csv", b"a" * (2 * 1024 * 1024 + 1))}, "That file is too large"),
    ],
)
def test_what_can_not_be_read_is_said_and_nothing_typed_is_lost(world, alice, fields, words):
    answer = bring(alice, world, **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert fields.get("words", "") in answer.content.decode()
    assert not RosterImport.objects.exists()


@pytest.mark.parametrize("content", [b"\0\0\0", b"\x00\xff\xfe\x00", b'"""""', b"PK\x03\x04" + bytes(range(256)) * 8])
def test_no_bytes_break_the_page(world, alice, content):
    answer = alice.post(
        address(world, "roster"), {"role": "member", "key": uuid4(), "file": SimpleUploadedFile("x", content)}
    )
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert alice.get(answer.url).status_code == 200
        assert not RosterImport.objects.get().lines.that_are("new").exists()


def test_nobody_is_taken_out_while_a_line_is_wrong(world, alice):
    a_member(world.community)
    assert "And take out" in text_of(alice.get(bring(alice, world, words="bo@example.org").url))
    there = bring(alice, world, words="bo@example.org\nx").url
    assert "Nobody is taken out" in text_of(alice.get(there))
    before = world.community.memberships.current().count()
    alice.post(f"{there}apply/", {"removes": "on"})
    assert world.community.memberships.current().count() == before


def test_a_list_that_is_long_shows_how_far_it_is(world, alice, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 2)
    there = bring(alice, world, words=" ".join(f"p{n}@example.org" for n in range(5))).url
    page = text_of(alice.post(f"{there}apply/", follow=True))
    assert "0 of 5." in page
    assert "You can leave this page" in page


def test_a_list_is_seen_through_its_own_cohort_only(world, alice):
    there = bring(alice, world, words="nia@example.org").url
    other = a_cohort(world.course, host=world.alice)
    elsewhere = there.replace(world.community.slug, other.community.slug)
    assert alice.get(elsewhere).status_code == 404
    assert alice.post(f"{elsewhere}apply/").status_code == 404
    assert not Invitation.objects.exists()


def test_the_list_that_is_taken_along_is_a_file(world, alice):
    answer = alice.get(address(world, "export_roster"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="{world.community.slug}-roster.csv"' in answer["Content-Disposition"]
    assert "bo@example.org" in answer.getvalue().decode()


@pytest.mark.once
def test_pages_ask_as_often_for_many_lines_as_for_few(world, alice, django_assert_num_queries):
    for count in (2, 150):
        there = bring(alice, world, words="\n".join(f"p{n}@example.org" for n in range(count))).url
        alice.get(there)
        with django_assert_num_queries(11):
            alice.get(there)
