"""What is drawn once for many shows each of them what would be drawn for them alone, whatever of it differs."""

from copy import copy
from dataclasses import replace
from datetime import timedelta

import pytest
from django.template import Context, engines
from django.utils import timezone, translation

from accounts.models import User
from community.models import Place
from discussions.models import BlockTalk, Post, Rights, Thread
from discussions.templatetags import drawn
from pieces import PIECES
from tests.factories import a_post, a_summary, a_thread_on

NOW = timezone.now()


@pytest.fixture
def page(world, rf):
    """Draws what `name` of `drawn` gives, in a page that bo reads and that is kept."""
    question = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, kind="question")
    for author in (world.al, world.fay, world.bo, world.alice):
        a_post(question, author=author, body=f"By {author.name}.")
    a_post(question, author=world.al, body="In answer.", answers_to=question.posts.get(source="By Fay Okafor.").pk)
    a_summary(question, by=world.fay, body="In short.")
    return Page(world, rf)


class Page:
    def __init__(self, world, rf):
        request = rf.get("/")
        request.user, request.is_being_kept = world.bo, True
        self.world, self.request = world, request
        self.question = Thread.objects.filter(kind="question")
        self.begin()

    def begin(self):
        """With everything as it stands."""
        place = Place.objects.select_related("community").get(pk=self.world.place.pk)
        reader, guides = self.world.bo, {self.world.fay.pk: "Facilitator"}
        self.names = {"guides": guides, "may_write": True, "user": reader, "community": place.community, "place": place}
        self.thread = self.read()
        self.talk = BlockTalk(self.thread.block_id, "paragraph", [self.thread], 6, 2)

    def read(self):
        """The thread as a page shows it."""
        threads = self.question.with_people().with_last_posts(
            news=Post.objects.news_for(self.world.bo), rights=Rights.of(self.world.bo, self.names["guides"])
        )
        threads[0].note_place(self.names["place"], {})
        threads[0].is_on_earlier_wording = False
        return threads[0]

    def draw(self, *, alone=False):
        """All pieces that hold the thread; drawn for this reader `alone`, or for many."""
        around = {"request": self.request, "csrf_token": "", "post_limit": 100}
        context = Context(around | self.names)
        if alone:
            PIECES.clear()
        template = engines["django"].from_string("").template
        with context.bind_template(template):
            row = drawn.row(context, self.thread)
            empty = drawn.knot(context, BlockTalk(self.talk.id, self.talk.kind))
            return row, drawn.beside(context, self.talk), empty, drawn.conversation(context, self.thread)


def on(name, value):
    return lambda page: setattr(page.thread, name, value)


def on_posts(name, value):
    def change(page):
        for post in page.thread.shown:
            setattr(post, name, value)

    return change


def on_talk(name, value):
    return lambda page: setattr(page.talk, name, value)


def around(name, value):
    return lambda page: page.names.update({name: value})


def of(name, key, value):
    return lambda page: setattr(page.names[name], key, value)


def summarised(name, value):
    return lambda page: setattr(page.thread.distilled, name, value)


def heard(level):
    def change(page):
        page.thread.level_chosen = level
        page.thread.note_hearing(page.world.bo.pk)

    return change


def begun_by_the_reader(page):
    page.thread.hearing = replace(page.thread.hearing, has_started=True)


def renamed(page):
    page.thread.created_by.name = "Another Name"


def renamed_in_summary(page):
    page.thread.distilled.begun_by.name = "Another Name"


def answered(page):
    page.thread.answer = copy(page.thread.shown[-1])
    page.thread.answer.html = "<p>Seen nowhere else.</p>"


SOMEBODY = User(pk=10**6, name="Somebody Else", handle="else")
CHANGES = {
    "title": on("title", "Other words"),
    "blocked": on("is_unwanted", True),
    "new": on("new_count", 7),
    "new up to": on("new_up_to", 10**6),
    "posts": on("post_count", 90),
    "earlier": on("earlier", 80),
    "earlier wording": on("is_on_earlier_wording", True),
    "closed": on("closed_at", NOW),
    "closes": on("closes_at", NOW + timedelta(days=3)),
    "is over": on("closes_at", NOW - timedelta(days=3)),
    "opens": on("opens_at", NOW + timedelta(days=3)),
    "slow": on("slow_minutes", 15),
    "without names": on("is_anonymous", True),
    "kind": on("kind", "topic"),
    "quietly": on("is_read_quietly", True),
    "covered": on("is_covered", True),
    "asked for": on("is_asked_for", True),
    "not read before": on("was_read", False),
    "stands at its block": on("stands", True),
    "last post": on("last_post_at", NOW - timedelta(days=30)),
    "begun by": on("created_by", SOMEBODY),
    "begun by the same": renamed,
    "fewer posts": lambda page: page.thread.shown.pop(),
    "accepted": answered,
    "level": heard("all"),
    "started": begun_by_the_reader,
    "no summary": on("distilled", None),
    "summary": summarised("html", "<p>At length.</p>"),
    "summary again": summarised("version", 5),
    "summary by": summarised("begun_by", SOMEBODY),
    "summary by the same": renamed_in_summary,
    "summary with": summarised("helped_by", SOMEBODY),
    "summary when": summarised("last_edited_at", NOW - timedelta(days=9)),
    "post": on_posts("html", "<p>Other</p>"),
    "post new": on_posts("is_new", True),
    "post cited": on_posts("is_cited", True),
    "post edited": on_posts("edited_at", NOW),
    "post removed": on_posts("deleted_at", NOW),
    "post hidden": on_posts("hidden_at", NOW),
    "post folded": on_posts("is_folded", True),
    "post by": on_posts("author", SOMEBODY),
    "post by number": on_posts("alias", 3),
    "post when": on_posts("created_at", NOW - timedelta(days=40)),
    "post helped": on_posts("helped_count", 3),
    "post words": on_posts("words", ()),
    "post acts": on_posts("may", frozenset({"edit", "restore"})),
    "post answers": on_posts("answers_here", False),
    "block": on_talk("kind", "heading"),
    "block posts": on_talk("post_count", 77),
    "block new": on_talk("new_count", 0),
    "block open": on_talk("is_open", True),
    "no more writing": around("may_write", False),
    "roles": lambda page: page.names.update(guides={page.world.fay.pk: "Host"}),
    "reader guides": lambda page: page.names.update(guides={page.world.bo.pk: "Guide", page.world.fay.pk: "Guide"}),
    "all distil": of("community", "members_may_distil", True),
    "address": of("community", "slug", "elsewhere"),
    "place": lambda page: (of("place", "pk", 77)(page), on_talk("post_count", 77)(page)),
    "kind of place": of("place", "kind", "page"),
    "reader": lambda page: page.names.update(user=page.world.fay),
}


@pytest.mark.once
@pytest.mark.parametrize("in_its_row", [True, False])
def test_what_differs_is_drawn_anew(page, in_its_row):
    unseen = set()
    for name, change in CHANGES.items():
        page.begin()
        page.thread.stands = not in_its_row
        before = page.draw(alone=True)
        change(page)
        after = page.draw()
        assert after == page.draw(alone=True), name
        unseen |= {name} if after == before else set()
    assert unseen == set() or not in_its_row, "or the test would prove nothing"


@pytest.mark.once
def test_language_and_zone_of_the_reader_are_theirs(page):
    page.thread.closes_at = NOW + timedelta(days=3)
    before = page.draw(alone=True)
    page.names["user"] = copy(page.world.bo)
    page.names["user"].time_zone = "Asia/Tokyo"
    with timezone.override("Asia/Tokyo"):
        assert page.draw() == page.draw(alone=True) != before
    with translation.override("de"):
        PIECES.clear()
        page.draw()
        numbers = len(PIECES)
    page.draw()
    assert len(PIECES) == 2 * numbers


@pytest.mark.once
def test_who_guides_without_having_said_anything_gets_what_is_for_guides(page):
    page.names["user"] = SOMEBODY
    before = page.draw(alone=True)
    page.names["guides"] = page.names["guides"] | {SOMEBODY.pk: "Guide"}
    assert page.draw() == page.draw(alone=True) != before


@pytest.mark.once
@pytest.mark.parametrize("of", ["posts", "summary", "row"])
def test_words_about_time_grow_old(page, time_machine, of):
    page.thread.shown = page.thread.shown if of == "posts" else []
    page.thread.stands = of == "row"
    before = page.draw(alone=True)
    for hours in (1.5, 30, 200):
        time_machine.move_to(NOW + timedelta(hours=hours))
        after = page.draw()
        assert after == page.draw(alone=True) != before
        before = after


@pytest.mark.once
def test_it_is_drawn_once(page):
    page.draw(alone=True)
    held = len(PIECES)
    page.begin()
    page.draw()
    assert len(PIECES) == held > 8
