import uuid
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Left, RowNumber
from django.urls import reverse
from django.utils import timezone

from markup import words_changed
from notifications.models import Notification

from .difference import Text
from .excerpt import EXCERPT_HTML, first_words
from .mailed import MailedPost
from .placed import answers_here
from .reading import Readable
from .rights import Rights
from .speaker import Spoken
from .state import PostState
from .thread import Thread, threads_visible_to
from .told import ToldPostQuerySet


class PostQuerySet(ToldPostQuerySet):
    def visible_to(self, user):
        return self.filter(thread__in=threads_visible_to(user))

    def in_order(self):
        return self.order_by("created_at", "pk")

    def with_authors(self):
        return self.select_related("author")

    def for_reading(self):
        """With all that a page says of them, and of what they answer."""
        posts = self.select_related("author", "answers_to__author").defer("answers_to__source", "answers_to__html")
        return posts.annotate(answers_here=answers_here(), answered_html=Left("answers_to__html", EXCERPT_HTML))

    def numbered(self, pk):
        return self.filter(pk=pk)

    def last_at(self):
        """When the newest of them was written; None if there is none."""
        return self.aggregate(last=models.Max("created_at"))["last"]

    def edited_since(self, moment):
        return self.filter(edited_at__gte=moment)

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("thread__place").defer("source", "html")

    def as_mailed(self):
        """With what a mail says of them, and whom they name."""
        return self.select_related("thread__place").defer("source").prefetch_related("mentioned")

    def with_communities(self):
        return self.select_related("thread__place__community")

    def by(self, author):
        return self.filter(author=author)

    def written_by(self, user):
        """What `user` wrote and nobody took back, newest first, wherever it stands: one's own words stay readable,
        and what guides hid of them is read on by its author."""
        mine = self.filter(Q(deleted_at=None) | Q(hidden_at__isnull=False), author=user.pk)
        return mine.with_communities().order_by("-created_at", "-pk")

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def at(self, place, *, also_in=()):
        """Those at `place`, and those in the threads with the ids `also_in`; not by OR about posts, which are many."""
        threads = Thread.objects.at(place, also=also_in).values("pk")
        return self.filter(thread__in=threads) if also_in else self.filter(thread__place=place)

    def in_community(self, community):
        return self.filter(thread__place__community=community)

    def in_threads(self, threads):
        return self.filter(thread__in=threads)

    def about(self, block_id):
        return self.filter(thread__block_id=block_id)

    def shown_to(self, user):
        """Whether `user` may see what any of these shows, where it stands or as carried from an earlier cohort. It is
        gone with their words."""
        readable = self.visible_to(user)
        if readable.standing().exists() or readable.hidden_but_for(user).exists():
            return True
        carried = apps.get_model("discussions", "CarriedThread").objects.visible_to(user)
        return carried.posts_for(user, among=self).exists()

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def last_of_each(self, threads, *, last, much_new, last_new, posed, including):
        """The `last` posts of each of `threads`, of `much_new` the `last_new`, of `posed` the words that stand on top,
        and those `including`: ids all of them."""
        newest = Window(RowNumber(), partition_by=F("thread"), order_by=[F("created_at").desc(), F("pk").desc()])
        numbered = self.filter(thread__in=threads).annotate(place_from_end=newest)
        wanted = Q(place_from_end__lte=last) | Q(place_from_end__lte=last_new, thread__in=much_new)
        wanted |= Q(thread__in=posed, key=F("thread__key"), author=F("thread__created_by")) | Q(pk__in=including)
        return numbered.filter(wanted).in_order()


class Post(MailedPost, PostState, Spoken, Readable):
    """Something somebody said. `html` is `source` as rendered by the markup version `renderer`."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    key = models.UUIDField(default=uuid.uuid4)
    source = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)  # its texts before this one are its revisions
    answers_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers")
    helped_count = models.PositiveIntegerField(default=0)  # kept by actions.react, so that no page counts
    me_too_count = models.PositiveIntegerField(default=0)
    thanks_count = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    images = models.ManyToManyField("community.PlaceImage", related_name="posts")  # those that it shows
    files = models.ManyToManyField("community.PlaceFile", related_name="posts")  # those that it links to
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    is_cited = False  # whether the summary of its thread links to it; Summary.mark sets it
    is_new = False  # to whom the page is for; `News.mark_posts` sets it
    answers_here = False  # whether what it answers is within its readers' reach; for_reading sets it
    answered_html: str | None  # how the post begins that it answers; for_reading sets it
    words: Collection[Any] = ()  # what people left on it, as its reader sees it; Rights.mark sets it
    may: Collection[str] = frozenset()  # what the reader of a page may do with it; Rights.mark sets it
    followed_path = "thread"

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="one_post_a_key")]
        indexes = [models.Index(fields=["thread", "created_at"]), models.Index(fields=["author", "-created_at"])]

    def get_absolute_url(self):
        """The place with the conversation open at this post: a post about a paragraph opens the unit there."""
        return f"{self.thread.place.path}?post={self.pk}#post-{self.pk}"

    @property
    def permanent_url(self):
        """An address that leads to it wherever it stands."""
        return reverse("post", args=[self.thread.place.community.slug, self.thread_id, self.pk])

    @property
    def is_gone(self):
        return self.deleted_at is not None

    @property
    def first_words(self):
        """What it begins with, as plain text; nothing of a removed post."""
        return "" if self.is_gone else first_words(self.html[:EXCERPT_HTML])

    @property
    def answered_words(self):
        """What the post begins with that it answers; for posts read with `for_reading`."""
        answered = self.answers_to
        return "" if answered is None or answered.is_gone else first_words(self.answered_html or "")

    @property
    def is_opening(self):
        """Whether the thread began with it: `start_thread` gives both one key."""
        return self.key == self.thread.key and self.author_id == self.thread.created_by_id

    @property
    def asks_everybody(self):
        return self.thread.is_posed and self.is_opening

    @property
    def is_accepted(self):
        """Whether it stands as the answer of its question."""
        return self.pk == self.thread.accepted_post_id

    @property
    def was_removed_by_author(self):
        return self.deleted_by_id == self.author_id

    def may_be_edited_by(self, user):
        return Rights.at(self.thread.place, user).may_edit(self)

    def may_be_deleted_by(self, user):
        return Rights.at(self.thread.place, user).may_delete(self)

    def may_be_restored_by(self, user):
        return Rights.at(self.thread.place, user).may_restore(self)

    def may_be_accepted_by(self, user):
        return Rights.at(self.thread.place, user).may_accept(self)

    def may_get_from(self, user, word):
        """Whether `user` may leave this word on it."""
        return Rights.at(self.thread.place, user).may_leave(word, self)

    def is_tended_by(self, user):
        """Whether it is for `user` to look after: their own, or of a community that they guide."""
        return Rights.at(self.thread.place, user).tends(self)

    def audience(self):
        """User id → why this post concerns them: who is named, who began the thread, who takes part in it; whose the
        place is, when a thread begins there. What guides ask or announce concerns everybody of the place. Nobody once
        it was removed, or before its thread opens."""
        if self.is_gone or self.thread.is_waiting:
            return {}
        reason = Notification.Reason.EVERYBODY if self.thread.is_announcement else Notification.Reason.ASKED
        people = dict.fromkeys(self.thread.place.reader_ids() if self.asks_everybody else (), reason)
        if self.is_opening and self.thread.place.begun_by_id:
            people[self.thread.place.begun_by_id] = Notification.Reason.YOURS
        people |= self.thread.participants()
        people |= dict.fromkeys(self.answered_ids(), Notification.Reason.ANSWER)
        people |= dict.fromkeys(self.mentioned.values_list("pk", flat=True), Notification.Reason.MENTION)
        people.pop(self.author_id, None)
        if self.asks_everybody and self.thread.proposed_at:
            people[self.author_id] = Notification.Reason.YOURS  # whoever has the turn opened it
        return people

    def answered_ids(self):
        """Ids of those whom it answers: whose post it answers, and who asked the question."""
        asked = [self.thread.created_by_id] if self.thread.is_question and not self.is_opening else []
        return [*asked, *([self.answers_to.author_id] if self.answers_to else [])]

    def texts(self, *, before, limit):
        """The newest `limit` of the texts it had with numbers below `before`, each with what changed from the one
        before it."""
        texts = [Text(old.number, old.source, old.created_at) for old in self.revisions.below(before)[: limit + 1]]
        if self.version < before:
            texts.insert(0, Text(self.version, self.source, self.edited_at or self.created_at))
        for newer, older in zip(texts, [*texts[1:], None], strict=False):
            newer.changes = words_changed(older.source if older else newer.source, newer.source)
        return texts[:limit]
