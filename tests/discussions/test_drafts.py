"""Words that are not posted yet."""

import uuid

import pytest
from django.urls import reverse

from community.actions import DRAFTS_AT_MOST, keep_draft, remove_member
from community.models import Draft
from discussions.forms import DraftForm
from discussions.models import Post
from tests.factories import a_post, a_thread, a_thread_on, commons_of


@pytest.fixture
def thread(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)


def keep(client, slot, body="Begun.", **more):
    return client.post(reverse("save_draft"), {"slot": slot, "body": body} | more)


def kept(client, *slots, **more):
    return client.get(reverse("my_drafts"), {"slot": slots} | more).json()


def send(client, thread, body, **more):
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])
    return client.post(url, {"body": body, "key": uuid.uuid4(), "slot": f"reply:{thread.pk}"} | more)


def test_a_draft_is_kept_as_typed_and_there_is_one_a_form(world, client_of, thread):
    client, slot = client_of(world.bo), f"reply:{thread.pk}"
    saved_at = keep(client, slot, "First").json()["saved_at"]
    answer = keep(client, slot, "  Zwei\r\nZeilen 👩‍👩‍👧 \u202eabc\r\n", title="T")
    assert answer.json()["saved_at"] >= saved_at
    found = kept(client, slot)["drafts"]
    assert found == {slot: {"title": "T", "body": "  Zwei\nZeilen 👩‍👩‍👧 \u202eabc\n", **answer.json()}}
    assert Draft.objects.count() == 1


def test_nobody_else_sees_a_draft(world, client_of, thread):
    slot = f"reply:{thread.pk}"
    keep(client_of(world.bo), slot, "Only mine.")
    for person in (world.alice, world.fay, world.al):
        client = client_of(person)
        assert kept(client, slot)["drafts"] == {}
        for url in (reverse("drafts"), world.place.path, thread.get_absolute_url()):
            assert "Only mine." not in client.get(url).content.decode()
        client.post(reverse("discard_draft"), {"slot": slot})
    assert Draft.objects.get().person == world.bo


def test_a_draft_is_gone_when_its_post_stands(world, client_of, thread):
    client, slot = client_of(world.bo), f"reply:{thread.pk}"
    keep(client, slot)
    keep(client_of(world.fay), slot)
    send(client, thread, "Begun.")
    assert [draft.person for draft in Draft.objects.all()] == [world.fay]


def test_a_draft_stays_when_its_post_is_refused(world, client_of, thread):
    client = client_of(world.bo)
    keep(client, f"reply:{thread.pk}")
    thread.closed_at = thread.created_at
    thread.save(update_fields=["closed_at"])
    assert send(client, thread, "Begun.").status_code == 409
    assert send(client, thread, "").status_code == 422
    assert Draft.objects.count() == 1


def test_a_draft_of_a_conversation_is_gone_when_it_is_begun(world, client_of):
    client, slot = client_of(world.bo), f"thread:{world.place.pk}:"
    keep(client, slot, title="All of it")
    url = reverse("new_thread", args=[world.community.slug, world.place.pk])
    client.post(url, {"body": "Begun.", "key": uuid.uuid4(), "slot": slot})
    assert not Draft.objects.exists()


def test_a_save_that_arrives_after_its_post_leaves_nothing(world, client_of, thread):
    client, key = client_of(world.bo), uuid.uuid4()
    send(client, thread, "Line\r\nand line", key=key)
    for words in ("Line\r\nand line", "Line\r\nan"):  # or what stood there a moment before
        answer = keep(client, f"reply:{thread.pk}", words, key=key)
        assert answer.json() == {"saved_at": None, "is_sent": True}
    assert not Draft.objects.exists()
    assert keep(client, f"reply:{thread.pk}", "Other words", key=uuid.uuid4()).json()["saved_at"]


def test_a_form_hears_whether_its_key_made_a_post(world, client_of, thread):
    client, key, other = client_of(world.bo), uuid.uuid4(), uuid.uuid4()
    send(client, thread, "Once.", key=key)
    a_post(thread, author=world.fay, key=other)
    assert kept(client, key=[key, other, uuid.uuid4(), "nonsense"])["posted"] == [str(key)]


def test_other_words_under_a_used_key_are_a_post_of_their_own(world, client_of, thread):
    client, key = client_of(world.bo), uuid.uuid4()
    for body in ("First.", "Second.", "Second.", "First."):
        assert send(client, thread, body, key=key).status_code == 302
    assert [post.source for post in Post.objects.filter(author=world.bo).in_order()] == ["First.", "Second."]


@pytest.mark.parametrize(
    "slot", ["reply:0", "reply:x", "thread:0:", "thread::", "nonsense", "reply:-1", "thread:1:a/b"]
)
def test_what_is_no_form_keeps_no_draft(world, client_of, slot):
    assert keep(client_of(world.bo), slot).status_code == 404


def test_what_one_may_not_see_keeps_no_draft(world, client_of, thread):
    theirs = a_thread(commons_of(world.other), author=world.cy)
    for client, slot in (
        (client_of(world.bo), f"reply:{theirs.pk}"),
        (client_of(world.bo), f"thread:{theirs.place_id}:"),
        (client_of(world.ed), f"reply:{thread.pk}"),
    ):
        assert keep(client, slot).status_code == 404
    assert not Draft.objects.exists()


def test_a_removed_member_finds_their_words_but_not_the_place(world, client_of, thread):
    client = client_of(world.bo)
    keep(client, f"reply:{thread.pk}", "Still mine. " * 100)
    assert thread.get_absolute_url() in client.get(reverse("drafts")).content.decode()
    remove_member(world.community.memberships.current().get(user=world.bo))
    page = client.get(reverse("drafts")).content.decode()
    assert "Still mine. " * 100 in page
    assert thread.title not in page
    assert world.place.title not in page


def test_a_draft_may_be_a_little_longer_than_a_post_and_no_more(world, client_of, thread):
    client, slot = client_of(world.bo), f"reply:{thread.pk}"
    fits = "\n" + "x" * (DraftForm.BODY_MAX - 1)
    assert keep(client, slot, fits.replace("\n", "\r\n")).status_code == 200
    assert keep(client, slot, fits + "x").status_code == 422
    assert Draft.objects.get().body == fits


def test_no_words_are_no_draft(world, client_of, thread):
    client, slot = client_of(world.bo), f"reply:{thread.pk}"
    keep(client, slot)
    assert keep(client, slot, " \n").json() == {"saved_at": None}
    assert not Draft.objects.exists()


def test_of_too_many_drafts_the_oldest_go(world):
    for n in range(DRAFTS_AT_MOST + 2):
        keep_draft(person=world.bo, slot=f"reply:{n}", title="", body="x")
    keep_draft(person=world.fay, slot="reply:0", title="", body="x")
    slots = set(world.bo.drafts.values_list("slot", flat=True))
    assert len(slots) == DRAFTS_AT_MOST
    assert {"reply:0", "reply:1"}.isdisjoint(slots)
    assert world.fay.drafts.count() == 1


def test_the_page_of_drafts_leads_to_each_and_discards(world, client_of, thread, django_assert_max_num_queries):
    client = client_of(world.bo)
    slots = [f"reply:{thread.pk}", f"thread:{world.place.pk}:", f"thread:{world.place.pk}:{thread.block_id}"]
    for slot in slots:
        keep(client, slot, "<b>Words</b>")
    with django_assert_max_num_queries(6):
        page = client.get(reverse("drafts")).content.decode()
    start = reverse("new_thread", args=[world.community.slug, world.place.pk])
    for path in (thread.get_absolute_url(), start, f"?discuss={thread.block_id}#b-{thread.block_id}"):
        assert path in page
    assert "&lt;b&gt;Words" in page
    client.post(reverse("discard_draft"), {"slot": slots[0]})
    assert set(Draft.objects.values_list("slot", flat=True)) == set(slots[1:])
