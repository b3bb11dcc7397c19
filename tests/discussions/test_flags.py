"""Flagging a post, and the queue in which it waits for those who look after the others."""

import pytest
from django.urls import reverse

from discussions.actions import Decision, NotTheirs, decide, delete_post, flag_post
from discussions.models import Flag, Post
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.courses.test_unit_page import queries_of
from tests.factories import a_post, a_prompt, a_thread


@pytest.fixture
def said(world):
    thread = a_thread(world.place, author=world.fay, title="Counting")
    return a_post(thread, author=world.al, body="You have never counted anything.")


def url_of(name, world, post):
    return reverse(name, args=[world.community.slug, post.thread_id, post.pk])


def care_url(world):
    return reverse("care", args=[world.community.slug])


def told():
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    return {(told.person.handle, told.event.verb) for told in Notification.objects.filter(reason="care")}


def test_a_member_flags_with_a_reason_without_any_script(world, client_of, said):
    bo, url = client_of(world.bo), url_of("flag_post", world, said)
    assert "You have never counted" in bo.get(url).content.decode()
    answer = bo.post(url, {"why": "hurts", "words": "It hurt Fay."}, follow=True)
    assert answer.redirect_chain == [(said.get_absolute_url(), 302)]
    assert "Your facilitators take a look" in answer.content.decode()
    flag = Flag.objects.get()
    assert (flag.post, flag.by, flag.why, flag.words) == (said, world.bo, "hurts", "It hurt Fay.")
    assert told() == {("fay", "flagged"), ("alice", "flagged")}


def test_once_for_a_person_and_a_post(world, client_of, said):
    bo, url = client_of(world.bo), url_of("flag_post", world, said)
    for _again in range(2):
        bo.post(url, {"why": "hurts"})
    flag_post(by=world.fay, post=said, why="sells")
    assert Flag.objects.count() == 2
    assert "You flagged this post" in bo.get(url).content.decode()
    assert Event.objects.filter(verb="flagged").count() == 2


def test_without_a_reason_nothing_is_flagged_and_the_words_stay(world, client_of, said):
    answer = client_of(world.bo).post(url_of("flag_post", world, said), {"words": "Words-kept"})
    assert answer.status_code == 422
    assert "Words-kept" in answer.content.decode()
    assert not Flag.objects.exists()


def test_nobody_flags_their_own_or_what_is_gone(world, client_of, said):
    with pytest.raises(NotTheirs):
        flag_post(by=world.al, post=said, why="hurts")
    delete_post(by=world.al, post=said)
    said.refresh_from_db()
    with pytest.raises(NotTheirs):
        flag_post(by=world.bo, post=said, why="hurts")
    assert "gone already" in client_of(world.bo).get(url_of("flag_post", world, said)).content.decode()


def test_the_queue_says_what_was_said_where_and_who_flagged_it_why(world, client_of, said):
    flag_post(by=world.bo, post=said, why="hurts", words="Unkind-to-Fay")
    page = client_of(world.fay).get(care_url(world)).content.decode()
    for words in ("never counted", "Counting", world.unit.title, "Bo Lindqvist", "Unkind-to-Fay", "It hurts somebody"):
        assert words in page
    page = client_of(world.fay).get(f"/c/{world.community.slug}/").content.decode()
    assert "1 post needs a look" in page
    assert "needs a look" not in client_of(world.bo).get(f"/c/{world.community.slug}/").content.decode()


def test_what_is_decided_leaves_the_queue_and_the_next_guide_sees_it_about_the_author(world, client_of, said):
    flag_post(by=world.bo, post=said, why="hurts")
    decide(by=world.fay, post=said, decision=Decision("warn", "Mind-the-tone"))
    assert "Nothing needs a look" in client_of(world.alice).get(care_url(world)).content.decode()
    other = a_post(said.thread, author=world.al, body="Again.")
    page = client_of(world.alice).get(reverse("care_post", args=[world.community.slug, other.pk])).content.decode()
    assert "Mind-the-tone" in page


def test_a_guide_sees_nobody_who_flagged_their_own_words_and_decides_nothing(world, client_of):
    own = a_thread(world.place, author=world.fay).posts.get()
    flag_post(by=world.bo, post=own, why="hurts", words="By-Bo")
    fay = client_of(world.fay)
    url = reverse("care_post", args=[world.community.slug, own.pk])
    for page in (fay.get(care_url(world)), fay.get(url)):
        assert "By-Bo" not in page.content.decode()
        assert "Bo Lindqvist" not in page.content.decode()
    assert fay.post(url, {"act": "keep"}).status_code == 403
    assert ("fay", "flagged") not in told()
    assert client_of(world.alice).post(url, {"act": "keep"}).status_code == 302


def test_the_author_is_told_nothing_of_a_flag(world, client_of, said):
    flag_post(by=world.bo, post=said, why="hurts", words="By-Bo")
    told()
    page = client_of(world.al).get("/notifications/").content.decode()
    assert "asked for a look" not in page
    assert "By-Bo" not in page


def test_the_name_behind_an_anonymous_answer_stays_with_the_guides(world, client_of):
    prompt = a_prompt(world.commons, asker=world.alice, is_anonymous=True)
    answer = a_post(prompt, author=world.al, body="Nameless")
    a_post(prompt, author=world.bo)
    bo, url = client_of(world.bo), url_of("flag_post", world, answer)
    assert "Al Reyes" not in bo.get(url).content.decode()
    bo.post(url, {"why": "other"})
    assert "Al Reyes" not in bo.get(url).content.decode()
    assert "Al Reyes" in client_of(world.fay).get(care_url(world)).content.decode()


def test_the_queue_takes_as_many_queries_for_many_as_for_one(world, client_of, said):
    fay, url = client_of(world.fay), care_url(world)
    flag_post(by=world.bo, post=said, why="hurts")
    queries_of(fay, url)
    few = queries_of(fay, url)
    for _n in range(6):
        flag_post(by=world.bo, post=a_post(said.thread, author=world.al), why="sells")
    assert queries_of(fay, url) == few
    assert Post.objects.count() == 8
