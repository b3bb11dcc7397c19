"""Who blocks somebody sees no word of them any more, wherever words are drawn; and nobody else notices."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.actions import hide_person, show_person
from discussions.actions import accept_post, edit_post, react, reply
from discussions.models import Post
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.courses.test_unit_page import queries_of
from tests.factories import a_post, a_prompt, a_resource, a_thread, a_thread_on

SAID = "Canary-of-Al"


@pytest.fixture
def talk(world):
    """Al says something in Fay's thread on the unit, begins two of his own and shares a link; all hold the canary.
    Fay answers in one of Al's."""
    theirs = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.fay, title="Of Fay")
    said = a_post(theirs, author=world.al, body=f"{SAID}, @bo.")
    own = a_thread(world.commons, author=world.al, title=f"{SAID} begins", body=f"{SAID} asks", kind="question")
    a_post(own, author=world.fay, body="An answer by Fay, @bo.")
    a_thread(world.place, author=world.al, title=f"{SAID} on the unit", body=SAID)
    a_resource(world.place, sharer=world.al, title=f"{SAID} link", why=SAID)
    return theirs, said, own


def tell():
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)


def pages(world, talk):
    theirs, _said, own = talk
    slug, place = world.community.slug, world.place
    return [
        "/", "/notifications/", f"/c/{slug}/", place.path, theirs.get_absolute_url(), own.get_absolute_url(),
        reverse("threads", args=[slug, place.pk]), reverse("threads", args=[slug, world.commons.pk]),
        reverse("shelf", args=[slug, place.pk]), reverse("block_talk", args=[slug, world.unit.slug, theirs.block_id]),
    ]  # fmt: skip


def text_of(client, path):
    return client.get(path, headers={"HX-Request": "true"} if "/talk/" in path else {}).content.decode()


def test_their_words_are_in_no_page_that_draws_words(world, client_of, talk):
    tell()
    bo, fay = client_of(world.bo), client_of(world.fay)
    assert sum(SAID in text_of(bo, path) for path in pages(world, talk)) == len(pages(world, talk))
    hide_person(person=world.bo, hidden=world.al)
    assert [path for path in pages(world, talk) if SAID in text_of(bo, path)] == []
    assert SAID in text_of(fay, talk[0].get_absolute_url())
    show_person(person=world.bo, hidden=world.al)
    assert [path for path in pages(world, talk) if SAID not in text_of(bo, path)] == []


def test_what_others_said_beside_them_stays(world, client_of, talk):
    hide_person(person=world.bo, hidden=world.al)
    page = text_of(client_of(world.bo), talk[2].get_absolute_url())
    assert "An answer by Fay" in page
    assert "A conversation begun by somebody you blocked" in page
    assert "Somebody you blocked wrote here." in page


def test_an_answer_and_what_is_quoted_of_them_are_folded_too(world, client_of):
    question = a_thread(world.place, author=world.bo, kind="question")
    answer = a_post(question, author=world.al, body=f"{SAID} answers")
    reply(author=world.fay, thread=question, body="Yes", key=uuid4(), answers_to=answer.pk)
    accept_post(by=world.bo, post=answer)
    hide_person(person=world.bo, hidden=world.al)
    bo = client_of(world.bo)
    for path in (world.place.path, question.get_absolute_url(), f"{question.get_absolute_url()}?answer={answer.pk}"):
        page = bo.get(path).content.decode()
        assert SAID not in page
        assert "in answer to somebody you blocked" in page
    base = reverse("reactions", args=[world.community.slug, question.pk, question.posts.last().pk])
    assert SAID not in bo.post(base, {"leave": "helped"}, headers={"HX-Request": "true"}).content.decode()


def test_nothing_of_theirs_is_new_and_they_wake_nobody(world, talk):
    new = Post.objects.new_to(world.bo)
    assert {post.author for post in new} == {world.al, world.fay}
    hide_person(person=world.bo, hidden=world.al)
    assert {post.author for post in new.all()} == {world.fay}
    tell()
    assert {told.event.actor for told in Notification.objects.filter(person=world.bo)} == {world.fay}


def test_a_mention_in_an_edit_of_theirs_is_not_heard_either(world):
    said = a_post(a_thread(world.commons, author=world.fay), author=world.al, body="Hm.")
    hide_person(person=world.bo, hidden=world.al)
    edit_post(author=world.al, post=said, body="Hm, @bo.", version=1)
    tell()
    assert not Notification.objects.filter(person=world.bo).exists()


def test_what_was_told_of_before_is_gone_and_comes_back(world, talk):
    tell()
    mine = Notification.objects.visible_to(world.bo)
    assert mine.count() == 2
    hide_person(person=world.bo, hidden=world.al)
    assert [told.event.actor for told in mine.all()] == [world.fay]
    show_person(person=world.bo, hidden=world.al)
    assert mine.count() == 2


def test_what_a_guide_asks_everybody_stays_and_their_other_words_go(world, client_of):
    hide_person(person=world.bo, hidden=world.fay)
    prompt = a_prompt(world.commons, asker=world.fay, title="What helped?", body="Tell us what helped.")
    a_post(prompt, author=world.fay, body="Fay-in-the-thread")
    tell()
    page = client_of(world.bo).get(f"/c/{world.community.slug}/?read={prompt.pk}").content.decode()
    assert "Tell us what helped." in page
    assert "Fay-in-the-thread" not in page
    assert Notification.objects.filter(person=world.bo, event__verb="opened").exists()
    assert [post.source for post in Post.objects.new_to(world.bo)] == ["Tell us what helped."]


def test_blocking_does_not_tell_who_answered_without_a_name(world, client_of):
    prompt = a_prompt(world.commons, asker=world.alice, is_anonymous=True)
    answer = a_post(prompt, author=world.al, body="Nameless-answer")
    a_post(prompt, author=world.bo)
    hide_person(person=world.bo, hidden=world.al)
    tell()
    page = client_of(world.bo).get(prompt.get_absolute_url()).content.decode()
    assert "Nameless-answer" in page
    assert reverse("block", args=["al"]) not in page
    assert answer in Post.objects.new_to(world.bo)


def test_who_is_blocked_notices_nothing(world, client_of, talk):
    al = client_of(world.al)
    mine = a_thread(world.place, author=world.bo, title="Of Bo")

    def seen():
        paths = [world.place.path, mine.get_absolute_url(), "/people/bo/", f"/c/{world.community.slug}/people/"]
        named = al.get(reverse("mentionable", args=[world.community.slug, world.place.pk]), {"q": "bo"}).json()
        return [al.get(path).status_code for path in paths], named, set(Post.objects.new_to(world.al))

    before = seen()
    hide_person(person=world.bo, hidden=world.al)
    assert seen() == before
    assert react(person=world.al, post=mine.posts.get(), word="helped")
    assert a_post(mine, author=world.al)


def test_who_is_blocked_is_not_suggested_for_a_mention(world, client_of):
    url = reverse("mentionable", args=[world.community.slug, world.place.pk])
    bo = client_of(world.bo)
    assert [row["text"] for row in bo.get(url, {"q": "al"}).json()["found"]] == ["Al Reyes", "Alice Moreau"]
    hide_person(person=world.bo, hidden=world.al)
    assert [row["text"] for row in bo.get(url, {"q": "al"}).json()["found"]] == ["Alice Moreau"]


def test_the_pages_ask_as_many_queries_with_somebody_blocked(world, client_of, talk):
    a_resource(world.place, sharer=world.fay)
    bo = client_of(world.bo)
    urls = [world.place.path, f"/c/{world.community.slug}/", "/", talk[0].get_absolute_url()]
    for _warm in range(2):
        before = [queries_of(bo, url) for url in urls]
    hide_person(person=world.bo, hidden=world.al)
    blocked = [queries_of(bo, url) for url in urls]
    assert all(
        0 <= now - was <= 1 for was, now in zip(before, blocked, strict=True)
    )  # what is new of theirs counts not
    hide_person(person=world.bo, hidden=world.fay)
    assert all(now <= was for was, now in zip(blocked, [queries_of(bo, url) for url in urls], strict=True))


def test_an_open_page_is_told_nothing_of_them(world, client_of, talk):
    hide_person(person=world.bo, hidden=world.al)
    seq, url = Event.objects.newest(), reverse("changes", args=[world.community.slug, world.place.pk])
    a_post(talk[0], author=world.al, body=SAID)
    of_fay = a_post(talk[0], author=world.fay)
    told = client_of(world.bo).get(url, {"after": seq, "threads": talk[0].pk}).json()
    assert [post["id"] for post in told["posts"] if post["id"] > talk[1].pk][-1:] == [of_fay.pk]
    assert not [post for post in told["posts"] if Post.objects.get(pk=post["id"]).author == world.al]
