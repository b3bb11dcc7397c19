"""Taking a conversation to another place or community."""

import uuid

import pytest
from django.urls import reverse

from community.actions import join, keep_draft
from community.models import Membership, Place
from discussions.actions import NotTheirs, StaysHere, accept_post, move_thread, pose, reply
from discussions.models import Post, Thread
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_cohort, a_post, a_thread, a_thread_on, commons_of, place_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def egret(world):
    """Another cohort of the course, which Fay guides too and Cy is in; Bo and Al aren't."""
    cohort = a_cohort(world.course, host=world.alice, members=(world.cy,), title="Egret cohort", slug="egret")
    join(cohort.community, world.fay, role=Membership.Role.FACILITATOR)
    return cohort.community


@pytest.fixture
def thread(world):
    thread = a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.bo, title="Who counts?", body="Who knows?"
    )
    a_post(thread, author=world.al, body="@bo I count.")
    return thread


def move(client, thread, place, **more):
    url = reverse("move_thread", args=[thread.place.community.slug, thread.pk])
    return client.post(url, {"place": getattr(place, "pk", place)}, **more)


def counters(*places):
    return [tuple(Place.objects.values_list("post_count", "thread_count").get(pk=place.pk)) for place in places]


def test_a_guide_moves_a_conversation_within_the_community_and_back(world, client_of, thread):
    fay, block = client_of(world.fay), thread.block_id
    assert move(fay, thread, world.commons).url == thread.get_absolute_url()
    thread.refresh_from_db()
    assert (thread.place, thread.block_id, thread.moved_by) == (world.commons, "", world.fay)
    assert counters(world.place, world.commons) == [(0, 0), (2, 1)]
    page = fay.get(thread.get_absolute_url()).content.decode()
    assert "moved this here from Lurkers are learning too." in page
    assert "Counting posts makes those readers look absent." in page
    assert "Who counts?" in client_of(world.bo).get(world.commons.path).content.decode()
    move(fay, thread, world.place)
    thread.refresh_from_db()
    assert (thread.place, thread.block_id, thread.moved_from) == (world.place, block, None)
    assert counters(world.place, world.commons) == [(2, 1), (0, 0)]
    assert "moved this" not in fay.get(thread.get_absolute_url()).content.decode()


def test_in_the_same_unit_of_another_community_it_hangs_on_the_same_block(world, thread, egret):
    block, place = thread.block_id, place_of(world.unit, egret)
    assert move_thread(by=world.fay, thread=thread, place=place).block_id == block
    elsewhere = move_thread(by=world.fay, thread=thread, place=place_of(world.units[1], egret))
    assert (elsewhere.block_id, elsewhere.quote) == ("", thread.quote)
    assert move_thread(by=world.fay, thread=thread, place=world.place).block_id == block


def test_members_of_only_the_old_community_find_nothing_of_it_anywhere(world, client_of, thread, egret):
    post = thread.posts.in_order().last()
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    keep_draft(person=world.bo, slot=f"reply:{thread.pk}", title="", body="My own words.")
    bo, slug = client_of(world.bo), world.community.slug
    assert Notification.objects.visible_to(world.bo).count() == 1
    move_thread(by=world.fay, thread=thread, place=commons_of(egret))
    assert not Notification.objects.visible_to(world.bo).exists()
    assert not Event.objects.filter(place=world.place, object_id__in=thread.posts.values("pk"), verb="replied").exists()
    assert not Post.objects.new_to(world.bo).exists()
    for path in ("/", "/notifications/", world.place.path, f"/c/{slug}/"):
        page = bo.get(path).content.decode()
        assert "Who counts?" not in page
        assert "I count" not in page
    drafts = bo.get("/drafts/").content.decode()
    assert "My own words." in drafts
    assert "Who counts?" not in drafts
    args = [slug, thread.pk, post.pk]
    for path in (thread.get_absolute_url(), reverse("post_history", args=args), f"{world.place.path}?post={post.pk}"):
        assert bo.get(path).status_code == 404
    for name, words in (("reactions", {"leave": "thanks"}), ("accept_post", {}), ("edit_post", {"body": "Changed."})):
        assert bo.post(reverse(name, args=args), words).status_code == 404
    assert "Who counts?" in client_of(world.cy).get(commons_of(egret).path).content.decode()


def test_old_addresses_lead_on_for_who_may_see_where_it_stands(world, client_of, thread, egret):
    post, old = thread.posts.in_order().last(), thread.get_absolute_url()
    history = reverse("post_history", args=[world.community.slug, thread.pk, post.pk])
    unread = reverse("mark_unread", args=[world.community.slug, post.pk])
    move_thread(by=world.fay, thread=thread, place=commons_of(egret))
    new, fay = old.replace("/heron/", "/egret/"), client_of(world.fay)
    assert fay.get(f"{old}?answer=1").url == f"{new}?answer=1"
    assert fay.get(history).url == history.replace("/heron/", "/egret/")
    assert fay.get(f"{world.place.path}?post={post.pk}").url == f"/c/egret/?post={post.pk}#post-{post.pk}"
    assert fay.post(unread).url == f"/c/egret/?post={post.pk}#post-{post.pk}"
    for person in (world.bo, world.cy):
        assert client_of(person).get(old).status_code == (302 if person == world.cy else 404)


def test_who_may_write_where_it_stands_now_may_send_to_the_old_address(world, client_of, thread, egret):
    join(egret, world.al)
    post = thread.posts.in_order().last()
    old = reverse("reply", args=[world.community.slug, thread.pk])
    reactions, edit = (
        reverse(name, args=[world.community.slug, thread.pk, post.pk]) for name in ("reactions", "edit_post")
    )
    move_thread(by=world.fay, thread=thread, place=commons_of(egret))
    al = client_of(world.al)
    sent = al.post(old, {"body": "Still here.", "key": uuid.uuid4(), "answers_to": post.pk})
    written = Post.objects.get(source="Still here.")
    assert sent.url == f"/c/egret/?post={written.pk}#post-{written.pk}"
    assert (written.thread, written.answers_to) == (thread, post)
    assert counters(commons_of(egret), world.place) == [(3, 1), (0, 0)]
    assert al.post(edit, {"body": "I count twice.", "version": 1}).status_code == 302
    assert client_of(world.fay).post(reactions, {"leave": "thanks"}).status_code == 302
    post.refresh_from_db()
    assert (post.source, post.thanks_count) == ("I count twice.", 1)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_words_sent_to_what_left_the_community_are_given_back(world, client_of, thread, egret, headers):
    url = reverse("reply", args=[world.community.slug, thread.pk])
    move_thread(by=world.fay, thread=thread, place=commons_of(egret))
    response = client_of(world.bo).post(url, {"body": "Not lost <b>.", "key": uuid.uuid4()}, headers=headers)
    assert response.status_code == 404
    page = response.content.decode()
    assert ("Not lost &lt;b&gt;." in page) is not bool(headers)  # with htmx the form stays as it is
    assert "Who counts?" not in page
    assert not Post.objects.filter(source="Not lost <b>.").exists()


def test_a_reply_that_was_on_its_way_while_it_left_is_refused_with_its_words(
    world, client_of, thread, egret, monkeypatch
):
    def just_before(**words):
        move_thread(by=world.fay, thread=thread, place=commons_of(egret))
        return reply(**words)

    monkeypatch.setattr("discussions.actions.reply", just_before)
    url = reverse("reply", args=[world.community.slug, thread.pk])
    response = client_of(world.bo).post(url, {"body": "Not lost.", "key": uuid.uuid4()})
    assert response.status_code == 409
    assert "Not lost." in response.content.decode()


def test_only_who_guides_both_ends_moves(world, client_of, thread, egret):
    join(egret, world.bo, role=Membership.Role.FACILITATOR)
    assert move(client_of(world.bo), thread, commons_of(egret)).status_code == 403
    for person, status in ((world.al, 403), (world.cy, 404), (world.ed, 404), (None, 401)):
        assert move(client_of(person), thread, world.commons).status_code == status
    with pytest.raises(NotTheirs):
        move_thread(by=world.bo, thread=thread, place=commons_of(egret))
    fay = client_of(world.fay)
    assert move(fay, thread, commons_of(world.other)).status_code == 422
    for nonsense in ("", "x", "9" * 30):
        assert move(fay, thread, nonsense).status_code == 422
    thread.refresh_from_db()
    assert thread.place == world.place


def test_a_prompt_of_the_text_stays_and_the_page_says_why(world, client_of):
    prompt, fay = world.place.threads.in_text().get(), client_of(world.fay)
    url = reverse("move_thread", args=[world.community.slug, prompt.pk])
    assert "stands in the text" in fay.get(url).content.decode()
    assert move(fay, prompt, world.commons).status_code == 409
    with pytest.raises(StaysHere):
        move_thread(by=world.fay, thread=prompt, place=world.commons)


def test_anonymous_answers_stay_in_their_community(world, egret):
    words = {"kind": "prompt", "title": "How are you?", "body": "Honestly.", "key": uuid.uuid4()}
    prompt = pose(asker=world.fay, place=world.place, terms={"is_anonymous": True}, **words).thread
    with pytest.raises(StaysHere):
        move_thread(by=world.fay, thread=prompt, place=commons_of(egret))
    assert move_thread(by=world.fay, thread=prompt, place=world.commons).place == world.commons


def test_an_accepted_answer_goes_along(world, client_of, egret):
    question = a_thread(world.place, author=world.bo, kind="question", title="Which?")
    accept_post(by=world.bo, post=a_post(question, author=world.al, body="That one."))
    move_thread(by=world.fay, thread=question, place=commons_of(egret))
    assert "Accepted answer" in client_of(world.cy).get("/c/egret/").content.decode()


def test_what_answers_a_post_elsewhere_does_not_quote_it(world, client_of, thread, egret):
    secret = thread.posts.in_order().first()
    open_talk = a_thread(commons_of(egret), author=world.fay)
    Post.objects.filter(thread=open_talk).update(answers_to=secret)
    assert "Who knows?" not in client_of(world.cy).get("/c/egret/").content.decode()


def test_the_list_of_places_is_bounded_and_can_be_searched(world, client_of, thread, egret):
    Place.objects.bulk_create(
        Place(community=egret, kind="unit", title=f"Unit {n} of many", path=f"/c/egret/u/{n}/") for n in range(300)
    )
    url, fay = reverse("move_thread", args=[world.community.slug, thread.pk]), client_of(world.fay)
    page = fay.get(url).content.decode()
    assert page.count("<option") == 201
    assert page.index('<optgroup label="Heron cohort">') < page.index('<optgroup label="Egret cohort">')
    assert "Unit 299 of many" not in page
    assert "Unit 299 of many" in fay.get(f"{url}?q=egret+299").content.decode()
    assert "No place of yours" in fay.get(f"{url}?q=circle").content.decode()


def test_moving_costs_the_readers_no_new_posts(world, client_of, thread):
    assert Thread.objects.not_read_to_the_end_by(world.fay).filter(pk=thread.pk).exists()
    new = Post.objects.new_to(world.fay).count()
    move_thread(by=world.fay, thread=thread, place=world.commons)
    assert Post.objects.new_to(world.fay).count() == new
    assert Event.objects.filter(verb="moved").count() == 2
