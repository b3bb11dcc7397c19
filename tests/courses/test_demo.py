"""The demo: it loads, and what it holds is believable."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from community.models import Bookmark, JoinRequest, Membership, Place
from courses.actions.demo import DemoProblem, load_demo
from courses.actions.demo import loading as demo_loading
from courses.models import Course, CourseFile, UnitProgress, outline_of
from discussions.models import Post, Summary, Thread
from notifications.models import Event, Notification
from resources.models import Collection, LinkPreview, Resource
from tests import factories as make
from wiki.models import Revision, WikiPage

on_one_database = pytest.mark.once  # what it holds is the same on both; that it loads is asked on both, below


@on_one_database
def test_the_demo_is_as_large_as_promised(demo):
    assert demo.course.units.count() == 11
    assert all(600 <= words <= 2_000 for words in demo.course.units.values_list("words", flat=True))
    assert User.objects.count() == 26
    assert Thread.objects.begun().count() >= 60
    assert Post.objects.count() >= 300
    assert Resource.objects.count() >= 20
    assert set(Resource.objects.values_list("kind", flat=True)) == set(Resource.Kind.values)
    assert all(page.revisions.count() >= 3 for page in WikiPage.objects.all())


@on_one_database
def test_nobody_asks_the_sites_behind_its_links(demo):
    links = LinkPreview.objects.on_shelves()
    assert links.count() > 15
    assert links.exclude(due_at=None).count() == 0
    assert links.filter(check_at__lt=timezone.now() + timedelta(days=3_650)).count() == 0
    assert links.filter(answered_at__gt=timezone.now() - timedelta(days=1)).count() == 0


@on_one_database
def test_most_of_the_talk_hangs_on_a_block_that_stands_in_its_unit(demo):
    on_blocks = [thread for thread in Thread.objects.select_related("place__unit_place__unit") if thread.block_id]
    for thread in on_blocks:
        words = thread.place.unit_place.unit.block_texts()[thread.block_id]
        assert words.startswith(thread.quote[:100])
    assert len(on_blocks) > 60


@on_one_database
def test_the_counters_of_the_demo_are_right(demo):
    for place in Place.objects.all():
        open_ones = place.threads.opened()
        assert place.post_count == Post.objects.in_threads(open_ones).count()
        assert place.thread_count == open_ones.filter(is_in_text=False).count()
    for thread in Thread.objects.begun():
        posts = thread.posts.in_order()
        assert (thread.post_count, thread.last_post_at) == (len(posts), list(posts)[-1].created_at)
        assert thread.is_in_text or thread.created_at == posts[0].created_at


@on_one_database
def test_the_demo_has_of_each_kind_what_there_is_to_see(demo):
    now, circle, heron = timezone.now(), demo.community("circle"), demo.community("heron")
    topic = Thread.objects.of(circle).current().get()
    assert topic.opens_at == topic.created_at < now < topic.current_until
    assert topic.reply_count > 3
    assert Thread.objects.of(circle).earlier().count() == 3
    proposed = list(Thread.objects.of(circle).proposals().next_first())
    assert [thread.vote_count for thread in proposed] == [4, 2, 1]
    assert circle.places.commons().get().series.next_at > now
    assert set(circle.turns.values_list("person__handle", flat=True)) == {"rosa", "teresa", "noor"}
    assert demo.place("what-a-community-is-for").carried_things == 2
    posed = Thread.objects.of(heron).begun().filter(kind=Thread.Kind.PROMPT, is_in_text=False)
    assert posed.filter(answer_first=True).get().reply_count > 3
    assert all(posed.filter(is_anonymous=True).get().posts.answers().values_list("alias", flat=True))
    waiting = posed.exclude(pk__in=posed.opened()).get()
    assert waiting.opened_at is None
    assert not Post.objects.visible_to(demo.person("bo")).in_threads([waiting]).exists()
    assert Thread.objects.of(heron).announced().get().reply_count == 1
    assert heron.library_prompts.get().answer_first
    assert Thread.objects.of(heron).knowing_tending().get(is_claimed=True).claimed_by == demo.person("teresa")
    questions = Thread.objects.of(heron).open_questions()
    assert {question.is_replied for question in questions} == {True, False}
    assert questions.asked_by(demo.person("bo")).get().reply_count == 1
    accepted = Thread.objects.exclude(accepted_post=None)
    assert accepted.count() > 8
    assert all(thread.created_at < thread.accepted_at < now for thread in accepted)


def test_the_times_of_the_demo_lie_in_the_past_and_in_order(demo):
    now = timezone.now()
    in_order = list(Post.objects.order_by("pk").values_list("created_at", flat=True))
    assert in_order == sorted(in_order)
    assert now - timedelta(days=1) < in_order[-1] < now
    no_posts = [Event.Verb.CARRIED, Event.Verb.GRADUATED]  # a place; and the road on which a cohort went on
    events = Event.objects.exclude(verb__in=no_posts).select_related("content_type")
    for event in events:
        decided = event.verb in (Event.Verb.TAKEN, Event.Verb.DECLINED)
        done_at = (event.target.accepted_at or event.target.declined_at) if decided else event.target.created_at
        assert event.created_at == done_at == event.fanned_out_at
    for page in WikiPage.objects.all():
        assert page.last_edited_at == page.revisions.newest_first()[0].created_at
    assert max(Revision.objects.values_list("created_at", flat=True)) < now


@on_one_database
def test_nobody_in_the_demo_speaks_before_they_came_or_where_they_are_not(demo):
    for post in Post.objects.select_related("thread__place"):
        membership = Membership.objects.get(user=post.author_id, community=post.thread.place.community_id)
        assert membership.joined_at < post.created_at
        assert membership.left_at is None


@on_one_database
def test_two_conversations_of_the_demo_are_distilled_together_from_their_posts(demo):
    summaries = list(Summary.objects.select_related("thread").order_by("pk"))
    assert len(summaries) == 2
    for summary in summaries:
        assert (summary.version, summary.author_count, "post:" in summary.html) == (2, 2, False)
        assert len(summary.cited) >= 7
        assert summary.thread.posts.with_ids(summary.cited).last_at() < summary.thread.distilled_at
        assert summary.thread.distilled_at < summary.last_edited_at < timezone.now() - timedelta(days=5)


@on_one_database
def test_the_demos_people_can_sign_in(demo, client):
    answer = client.post("/accounts/login/", {"login": "bo@example.org", "password": "weft-demo"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert demo.person("alice").is_staff
    assert not User.objects.filter(emailaddress__verified=False).exists()


@on_one_database
def test_the_circle_is_a_cohort_that_stayed(demo):
    circle = demo.community("circle")
    assert circle.season == circle.Season.PRACTICE
    assert circle.cohort.course == demo.course
    assert circle.membership_of(demo.person("al")).role == Membership.Role.ALUM
    assert circle.membership_of(demo.person("cy")).role == Membership.Role.MEMBER
    assert not Place.objects.filter(community=circle, opens_at__gt=timezone.now()).exists()


@on_one_database
def test_the_running_cohort_is_open_and_its_learner_is_under_way(demo):
    heron, bo = demo.community("heron"), demo.person("bo")
    assert 14 <= (timezone.now().date() - heron.cohort.starts_on).days <= 16
    outline = outline_of(heron.membership_of(bo))
    assert all(unit.is_open for unit in outline.units)
    assert 0 < outline.done_count < len(outline.units)
    assert UnitProgress.objects.values("user").distinct().count() > 15


@on_one_database
def test_ed_was_removed_and_left_no_words(demo):
    ed = demo.person("ed")
    assert demo.community("heron").membership_of(ed) is None
    assert ed.memberships.get().left_at < timezone.now()
    assert not ed.posts.exists()


@on_one_database
def test_old_notifications_are_read_and_new_ones_are_not(demo):
    edge = timezone.now() - timedelta(days=2, hours=1)
    assert not Notification.objects.unread().filter(created_at__lt=edge).exists()
    assert Notification.objects.visible_to(demo.person("bo")).unread().exists()
    assert not Event.objects.not_fanned_out().exists()


@on_one_database
def test_the_demos_pictures_are_served(demo, client_of):
    unit = demo.unit("lurkers-are-learning-too")
    picture = CourseFile.objects.get(path="img/quiet-week.svg")
    assert picture.get_absolute_url() in unit.html
    answer = client_of(demo.person("bo")).get(picture.get_absolute_url())
    assert b"".join(answer.streaming_content).startswith(b"<?xml")


def test_the_demo_is_not_loaded_where_people_are(db):
    make.a_person()
    with pytest.raises(CommandError, match="people here already"):
        call_command("demo")
    assert not Course.objects.exists()


def test_the_cohort_has_a_collection_that_a_unit_shows_and_bo_keeps_bookmarks(demo, client_of):
    bo, collection = demo.person("bo"), Collection.objects.get()
    assert [item.kind for item in collection.items.shown_to(bo)] == ["unit", "resource", "wiki", "resource"]
    assert Bookmark.objects.visible_to(bo).count() == 3
    page = client_of(bo).get(demo.place("the-first-two-weeks").path).content.decode()
    assert 'class="collection-here"' in page
    assert "For the evening on which nobody has answered yet." in page


def test_an_anchor_that_is_in_no_block_is_named_and_nothing_stays(db, tmp_path, settings):
    folder = tmp_path / "demo"
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "01-one.md").write_text("A paragraph.\n\n![A dot](dot.svg)\n")
    (folder / "course" / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "talk").mkdir()
    (folder / "people.yaml").write_text(
        "people: [{handle: alice, name: Alice, email: a@example.org}, {handle: ed, name: Ed, email: e@example.org}]\n"
        "communities: [{slug: heron, title: Heron, purpose: Talk, season: cohort, members: {alice: host}}]\n"
    )
    (folder / "talk" / "one.yaml").write_text(
        "threads: [{community: heron, unit: one, anchor: no such words, kind: question, title: Where, posts: []}]\n"
        "resources: []\nwiki: []\n".replace("posts: []", "posts: [{by: alice, days_ago: 1, body: Here}]")
    )
    with pytest.raises(DemoProblem, match="no such words"):
        load_demo(folder=folder)
    assert not User.objects.exists()
    assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_loading_the_demo_asks_nothing_of_the_workers(rung, monkeypatch):
    monkeypatch.setattr(demo_loading.Talk, "gather", only_two_threads)
    load_demo()
    assert Event.objects.exists()
    assert rung == []
    assert connection.run_on_commit == []


gather = demo_loading.Talk.gather


def only_two_threads(talk, file):
    gather(talk, {"threads": file["threads"][:2], "resources": [], "wiki": []})


@on_one_database
def test_a_page_of_the_demo_links_by_title_and_is_found_by_the_title_that_it_had(demo, client_of):
    client = client_of(demo.person("bo"))
    assert client.get("/c/heron/w/field-guide/").url == "/c/heron/w/heron-field-guide/"
    html = client.get("/c/heron/w/heron-field-guide/").content.decode()
    for seen in ('class="laid"', 'class="wiki-new"', 'class="contents"', ">First sentences that turned it</a>"):
        assert seen in html


@on_one_database
def test_al_founded_a_community_that_writes_its_own_course_and_somebody_asks_to_join(demo, client_of):
    handover, al = demo.community("handover"), demo.person("al")
    assert handover.membership_of(al).is_host
    outline = outline_of(handover.membership_of(al))
    assert (outline.is_own, len(outline.units)) == (True, 2)
    assert JoinRequest.objects.to(handover).open().get().person == demo.person("bo")
    page = client_of(al).get("/c/handover/").content.decode()
    assert "1 person asks to join" in page
    assert "Write on it" in page
    assert "Handover" in client_of(demo.person("mei")).get("/communities/find/").content.decode()


@on_one_database
def test_the_next_digest_of_the_demo_is_worth_a_look(demo, client_of):
    page = client_of(demo.person("bo")).get("/settings/digest/preview/").content.decode()
    for seen in ("Questions you might answer", "Has anyone run a first fortnight", "Unit 5, paragraph"):
        assert seen in page
