"""Conversations: threads and their posts."""

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Place
from notifications.models import Notification

POSTS_SHOWN = 5  # of a thread, where it stands among others; the rest is one link away


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Threads `user` may read. Views start here, so a forbidden thread is a plain 404."""
        return self.filter(place__in=Place.objects.visible_to(user))

    def at(self, place):
        return self.filter(place=place)

    def in_units_of(self, community):
        return self.filter(place__community=community, place__kind=Place.Kind.UNIT)

    def about(self, block_id):
        return self.filter(block_id=block_id)

    def begun(self):
        """Without the prompts that nobody has answered yet."""
        return self.filter(post_count__gt=0)

    def unanswered(self):
        return self.filter(kind=Thread.Kind.QUESTION, post_count=1)

    def not_by(self, user):
        return self.exclude(created_by=user)

    def by_latest_activity(self):
        return self.order_by("-last_post_at", "-pk")

    def numbered(self, pk):
        return self.filter(pk=pk)

    def with_people(self):
        return self.select_related("created_by")

    def with_places(self):
        return self.select_related("created_by", "place__community")

    def post_counts_by_block(self):
        """Block id → number of posts about it, in one query, however many threads there are."""
        return dict(self.begun().order_by().values_list("block_id").annotate(models.Sum("post_count")))

    def shown_in_place(self, limit, *, having=None):
        """The first `limit` of these threads, all prompts, and the thread of the post with the id `having`."""
        first = self.exclude(kind=Thread.Kind.PROMPT).values("pk")[:limit]
        return self.filter(Q(pk__in=first) | Q(kind=Thread.Kind.PROMPT) | Q(posts=having or 0)).distinct()

    def with_last_posts(self, *, including=None):
        """These threads as a list, each with its newest posts as `shown` and how many `earlier` there are; the post
        with the id `including` is among the shown ones. Two queries, whatever the number of threads and posts."""
        threads: list[Thread] = list(self)  # type: ignore[arg-type]
        posts: dict[int, list[Post]] = {}
        for post in Post.objects.last_of_each(threads, including=including).with_authors():
            posts.setdefault(post.thread_id, []).append(post)
        for thread in threads:
            thread.shown = posts.get(thread.pk, [])
            thread.earlier = thread.post_count - len(thread.shown)
        return threads


class Thread(models.Model):
    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion")
        QUESTION = "question", _("Question")
        PROMPT = "prompt", _("Prompt")
        TOPIC = "topic", _("Topic")

    TITLE_MAX = 200
    QUOTE_MAX = 300

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DISCUSSION)
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    block_id = models.CharField(max_length=16, blank=True)  # "" when it is about the whole place
    quote = models.CharField(max_length=QUOTE_MAX, blank=True)  # the block's words when the thread was started
    key = models.UUIDField(default=uuid.uuid4)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads")
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    post_count = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What a page says of a thread it shows; `with_last_posts` and the page's view set the rest.
    stands = is_on_earlier_wording = is_asked_for = False
    shown: list["Post"]
    earlier: int

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["created_by", "key"], name="one_thread_a_key"),
            models.UniqueConstraint(
                fields=["place", "block_id"], condition=Q(kind="prompt"), name="one_thread_a_prompt_and_place"
            ),
        ]
        indexes = [models.Index(fields=["place", "-last_post_at"]), models.Index(fields=["-last_post_at"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("thread", args=[self.place.community.slug, self.pk])

    @property
    def is_prompt(self):
        return self.kind == self.Kind.PROMPT

    @property
    def is_question(self):
        return self.kind == self.Kind.QUESTION

    @property
    def needs_an_answer(self):
        return self.is_question and self.post_count == 1

    @property
    def reply_count(self):
        """Answers of a prompt are all its posts; elsewhere the first post is the thread itself."""
        return self.post_count if self.is_prompt else max(self.post_count - 1, 0)

    def accepts_replies_from(self, user):
        return self.closed_at is None and self.place.accepts_words_from(user)


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(thread__in=Thread.objects.visible_to(user))

    def in_order(self):
        return self.order_by("created_at", "pk")

    def with_authors(self):
        return self.select_related("author")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("thread__place").defer("source", "html")

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def index_of(self, post_id):
        """How many of these posts stand before the one with this id; None if it isn't among them."""
        post = self.filter(pk=post_id).first()
        return self.before(post).count() if post else None

    def before(self, post):
        return self.filter(Q(created_at__lt=post.created_at) | Q(created_at=post.created_at, pk__lt=post.pk))

    def last_of_each(self, threads, *, including=None):
        """The newest `POSTS_SHOWN` posts of each of `threads`, oldest first, and the post with the id `including`."""
        newest = Window(RowNumber(), partition_by=F("thread"), order_by=[F("created_at").desc(), F("pk").desc()])
        numbered = self.filter(thread__in=threads).annotate(place_from_end=newest)
        wanted = Q(place_from_end__lte=POSTS_SHOWN)
        if including:
            wanted |= Q(pk=including)
        return numbered.filter(wanted).in_order()


class Post(models.Model):
    """Something somebody said. `html` is `source` as rendered by the markup version `renderer`."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    key = models.UUIDField(default=uuid.uuid4)
    source = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="one_post_a_key")]
        indexes = [models.Index(fields=["thread", "created_at"]), models.Index(fields=["author", "-created_at"])]

    def __str__(self):
        return self.thread.title

    def get_absolute_url(self):
        """The place with the conversation open at this post: a post about a paragraph opens the unit there."""
        return f"{self.thread.place.path}?post={self.pk}#post-{self.pk}"

    def audience(self):
        """User id → why this post concerns them: who is named, who began the thread, who takes part in it."""
        people = dict.fromkeys(
            Post.objects.filter(thread=self.thread_id).values_list("author", flat=True).distinct(),
            Notification.Reason.TAKING_PART,
        )
        people[self.thread.created_by_id] = Notification.Reason.YOURS
        people |= dict.fromkeys(self.mentioned.values_list("pk", flat=True), Notification.Reason.MENTION)
        people.pop(self.author_id, None)
        return people


@dataclass
class BlockTalk:
    """What people say about one block of a text, as a page shows it."""

    id: str
    threads: list[Thread] = field(default_factory=list)
    post_count: int = 0
    is_open: bool = False
    form: object = None  # to start another thread with, when it is asked for

    @property
    def prompt(self):
        """The thread of the answers, when the block is a prompt."""
        return next((thread for thread in self.threads if thread.is_prompt), None)

    @property
    def conversations(self):
        return [thread for thread in self.threads if not thread.is_prompt]

    @property
    def unshown(self):
        """Posts in threads that the page left out."""
        return self.post_count - sum(thread.post_count for thread in self.threads)
