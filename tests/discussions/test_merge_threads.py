"""Taking all posts of one conversation into another."""

import uuid

import pytest
from django.urls import reverse

from community.actions import join, keep_draft
from community.models import Membership, Place
from discussions.actions import (
    NotTheirs,
    StaysHere,
    accept_post,
    catch_up,
    delete_post,
    distil,
    mark_unread,
    merge_threads,
    pose,
    read_posts,
    reply,
    restore_post,
    undo_transfer,
)
from discussions.models import Post, StillNew, Thread, Transfer, new_counts_for
from notifications.models import Event
from tests.factories import a_cohort, a_post, a_thread, commons_of, split_off


@pytest.fixture
def threads(world):
    """Two conversations at two places, whose posts were written in turn."""
    here = a_thread(world.place, author=world.fay, title="Of goats", body="Goat one.")
    there = a_thread(world.commons, author=world.al, title="Of sheep", body="Sheep one.")
    for n in ("two", "three"):
        a_post(here, author=world.alice, body=f"Goat {n}.")
        a_post(there, author=world.al, body=f"Sheep {n}.")
    return here, there


def merge(world, thread, into):
    return merge_threads(by=world.fay, thread=thread, into=into, key=uuid.uuid4())


def sent(client, thread, into, **words):
    url = reverse("merge_threads", args=["heron", thread.pk])
    return client.post(url, {"into": getattr(into, "pk", into), "key": uuid.uuid4()} | words)


def bodies(posts):
    return list(posts.in_order().values_list("source", flat=True))


def new_to(person):
    return set(Post.objects.new_to(person).values_list("source", flat=True))


def counters(*places):
    return [tuple(Place.objects.values_list("post_count", "thread_count").get(pk=place.pk)) for place in places]


def test_a_guide_takes_one_conversation_into_another_in_order_of_time(world, client_of, threads):
    here, there = threads
    fay = client_of(world.fay)
    page = fay.get(reverse("merge_threads", args=["heron", there.pk])).content.decode()
    assert "Of goats" in page
    assert sent(fay, there, here).url == here.get_absolute_url()
    assert bodies(here.posts) == ["Goat one.", "Sheep one.", "Goat two.", "Sheep two.", "Goat three.", "Sheep three."]
    here.refresh_from_db()
    assert (here.title, here.post_count, here.created_by) == ("Of goats", 6, world.fay)
    assert here.last_post_at == here.posts.in_order().last().created_at
    assert counters(world.place, world.commons) == [(6, 1), (0, 0)]
    page = " ".join(client_of(world.bo).get(here.get_absolute_url()).content.decode().split())
    assert "Fay Okafor brought 3 posts in here from “<bdi>Of sheep</bdi>”" in page
    assert [event.target for event in Event.objects.filter(verb="merged")] == [here, world.commons]
    assert "Of sheep" not in client_of(world.bo).get(world.commons.path).content.decode()


def test_the_emptied_address_leads_on_for_who_may_see_and_is_404_for_others(world, client_of, threads):
    here, there = threads
    post = there.posts.in_order().last()
    old, history = there.get_absolute_url(), reverse("post_history", args=["heron", there.pk, post.pk])
    merge(world, there, here)
    merge(world, here, third := a_thread(world.commons, author=world.bo))  # and on from there
    bo, cy = client_of(world.bo), client_of(world.cy)
    assert bo.get(old).url == third.get_absolute_url()
    assert bo.get(f"{old}?post={post.pk}").url == f"{third.get_absolute_url()}?post={post.pk}"
    assert bo.get(history).url == history.replace(f"/t/{there.pk}/", f"/t/{third.pk}/")
    assert cy.get(old).status_code == cy.get(history).status_code == 404
    assert client_of(world.ed).get(old).status_code == 404
    sent_to = reverse("reply", args=["heron", there.pk])
    words = {"body": "To the old address.", "key": uuid.uuid4(), "answers_to": post.pk}
    written = bo.post(sent_to, words)
    assert written.status_code == 302
    written = Post.objects.get(source="To the old address.")
    assert (written.thread, written.answers_to) == (third, post)
    assert cy.post(sent_to, words).status_code == 404


def test_nothing_read_becomes_new_and_nothing_new_is_lost(world, threads):
    here, there = threads
    goats, sheep = list(here.posts.in_order()), list(there.posts.in_order())
    bo = world.bo
    read_posts(bo, place=world.place, seen=[post.pk for post in goats])
    read_posts(bo, place=world.commons, seen=[sheep[0].pk])
    assert new_to(bo) == {"Sheep two.", "Sheep three."}
    everything = new_to(world.alice)
    merge(world, there, here)
    assert new_to(bo) == {"Sheep two.", "Sheep three."}
    assert new_to(world.alice) == everything
    assert new_counts_for(bo, world.community).total == 2
    marked = Post.objects.in_threads([here]).news_for(bo).mark_posts(list(here.posts.in_order()))
    assert [post.source for post in marked if post.is_new] == ["Sheep two.", "Sheep three."]
    read_posts(bo, place=world.place, seen=[sheep[1].pk])
    assert new_to(bo) == {"Sheep three."}
    undo_transfer(by=world.fay, transfer=Transfer.objects.get())
    assert new_to(bo) == {"Sheep three."}
    merge(world, there, here)
    mark_unread(bo, goats[1])
    assert new_to(bo) == {"Goat two.", "Sheep two.", "Goat three.", "Sheep three."}
    catch_up(bo, among=here.posts.all(), up_to=sheep[2].pk)
    assert new_to(bo) == set()
    assert not StillNew.objects.exists()


def test_the_other_way_round_counts_the_same(world, threads):
    here, there = threads
    read_posts(world.bo, place=world.place, seen=[here.posts.in_order()[0].pk])
    new = new_to(world.bo)
    merge(world, here, there)
    assert new_to(world.bo) == new
    assert not any(row.up_to for row in there.reads.exclude(person=world.bo))


def test_pages_show_what_is_still_new_among_what_was_read(world, client_of, threads):
    here, there = threads
    read_posts(world.bo, place=world.place, seen=list(here.posts.values_list("pk", flat=True)))
    merge(world, there, here)
    page = client_of(world.bo).get(here.get_absolute_url()).content.decode()
    new = [post for post in here.posts.in_order() if f'post-new" id="post-{post.pk}"' in page]
    assert [post.source for post in new] == ["Sheep one.", "Sheep two.", "Sheep three."]
    url = reverse("read_posts", args=["heron", world.place.pk])
    answer = client_of(world.bo).post(url, {"posts": str(new[0].pk)}).json()
    assert [*sorted(answer["still"]), answer["first"][str(here.pk)]] == [new[1].pk, new[2].pk]


def test_an_accepted_answer_is_kept_and_one_that_is_there_stays(world):
    asked, again = (a_thread(world.place, author=world.bo, kind="question") for _ in range(2))
    first, second = (a_post(question, author=world.al) for question in (asked, again))
    accept_post(by=world.bo, post=second)
    merge(world, again, asked)
    asked.refresh_from_db()
    assert (asked.accepted_post, asked.accepted_by) == (second, world.bo)
    undo_transfer(by=world.fay, transfer=Transfer.objects.get())
    asked.refresh_from_db()
    again.refresh_from_db()
    assert (asked.accepted_post, again.accepted_post) == (None, second)
    accept_post(by=world.bo, post=first)
    merge(world, again, asked)
    asked.refresh_from_db()
    assert asked.accepted_post == first


def test_undoing_gives_each_its_own_and_what_was_said_since_stays(world, client_of, threads):
    here, there = threads
    before = bodies(there.posts)
    merge(world, there, here)
    reply(author=world.bo, thread=here, body="Since.", key=uuid.uuid4())
    fay, transfer = client_of(world.fay), Transfer.objects.get()
    url = reverse("undo_transfer", args=["heron", here.pk, transfer.pk])
    assert client_of(world.al).post(url).status_code == 403
    assert fay.post(url).url == there.get_absolute_url()
    assert bodies(there.posts) == before
    assert bodies(here.posts) == ["Goat one.", "Goat two.", "Goat three.", "Since."]
    assert counters(world.place, world.commons) == [(4, 1), (3, 1)]
    there.refresh_from_db()
    assert (there.created_by, there.title, there.posts.openings().count()) == (world.al, "Of sheep", 1)
    assert client_of(world.bo).get(there.get_absolute_url()).status_code == 200
    assert fay.post(url).url == there.get_absolute_url()


def test_a_title_is_gone_with_its_beginning_wherever_that_is_removed(world, client_of, threads):
    here, there = threads
    opening = there.posts.openings().get()
    merge(world, there, here)
    delete_post(by=world.al, post=opening)
    assert "Of sheep" not in client_of(world.bo).get(here.get_absolute_url()).content.decode()
    undo_transfer(by=world.fay, transfer=Transfer.objects.get())
    there.refresh_from_db()
    assert there.title != "Of sheep"
    restore_post(by=world.al, post=opening)
    there.refresh_from_db()
    assert there.title == "Of sheep"


def test_drafts_of_replies_follow(world, threads):
    here, there = threads
    keep_draft(person=world.bo, slot=f"reply:{there.pk}", title="", body="On sheep.")
    keep_draft(person=world.al, slot=f"reply:{there.pk}", title="", body="On sheep.")
    keep_draft(person=world.al, slot=f"reply:{here.pk}", title="", body="On goats.")
    merge(world, there, here)
    assert [draft.body for draft in world.bo.drafts.filter(slot=f"reply:{here.pk}")] == ["On sheep."]
    assert [draft.body for draft in world.al.drafts.all()] == ["On goats.\n\nOn sheep."]


def test_a_draft_saved_from_the_old_page_is_found_and_goes_when_it_is_posted(world, client_of, threads):
    here, there = threads
    slot = f"reply:{there.pk}"
    keep_draft(person=world.bo, slot=slot, title="", body="On sheep.")
    merge(world, there, here)
    bo = client_of(world.bo)
    assert bo.post("/drafts/save/", {"slot": slot, "body": "On sheep."}).status_code == 200
    assert here.get_absolute_url() in bo.get("/drafts/").content.decode()
    bo.post(reverse("reply", args=["heron", there.pk]), {"body": "On sheep.", "key": uuid.uuid4(), "slot": slot})
    assert not world.bo.drafts.exists()
    assert here.posts.filter(source="On sheep.").count() == 1


def test_only_guides_merge_and_only_within_their_community(world, client_of, threads):
    here, there = threads
    for person, status in ((world.al, 403), (world.cy, 404), (world.ed, 404), (None, 401)):
        assert sent(client_of(person), there, here).status_code == status
    egret = a_cohort(world.course, host=world.fay, title="Egret cohort", slug="egret").community
    elsewhere = a_thread(commons_of(egret), author=world.fay)
    fay = client_of(world.fay)
    answer = sent(fay, there, elsewhere)
    assert answer.status_code == 409
    assert "same community" in answer.content.decode()
    for nonsense in ("", "x", a_thread().pk, "9" * 30):
        assert sent(fay, there, nonsense).status_code == 422
    join(egret, world.bo, role=Membership.Role.FACILITATOR)
    with pytest.raises(NotTheirs):
        merge_threads(by=world.bo, thread=elsewhere, into=there, key=uuid.uuid4())


def test_a_double_click_or_itself_changes_nothing(world, client_of, threads):
    here, there = threads
    fay = client_of(world.fay)
    assert sent(fay, here, here).url == here.get_absolute_url()
    for _ in range(2):
        assert sent(fay, there, here).url == here.get_absolute_url()
    assert Transfer.objects.count() == 1


def test_prompts_of_the_text_and_answers_without_a_name_stay(world, client_of, threads):
    here, _there = threads
    words = {"kind": "prompt", "title": "How are you?", "body": "Honestly.", "key": uuid.uuid4()}
    prompt = pose(asker=world.fay, place=world.place, terms={"is_anonymous": True}, **words).thread
    text = world.place.threads.in_text().get()
    for thread, into in ((prompt, here), (here, prompt), (text, here)):
        with pytest.raises(StaysHere):
            merge(world, thread, into)
    assert merge(world, here, text) == text


def test_a_summary_is_not_lost_from_sight(world, client_of, threads):
    here, there = threads
    distil(by=world.fay, thread=there, body="Sheep it is.", version=0)
    with pytest.raises(StaysHere):
        merge(world, there, here)
    page = client_of(world.fay).get(reverse("merge_threads", args=["heron", there.pk])).content.decode()
    assert "It has a summary" in page
    merge(world, here, there)
    assert "Sheep it is." in client_of(world.bo).get(there.get_absolute_url()).content.decode()
    made = split_off(there, there.posts.in_order().last(), by=world.fay)
    distil(by=world.fay, thread=made, body="One sheep.", version=0)
    with pytest.raises(StaysHere):
        undo_transfer(by=world.fay, transfer=made.taken_in.get())


def test_what_was_split_off_and_merged_elsewhere_is_not_offered_to_be_undone(world, client_of, threads):
    here, there = threads
    made = split_off(here, here.posts.in_order().last(), by=world.fay)
    merge(world, made, there)
    split = Transfer.objects.get(kind="split")
    with pytest.raises(StaysHere):
        undo_transfer(by=world.fay, transfer=split)
    page = client_of(world.fay).get(here.get_absolute_url()).content.decode()
    assert there.get_absolute_url() in page
    assert "Undo" not in page
    url = reverse("undo_transfer", args=["heron", here.pk, split.pk])
    assert client_of(world.fay).post(url).url == here.get_absolute_url()
    undo_transfer(by=world.fay, transfer=Transfer.objects.get(kind="merge"))
    undo_transfer(by=world.fay, transfer=split)
    assert bodies(here.posts) == ["Goat one.", "Goat two.", "Goat three."]
    assert Thread.objects.visible_to(world.bo).filter(pk=made.pk).count() == 0


def test_the_list_is_bounded_and_can_be_searched(world, client_of, threads):
    _here, there = threads
    fay, url = client_of(world.fay), reverse("merge_threads", args=["heron", there.pk])
    words = {"place": world.place, "created_by": world.bo, "post_count": 1}
    Thread.objects.bulk_create(Thread(title=f"Number {n} of many", **words) for n in range(40))
    assert fay.get(url).content.decode().count('name="into"') == 30
    assert "Number 7 of many" in fay.get(f"{url}?q=many+7").content.decode()
    assert "is called that" in fay.get(f"{url}?q=nowhere").content.decode()
