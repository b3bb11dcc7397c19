"""Making a conversation of its own from some posts of one."""

import uuid

import pytest
from django.urls import reverse

from community.actions import join
from community.models import Membership, Place
from discussions.actions import (
    NotTheirs,
    StaysHere,
    accept_post,
    delete_post,
    edit_post,
    pose,
    react,
    read_posts,
    reply,
    undo_transfer,
)
from discussions.models import Post, Thread, Transfer
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_cohort, a_post, a_thread, a_thread_on, an_image, commons_of, split_off


@pytest.fixture
def egret(world):
    """Another cohort of the course, which Fay guides too and Cy is in; Bo and Al aren't."""
    cohort = a_cohort(world.course, host=world.alice, members=(world.cy,), title="Egret cohort", slug="egret")
    join(cohort.community, world.fay, role=Membership.Role.FACILITATOR)
    return cohort.community


@pytest.fixture
def thread(world):
    return a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo, title="Who counts?")


@pytest.fixture
def posts(world, thread):
    """Al, Fay and Al again; Fay answers Al."""
    first = a_post(thread, author=world.al, body="I count.")
    second = reply(author=world.fay, thread=thread, body="Count what?", key=uuid.uuid4(), answers_to=first.pk)
    return [first, second, a_post(thread, author=world.al, body="Sheep.")]


def sent(client, thread, posts, query="", **words):
    url = reverse("split_thread", args=[thread.place.community.slug, thread.pk])
    ticked = {"posts": [post.pk for post in posts], "title": "Of sheep", "kind": "discussion", "key": uuid.uuid4()}
    return client.post(url + query, ticked | words)


def counters(*places):
    return [tuple(Place.objects.values_list("post_count", "thread_count").get(pk=place.pk)) for place in places]


def test_a_guide_ticks_posts_and_they_are_a_conversation_at_the_same_block(world, client_of, thread, posts):
    fay = client_of(world.fay)
    page = fay.get(reverse("split_thread", args=["heron", thread.pk])).content.decode()
    assert page.count('name="posts"') == 3  # what it began with is not for taking
    answer = sent(fay, thread, posts[1:])
    made = Thread.objects.get(title="Of sheep")
    assert answer.url == made.get_absolute_url()
    assert list(made.posts.in_order()) == posts[1:]
    assert (made.block_id, made.place, made.created_by) == (thread.block_id, world.place, world.fay)
    thread.refresh_from_db()
    assert (thread.post_count, made.post_count) == (2, 2)
    assert counters(world.place) == [(4, 2)]
    assert thread.last_post_at == posts[0].created_at
    assert "Fay Okafor took 2 posts from here to" in fay.get(thread.get_absolute_url()).content.decode()
    theirs = client_of(world.bo).get(made.get_absolute_url()).content.decode()
    assert "made this a conversation of its own, from" in theirs
    assert "Who counts?" in theirs
    assert "Undo" not in theirs
    assert [event.target for event in Event.objects.filter(verb="split")] == [thread, made]


def test_from_here_on_takes_what_follows_on_later_pages_and_what_came_in_meanwhile(world, client_of, thread, posts):
    Post.objects.bulk_create(
        Post(thread=thread, author=world.al, source=f"{n}", html=f"<p>{n}</p>", renderer=1) for n in range(150)
    )
    fay = client_of(world.fay)
    query = f"?from={posts[1].pk}"
    page = fay.get(reverse("split_thread", args=["heron", thread.pk]) + query).content.decode()
    assert page.count("checked") == 99 + 1
    assert "and all 53 posts after this page" in page
    shown = list(thread.posts.answers().in_order()[:100])
    late = a_post(thread, author=world.bo, body="Late.")
    sent(fay, thread, shown[1:], query, after=shown[-1].pk)
    made = Thread.objects.get(title="Of sheep")
    assert made.posts.count() == 153
    assert late in made.posts.all()
    assert list(thread.posts.in_order()) == [thread.posts.openings().get(), posts[0]]


def test_what_is_wrong_keeps_the_ticks_and_the_words(world, client_of, thread, posts):
    fay = client_of(world.fay)
    answer = sent(fay, thread, posts[:1], title="")
    assert answer.status_code == 422
    assert f'value="{posts[0].pk}" checked' in answer.content.decode()
    answer = sent(fay, thread, [])
    assert answer.status_code == 422
    assert "Choose the posts" in answer.content.decode()
    assert 'value="Of sheep"' in answer.content.decode()
    assert sent(fay, thread, posts, place=commons_of(world.other).pk).status_code == 422
    opening = thread.posts.openings().get()
    assert sent(fay, thread, [opening]).status_code == 409
    assert sent(fay, thread, [a_thread(world.commons).posts.get()]).status_code == 409
    assert Thread.objects.filter(title="Of sheep").count() == 0


def test_only_who_guides_both_ends_splits(world, client_of, thread, posts, egret):
    join(egret, world.bo, role=Membership.Role.FACILITATOR)
    for person, status in ((world.al, 403), (world.bo, 403), (world.cy, 404), (world.ed, 404), (None, 401)):
        assert sent(client_of(person), thread, posts).status_code == status
    with pytest.raises(NotTheirs):
        split_off(thread, posts[0], by=world.bo, place=commons_of(egret))
    assert 'href="/c/heron/t/' in client_of(world.fay).get(thread.get_absolute_url()).content.decode()
    assert "/split/" not in client_of(world.al).get(thread.get_absolute_url()).content.decode()


def test_a_double_click_makes_one(world, client_of, thread, posts):
    key, fay = uuid.uuid4(), client_of(world.fay)
    first, second = (sent(fay, thread, posts[:1], key=key) for _ in range(2))
    assert first.url == second.url
    assert Thread.objects.filter(title="Of sheep").count() == 1


def test_links_to_posts_that_went_lead_on_and_quotes_stay_links(world, client_of, thread, posts):
    made, bo = split_off(thread, *posts[1:], by=world.fay), client_of(world.bo)
    new = f"{made.get_absolute_url()}?post={posts[1].pk}#post-{posts[1].pk}"
    assert bo.get(f"{thread.get_absolute_url()}?post={posts[1].pk}").url == new
    assert bo.get(f"{thread.get_absolute_url()}?answer={posts[1].pk}").url == new.replace("?post", "?answer")
    for name in ("post", "post_history"):
        old = reverse(name, args=["heron", thread.pk, posts[1].pk])
        assert f"/t/{made.pk}/posts/" in bo.get(old).url
    page = bo.get(f"{posts[1].get_absolute_url()}").content.decode()
    assert f'href="?post={posts[0].pk}#post-{posts[0].pk}"' in page
    assert "in answer to Al Reyes" in page
    assert bo.get(f"{made.get_absolute_url()}?post={posts[0].pk}").url.startswith(thread.get_absolute_url())
    assert bo.get(f"{thread.get_absolute_url()}?post=nonsense").status_code == 200


def test_at_another_place_quotes_lead_back_for_who_may_see_them(world, client_of, thread, posts):
    split_off(thread, *posts[1:], by=world.fay, place=world.commons)
    bo = client_of(world.bo)
    page = bo.get(world.commons.path).content.decode()
    assert "in answer to Al Reyes" in page
    assert bo.get(f"{world.commons.path}?post={posts[0].pk}").url.startswith(world.place.path)
    assert counters(world.place, world.commons) == [(2, 1), (2, 1)]
    world.community.places.filter(pk=world.place.pk).update(opens_at="2099-01-01T00:00Z")
    page = bo.get(world.commons.path).content.decode()
    assert "Count what?" in page
    assert "I count." not in page
    assert "took" not in client_of(world.bo).get(world.commons.path).content.decode()


def test_in_another_community_who_may_not_see_it_finds_nothing(world, client_of, thread, posts, egret):
    picture = an_image(world.place, by=world.al)
    shows = a_post(thread, author=world.al, body=f"![A sheep]({picture.get_absolute_url()})")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    made = split_off(thread, *posts, shows, by=world.fay, place=commons_of(egret), title="Of sheep")
    bo, cy = client_of(world.bo), client_of(world.cy)
    assert not Notification.objects.visible_to(world.bo).exists()
    for url in (
        made.get_absolute_url(), reverse("post_history", args=["heron", thread.pk, posts[0].pk]),
        f"{world.place.path}?post={posts[0].pk}", picture.get_absolute_url(),
    ):  # fmt: skip
        assert bo.get(url).status_code == 404
    page = bo.get(thread.get_absolute_url()).content.decode()
    assert "took 4 posts from here to another place" in " ".join(page.split())
    assert "Of sheep" not in page
    assert "Of sheep" in cy.get("/c/egret/").content.decode()
    assert cy.get(picture.get_absolute_url()).status_code == 200
    assert "Who counts?" not in cy.get(made.get_absolute_url()).content.decode()


def test_what_was_read_stays_read_and_what_was_new_stays_new(world, thread, posts):
    read_posts(world.bo, place=world.place, seen=[posts[0].pk, posts[1].pk])
    split_off(thread, posts[0], posts[2], by=world.fay)
    assert list(Post.objects.new_to(world.bo)) == [posts[2]]
    assert set(Post.objects.new_to(world.alice)) == {thread.posts.openings().get(), *posts}


def test_an_accepted_answer_goes_with_its_post(world, client_of):
    question = a_thread(world.place, author=world.bo, kind="question")
    posts = [a_post(question, author=world.al) for _ in range(3)]
    accept_post(by=world.bo, post=posts[2])
    made = split_off(question, *posts[1:], by=world.fay, kind="question")
    question.refresh_from_db()
    assert (question.accepted_post, made.accepted_post, made.accepted_by) == (None, posts[2], world.bo)
    assert made.created_by == world.al
    undo_transfer(by=world.fay, transfer=Transfer.objects.get())
    question.refresh_from_db()
    assert (question.accepted_post, question.accepted_by) == (posts[2], world.bo)
    made = split_off(question, *posts[2:], by=world.fay, kind="question")
    assert made.accepted_post is None  # what it begins with answers nothing


def test_reactions_and_earlier_wordings_go_along(world, client_of, thread, posts):
    react(person=world.bo, post=posts[0], word="thanks")
    edit_post(author=world.al, post=posts[0], body="I count sheep.", version=1)
    made = split_off(thread, *posts[:1], by=world.fay)
    page = client_of(world.bo).get(made.get_absolute_url()).content.decode()
    assert "I count sheep." in page
    assert 'name="take" value="thanks"' in page
    history = client_of(world.bo).get(reverse("post_history", args=["heron", made.pk, posts[0].pk]))
    assert history.status_code == 200


def test_undoing_brings_everything_back_with_what_was_said_since(world, client_of, thread, posts):
    made, fay = split_off(thread, *posts[1:], by=world.fay, place=world.commons), client_of(world.fay)
    since = a_post(made, author=world.bo, body="Since.")
    url = reverse("undo_transfer", args=["heron", thread.pk, Transfer.objects.get().pk])
    assert url in fay.get(thread.get_absolute_url()).content.decode()
    assert client_of(world.al).post(url).status_code == 403
    assert fay.post(url).url == thread.get_absolute_url()
    assert list(thread.posts.in_order()[1:]) == [*posts, since]
    assert counters(world.place, world.commons) == [(5, 1), (0, 0)]
    assert client_of(world.bo).get(made.get_absolute_url()).url == thread.get_absolute_url()
    assert fay.post(url).url == thread.get_absolute_url()  # again, without effect
    page = fay.get(thread.get_absolute_url()).content.decode()
    assert "from here to" not in page


def test_what_was_removed_can_go_but_nothing_begins_with_it(world, client_of, thread, posts):
    delete_post(by=world.al, post=posts[0])
    with pytest.raises(StaysHere):
        split_off(thread, *posts[:1], by=world.fay)
    made = split_off(thread, *posts[:2], by=world.fay)
    assert made.created_by == world.fay
    assert (made.post_count, made.posts.count()) == (1, 2)


def test_answers_without_a_name_stay_where_their_numbers_mean_something(world, client_of):
    words = {"kind": "prompt", "title": "How are you?", "body": "Honestly.", "key": uuid.uuid4()}
    prompt = pose(asker=world.fay, place=world.place, terms={"is_anonymous": True}, **words).thread
    answer = a_post(prompt, author=world.bo)
    with pytest.raises(StaysHere):
        split_off(prompt, answer, by=world.fay)
    page = client_of(world.fay).get(reverse("split_thread", args=["heron", prompt.pk])).content.decode()
    assert "without their names" in page


def test_answers_to_a_prompt_of_the_text_can_go(world):
    prompt = world.place.threads.in_text().get()
    answers = [a_post(prompt, author=world.bo), a_post(prompt, author=world.al)]
    made = split_off(prompt, *answers, by=world.fay)
    assert (made.is_in_text, made.block_id, made.post_count) == (False, prompt.block_id, 2)
    prompt.refresh_from_db()
    assert prompt.post_count == 0
    assert counters(world.place) == [(2, 1)]
