from dataclasses import dataclass, field

from django.conf import settings
from django.db import models
from django.db.models import Case, F, PositiveBigIntegerField, Q, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .last_posts import POSTS_SHOWN
from .still_new import StillNew, ids_in
from .thread import Thread


class ThreadReadQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def in_threads(self, threads):
        return self.filter(thread__in=threads)

    def advance(self, marks):
        """Move each of these rows on to what `marks` (thread id → post id) says, and none of them back."""
        whens = [When(thread=thread, then=post) for thread, post in marks.items()]
        if not whens:
            return 0
        target = Case(*whens, default=F("up_to"), output_field=PositiveBigIntegerField())
        return self.update(up_to=Greatest("up_to", target), changed_at=timezone.now())

    def take_back(self, post):
        """Put these rows back before `post`; who has not got so far stays where they are."""
        return self.filter(Q(thread=post.thread_id) & Q(up_to__gte=post.pk)).update(
            up_to=post.pk - 1, changed_at=timezone.now()
        )


class ThreadRead(models.Model):
    """How far somebody has read a thread: the posts up to the id `up_to`. Private to them, and never grows old."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reads")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="reads")
    up_to = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ThreadReadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="one_read_a_person_and_thread")]
        indexes = [models.Index(fields=["person", "-changed_at"], name="read_last_changed")]

    def __str__(self):
        return f"{self.person}: {self.thread_id} up to {self.up_to}"


class Readable(models.Model):
    """What a post knows of its readers, and tells nobody."""

    class Meta:
        abstract = True

    def readers_so_far(self) -> set[int]:
        """Ids of those who have read it, by their own marks."""
        still = StillNew.objects.of_posts([self.pk]).values("person")
        reads = ThreadRead.objects.in_threads([self.thread_id])  # type: ignore[attr-defined]
        return set(reads.filter(up_to__gte=self.pk).exclude(person__in=still).values_list("person", flat=True))


@dataclass(frozen=True)
class ThreadNews:
    """What is new to somebody in one thread: how many posts, the id of the last, that from which on all are new, and
    those before it that are new all the same."""

    community: int
    place: int
    block_id: str
    count: int
    last: int
    first: int
    still: frozenset[int] = frozenset()

    @classmethod
    def of(cls, community, place, block_id, count, last, first, still):
        """From a row of the database, where nothing is None and ids are a text."""
        return cls(community, place, block_id, count, last, first or last + 1, ids_in(still))

    def has(self, post_id):
        return post_id >= self.first or post_id in self.still


@dataclass(frozen=True)
class News:
    """What is new to the person `reader`, by thread."""

    reader: int
    threads: dict[int, ThreadNews]

    @classmethod
    def of(cls, user, rows):
        """From rows of `UnreadQuerySet.by_thread`."""
        return cls(user.pk, {thread: ThreadNews.of(*news) for thread, *news in rows})

    @property
    def count(self):
        return sum(news.count for news in self.threads.values())

    @property
    def last(self):
        """Id of the newest of these posts: what a page shows as new ends here. 0 when nothing is."""
        return max((news.last for news in self.threads.values()), default=0)

    @property
    def blocks(self):
        """Block id → number of new posts about it."""
        counts: dict[str, int] = {}
        for news in self.threads.values():
            counts[news.block_id] = counts.get(news.block_id, 0) + news.count
        return counts

    def count_in(self, thread):
        news = self.threads.get(thread.pk)
        return news.count if news else 0

    def at(self, place):
        """Of these news those of one place."""
        return News(self.reader, {thread: news for thread, news in self.threads.items() if news.place == place.pk})

    def by_place(self):
        """The same as `new_counts_for` gives, for a page that asks for both."""
        return NewCounts.of((news.community, news.place, news.count) for news in self.threads.values())

    def mark(self, threads):
        """Say of each of `threads` how much of it is new."""
        for thread in threads:
            thread.new_count = self.count_in(thread)
        return threads

    def mark_posts(self, posts):
        """Say of each of `posts` whether it is new. In a thread ids grow with time, so that one number parts them,
        but for what came in from another one."""
        for post in posts:
            news = self.threads.get(post.thread_id)
            is_theirs = post.author_id == self.reader
            post.is_new = news is not None and news.has(post.pk) and not is_theirs and not post.deleted_at
        return posts

    def shown_of(self, posts, *, including=()):
        """Of the newest `posts` of a thread, marked, those that a page shows: back to the first new one, and those with
        the ids `including`."""
        depths = [post.place_from_end for post in self.mark_posts(posts) if post.is_new]
        depth = max([POSTS_SHOWN, *depths])
        return [post for post in posts if post.place_from_end <= depth or post.pk in including]


@dataclass(frozen=True)
class NewCounts:
    """How many posts are new to somebody, by place and by community."""

    places: dict[int, int] = field(default_factory=dict)
    communities: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows):
        """From rows of community, place and how many posts, which add up."""
        places: dict[int, int] = {}
        communities: dict[int, int] = {}
        for community, place, count in rows:
            places[place] = places.get(place, 0) + count
            communities[community] = communities.get(community, 0) + count
        return cls(places, communities)

    @property
    def total(self):
        return sum(self.communities.values())


def new_words(count):
    """“2 new”; "" when nothing is."""
    return _("%(n)s new") % {"n": count} if count else ""


def new_to_you_words(count):
    return ngettext("%(n)s new to you", "%(n)s new to you", count) % {"n": count} if count else ""
