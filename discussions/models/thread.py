import uuid
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Place, Rule, seen_by

from .distilled import Distilled, DistilledQuerySet
from .last_posts import with_posts
from .tending import Tended
from .terms import Terms, opened
from .topic import Topical
from .unwanted import Begun
from .whereabouts import Whereabouts


class ThreadQuerySet(DistilledQuerySet):
    def visible_to(self, user, now=None):
        """Threads `user` may read. Views start here, so a forbidden thread is a plain 404. What is to open later is
        for guides."""
        return self.filter(seen_by(user, "place__", opened=opened(now), now=now), merged_into=None)

    def at(self, place, *, also=()):
        """Those at `place`, and those with the ids `also`."""
        return self.filter(Q(place=place) | Q(pk__in=also) if also else Q(place=place))

    def about_words_at(self, places):
        """Those about words that somebody chose in a block of the text at one of these places."""
        return self.filter(place__in=places, is_about_words=True).exclude(block_id="")

    def about_texts_of(self, community):
        """Those about units, pages and what was shared: all but those of the commons."""
        return self.filter(place__community=community).exclude(place__kind=Place.Kind.COMMONS)

    def about(self, block_id):
        return self.filter(block_id=block_id)

    def begun(self):
        """Without the prompts that nobody has answered yet."""
        return self.filter(post_count__gt=0)

    def standing(self):
        """Without the conversations of which every post was removed; prompts in the text stand before anybody
        answers."""
        return self.filter(Q(post_count__gt=0) | Q(is_in_text=True))

    def of(self, community):
        return self.filter(place__community=community)

    def not_read_to_the_end_by(self, user):
        """Those with a post beyond where `user` has got to, or before it and new all the same, or where they have not
        been."""
        last = apps.get_model("discussions", "Post").objects.filter(thread=OuterRef("pk")).order_by("-pk")
        reached = apps.get_model("discussions", "ThreadRead").objects.of(user).filter(thread=OuterRef("pk"))
        still = apps.get_model("discussions", "StillNew").objects.of(user)
        newest, up_to = Subquery(last.values("pk")[:1]), Subquery(reached.values("up_to")[:1])
        return self.alias(newest=newest, up_to=up_to).filter(
            Q(up_to=None) | Q(newest__gt=F("up_to")) | Q(pk__in=still.values("post__thread"))
        )

    def by_latest_activity(self):
        return self.order_by("-last_post_at", "-pk")

    def numbered(self, pk):
        return self.filter(pk=pk)

    def with_people(self):
        return self.select_related("created_by")

    def with_places(self):
        return self.select_related("created_by", "moved_by", "place__community")

    def post_counts_by_block(self):
        """Block id → number of posts about it, in one query, however many threads there are."""
        return self.begun().order_by().values_list("block_id").annotate(models.Sum("post_count"))

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def shown_in_place(self, limit, *, having=None, also=()):
        """The first `limit` of these threads, all prompts in the text, those with the ids `also`, and the thread of
        the post with the id `having`. Topics stand apart."""
        first = self.filter(is_in_text=False).begun().without_topics().values("pk")[:limit]
        wanted = Q(pk__in=first) | Q(is_in_text=True)
        if also:
            wanted |= Q(pk__in=also)
        if having:
            wanted |= Q(pk__in=apps.get_model("discussions", "Post").objects.filter(pk=having).values("thread"))
        return self.filter(wanted)

    def known_to(self, reader):
        """With what a page says of them to the person with this id."""
        known = self.with_summaries().knowing_answers_of(reader).knowing_reads_of(reader).knowing_levels_of(reader)
        return known.knowing_unwanted_by(reader)

    def with_last_posts(self, *, including=None, news=None, rights=None):
        """These threads as a list, as `with_posts` gives them."""
        threads = list(self.known_to(rights.user_id if rights else None))
        return with_posts(threads, including=including, news=news, rights=rights)


class Thread(Terms, Topical, Distilled, Tended, Whereabouts, Begun):
    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion")
        QUESTION = "question", _("Question")
        PROMPT = "prompt", _("Prompt")
        TOPIC = "topic", _("Topic")
        PROPOSAL = "proposal", _("Proposed topic")
        NOTICE = "notice", _("Announcement")

    TITLE_MAX = 200
    QUOTE_MAX = 300
    AROUND_MAX = 60

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DISCUSSION)
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    removed_title = models.CharField(max_length=TITLE_MAX, blank=True)  # what it was, while its first post is removed
    block_id = models.CharField(max_length=16, blank=True)  # "" when it is about the whole place
    quote = models.CharField(max_length=QUOTE_MAX, blank=True)  # the block's words, or those of them it is about
    quote_before = models.CharField(max_length=AROUND_MAX, blank=True)  # what stood before and after the chosen words;
    quote_after = models.CharField(max_length=AROUND_MAX, blank=True)  # "" when it is about the whole block
    is_about_words = models.BooleanField(default=False)  # of the block, not about all of it
    key = models.UUIDField(default=uuid.uuid4)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads")
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    post_count = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    slow_minutes = models.PositiveSmallIntegerField(default=0)  # between two posts of one person; 0 for as one likes
    accepted_post = models.ForeignKey(
        "discussions.Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What a page says of a thread it shows; `with_last_posts` and the page's view set the rest.
    stands = is_on_earlier_wording = is_asked_for = False
    new_count = new_up_to = 0
    shown: Any = ()
    answer: Any = None  # the accepted post
    answering: Any = None  # the post that its reply form answers
    earlier: int
    opening_id: int  # the post it began with; knowing_openings sets it
    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["created_by", "key"], name="one_thread_a_key"),
            models.UniqueConstraint(
                fields=["place", "block_id"], condition=Q(is_in_text=True), name="one_thread_a_prompt_in_text"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-last_post_at"]),
            models.Index(fields=["-last_post_at"]),
            models.Index(fields=["opens_at"], condition=Q(opened_at=None), name="thread_to_be_opened"),
            models.Index(fields=["current_until"], condition=Q(kind="topic"), name="thread_topic_until"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("thread", args=[self.place.community.slug, self.pk])

    @property
    def talk_url(self):
        """Where an open question stands: its place, with the talk open at it."""
        return f"{self.place.path}?post={self.opening_id}#post-{self.opening_id}"

    def note_place(self, place, blocks):
        """Note that it stands at one of the `blocks` (id → Block) of the text of `place`, or on an earlier wording."""
        self.place, self.stands = place, self.block_id in blocks
        has_words = self.stands and (not self.is_about_words or self.quote in blocks[self.block_id].text)
        self.is_on_earlier_wording = bool(self.block_id) and not has_words

    def note_asked(self, post_id, *, to_answer=False):
        """Note that an address asks for the shown post with this id, perhaps to answer it."""
        asked = next((post for post in self.shown if post.pk == post_id), None)
        self.is_asked_for = asked is not None or self.note_covered(post_id)
        self.answering = asked if to_answer else None

    @property
    def is_prompt(self):
        return self.kind == self.Kind.PROMPT

    @property
    def is_question(self):
        return self.kind == self.Kind.QUESTION

    @property
    def needs_an_answer(self):
        return self.is_open_question and self.reply_count == 0

    @property
    def is_open_question(self):
        """Whether it waits for an answer; as QuestionQuerySet.open_questions says for many."""
        return self.is_question and self.accepted_post_id is None and not (self.closed_at or self.removed_title)

    @property
    def reply_count(self):
        """Answers of a prompt in the text are all its posts; elsewhere the first post is the thread itself."""
        return self.post_count if self.is_in_text or self.removed_title else max(self.post_count - 1, 0)

    def accepts_replies_from(self, user):
        return self.is_open and self.place.accepts_words_from(user)


threads_visible_to = Rule(lambda user, now: Thread.objects.visible_to(user, now).values("pk"))
threads_asking_first = Rule(lambda user, now: Thread.objects.asking_first(user, now).values("pk"))
unread_threads = Rule(lambda user, now: Thread.objects.visible_to(user, now).not_read_to_the_end_by(user).values("pk"))
