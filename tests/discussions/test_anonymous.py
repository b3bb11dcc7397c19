"""Prompts whose answers don't tell members who wrote them. Wherever a post shows, its author's name must not."""

import re
import uuid
from pathlib import Path

import pytest
from django.urls import reverse

from community.actions import join
from community.models import Membership
from discussions.actions import edit_post
from discussions.models import Post
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_person, a_post, a_prompt

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HTMX = {"HTTP_HX_REQUEST": "true"}
CANARIES = ["Zyx Quillon", "zyxcanary", ">ZQ<"]


@pytest.fixture(params=[Membership.Role.MEMBER, Membership.Role.FACILITATOR], ids=["a member", "a guide"])
def writer(request, world):
    person = a_person("Zyx Quillon", handle="zyxcanary")
    join(world.community, person, role=request.param)
    return person


@pytest.fixture
def thread(world):
    return a_prompt(world.place, asker=world.fay, title="Where did you fail?", is_anonymous=True)


def answered(thread, writer, bo):
    """An answer that was edited and that names Bo; one to Bo's; one that was removed by its author."""
    mine = a_post(thread, author=writer, body="I never asked.")
    edit_post(author=writer, post=mine, body="I never asked, @bo.", version=1)
    theirs = a_post(thread, author=bo, body="Nor did I.")
    Post.objects.filter(pk=a_post(thread, author=writer, body="We are two.").pk).update(answers_to=theirs)
    Post.objects.filter(pk=theirs.pk).update(answers_to=mine)
    gone = a_post(thread, author=writer, body="Forget it.")
    return mine, gone


def seen_by(client, world, thread, post_ids):
    """All that a member sees of the thread, by address."""
    slug, place = world.community.slug, world.place.pk
    plain = [world.place.path, f"{world.place.path}?post={post_ids[0]}", world.community.get_absolute_url(), "/"]
    plain += [thread.get_absolute_url(), f"{thread.get_absolute_url()}?answer={post_ids[0]}"]
    plain += [reverse("threads", args=[slug, place]), reverse("notifications"), reverse("my_drafts")]
    pages = [(url, {}) for url in plain] + [(reverse("conversation", args=[slug, place]), HTMX)]
    for post_id in post_ids:
        of_post = [slug, thread.pk, post_id]
        pages += [(reverse(name, args=of_post), HTMX) for name in ("post", "answer_post")]
        pages += [(reverse("post_history", args=of_post), {}), (reverse("delete_post", args=of_post), {})]
    return {url: client.get(url, follow=True, **more).content.decode() for url, more in pages}


def named(pages):
    """How often each address names the writer."""
    return {url: sum(page.count(canary) for canary in CANARIES) for url, page in pages.items()}


def test_no_page_tells_a_member_who_answered(world, client_of, thread, writer):
    bo = client_of(world.bo)
    before = named(seen_by(bo, world, thread, [thread.posts.get().pk]))  # members are listed on the community's page
    mine, gone = answered(thread, writer, world.bo)
    client_of(writer).post(reverse("delete_post", args=[world.community.slug, thread.pk, gone.pk]))
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    after = named(seen_by(bo, world, thread, [post.pk for post in thread.posts.all()]))
    assert {url: n for url, n in after.items() if n > before.get(url, 0)} == {}
    reacted = bo.post(
        reverse("reactions", args=[world.community.slug, thread.pk, mine.pk]), {"leave": "thanks"}, **HTMX
    )
    words = {"body": "Me too.", "key": uuid.uuid4(), "answers_to": mine.pk}
    replied = bo.post(reverse("reply", args=[world.community.slug, thread.pk]), words, **HTMX)
    refused = bo.post(reverse("reply", args=[world.community.slug, thread.pk]), words | {"body": ""}, **HTMX)
    for response in (reacted, replied, refused):
        assert not any(canary in response.content.decode() for canary in CANARIES)
    assert "Somebody 1" in replied.content.decode()


def test_a_member_is_told_of_an_answer_without_its_name(world, client_of, thread, writer):
    post = a_post(thread, author=writer, body="It was you.")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    edit_post(author=writer, post=post, body="It was you, @bo.", version=1)
    a_post(thread, author=writer, body="It was me, @bo.")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    assert Notification.objects.filter(person=world.bo, reason="mention").count() == 2
    page = client_of(world.bo).get(reverse("notifications")).content.decode()
    assert "Somebody 1" in page
    assert not any(canary in page for canary in CANARIES)


def test_guides_see_who_answered_and_what_members_see(world, client_of, thread, writer):
    a_post(thread, author=writer)
    for url in (world.place.path, thread.get_absolute_url()):
        assert "Zyx Quillon, as Somebody 1" in client_of(world.alice).get(url).content.decode()


def test_writers_know_themselves_and_how_others_see_them(world, client_of, thread):
    a_post(thread, author=world.al)
    a_post(thread, author=world.bo)
    page = client_of(world.bo).get(thread.get_absolute_url()).content.decode()
    assert "You, as Somebody 2" in page
    assert "Somebody 1" in page
    assert "facilitators do" in page


def test_a_number_stays_within_its_thread_and_means_nothing_in_another(world, thread):
    other = a_prompt(world.place, asker=world.fay, is_anonymous=True)
    posts = [a_post(thread, author=person) for person in (world.bo, world.al, world.bo)]
    elsewhere = [a_post(other, author=person) for person in (world.al, world.bo)]
    assert [post.alias for post in posts] == [1, 2, 1]
    assert [post.alias for post in elsewhere] == [1, 2]


def test_other_terms_later_tell_no_name(world, client_of, thread, writer):
    a_post(thread, author=writer, body="Between us.")
    client_of(world.fay).post(reverse("terms", args=[world.community.slug, thread.pk]), {})
    thread.refresh_from_db()
    assert not thread.is_anonymous
    page = client_of(world.bo).get(thread.get_absolute_url()).content.decode()
    assert "Between us." in page
    assert not any(canary in page for canary in CANARIES)
    assert a_post(thread, author=world.bo).alias is None


def test_who_asks_is_named_and_their_own_answer_is_not(world, client_of, thread):
    a_post(thread, author=world.fay, body="I'll begin.")
    page = client_of(world.bo).get(thread.get_absolute_url()).content.decode()
    article = page[page.index("I'll begin.") - 900 : page.index("I'll begin.")]
    assert "Somebody 1" in article
    assert "Facilitator" not in article
    assert "Fay Okafor" in page


def test_a_target_that_is_gone_tells_of_nobody(world, client_of, thread, writer):
    post = a_post(thread, author=writer, body="Hear, @bo")
    fan_out(Event.objects.get(object_id=post.pk, verb="answered").pk)
    post.delete()
    page = client_of(world.bo).get(reverse("notifications")).content.decode()
    assert not any(canary in page for canary in CANARIES)


def test_no_template_asks_a_post_for_its_author():
    asked = re.compile(r"\b(post|answers_to|answer)\.author\b(?!_id)")
    assert [path.name for path in sorted(TEMPLATES.rglob("*.html")) if asked.search(path.read_text())] == []
