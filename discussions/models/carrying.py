"""Conversations of an earlier cohort, shown to a later one at the same place of the same text.

A reference and no copy: what was edited, removed, hidden or taken away since is so here, too, at the next reading. The
conversation itself stays where it is; nothing of it becomes visible but the words that `posts_of` finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import HiddenPerson
from community.models import Place, communities_guided_by, communities_of, places_visible_to

from .carried_summary import agreed_summary, without_ways_back
from .consent import Consent, consent_of
from .excerpt import first_words
from .nameless import Named, named_or_not, nameless, nameless_title
from .post import Post
from .speaker import Somebody
from .thread import Thread

POSTS_SHOWN = 10  # of a carried conversation where it stands among others
CARRIED_SHOWN = 60  # at a place; of more, the latest that were carried


def communities_carried_between_by(user: Any) -> Any:
    """Ids of the communities that `user` may carry from and to: those that they guide; for an L&D admin, all that they
    are in."""
    return communities_of(user) if user.is_staff else communities_guided_by(user)


@dataclass(frozen=True)
class CarriedPost:
    """What a page says of a post: nothing of its author but what they agreed to, and no id."""

    speaker: Named | Somebody
    html: str
    at: datetime
    answers: "CarriedPost | None" = None  # what it answers, where that is shown beside it
    is_accepted: bool = False  # as the answer to the question

    @property
    def first_words(self):
        return first_words(self.html)


class CarriedThreadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those at places that `user` may see; what they may read there, `posts_of` says."""
        return self.filter(place__in=places_visible_to(user))

    def at(self, place):
        return self.filter(place=place)

    def by_thread(self, threads):
        """Thread id → those of it, with where they went."""
        found: dict[int, list[Any]] = {}
        rows: Any = self.filter(source__in=threads).select_related("place__community").order_by("carried_at")
        for row in rows:
            found.setdefault(row.source_id, []).append(row)
        return found

    def at_either_end(self, slug, user):
        """Those that came to a community, for `user` to see; and those that left it, for who may carry from it."""
        came = Q(place__community__slug=slug, place__in=places_visible_to(user))
        left = Q(stood_at__community__slug=slug, stood_at__community__in=communities_carried_between_by(user))
        return self.filter(came | left).select_related("place__community", "stood_at__community")

    def posts_for(self, user, *, among):
        """Those of the posts `among` that `user` may read by these."""
        return posts_of(self, user, among=among)

    def for_reading(self, user):
        """Those whose source stands where it stood, with what a page says of them to `user`, the latest first."""
        unwanted = HiddenPerson.objects.filter(person=user.pk, hidden=OuterRef("source__created_by"))
        known = self.filter(source__place=F("stood_at"), source__merged_into=None).annotate(
            opener=consent_of("source__created_by", "stood_at__community"),
            is_unwanted=Exists(unwanted),
            its_summary=agreed_summary(user),
        )
        return known.select_related("source", "stood_at__community", "place__community").order_by("-carried_at", "-pk")


class CarriedThread(models.Model):
    """The conversation `source`, which stood at `stood_at` then, as shown at `place`: what had been said in it by
    `carried_at`."""

    source = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="carried")
    stood_at = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="carried_threads")
    carried_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    carried_at = models.DateTimeField(default=timezone.now)

    # What a page says of it: `for_reading` and `with_posts` set these.
    opener = ""
    is_unwanted = stands = False
    its_summary = ""
    posts: Sequence[CarriedPost] = ()
    post_count = 0
    handles: frozenset[str] = frozenset()  # of those who are named in what is shown

    objects = CarriedThreadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "place"], name="carried_once_to_a_place")]

    def __str__(self):
        return f"{self.source_id} → {self.place_id}"

    def get_absolute_url(self):
        return reverse("carried", args=[self.place.community.slug, self.pk])

    @property
    def title(self):
        """The source's, where who began it agreed: it is their words. A prompt in the text is the text's."""
        thread = self.source
        if thread.is_in_text or (self.opener and not (self.is_unwanted and self.opener == Consent.Choice.NAMED)):
            return nameless_title(thread.title, self.handles)
        return _("On “%(quote)s”") % {"quote": thread.quote[:80]} if thread.quote else _("A conversation")

    @property
    def summary(self):
        """The HTML of what it came to, where it may be shown."""
        return without_ways_back(nameless(self.its_summary or "", self.handles))

    @property
    def block_id(self):
        return self.source.block_id

    @property
    def has_more(self):
        return self.post_count > len(self.posts)

    @property
    def is_on_earlier_wording(self):
        """Whether it stands where its text is read, at words that are other ones now."""
        return bool(self.block_id) and not self.stands and self.place.has_text

    @property
    def needs_its_quote(self):
        """Whether the words that it is about are not in sight."""
        return bool(self.source.quote) and not self.stands

    def note_blocks(self, place, blocks):
        """Note that it is at `place`, and whether at one of the `blocks` of the text there."""
        self.place, self.stands = place, self.block_id in blocks
        return self

    def take_posts(self, posts, *, of):
        """Show these of its posts, found by `posts_of`, which there are `of`."""
        named = {post.author.handle.lower() for post in posts if is_named(post)}
        self.handles = self.handles | named
        made: dict[int, CarriedPost] = {}
        for post in posts:
            html = nameless(post.html, self.handles)
            shown = speaker_of(post), html, post.created_at, made.get(post.answers_to_id)
            made[post.pk] = CarriedPost(*shown, is_accepted=post.pk == self.source.accepted_post_id)
        self.posts, self.post_count = list(made.values()), of


def posts_of(carried: Any, user: Any, *, among: Any = None) -> Any:
    """Posts of `carried`, rows of CarriedThread, that `user` may read by them: those that stand, were there when the
    conversation was carried, and whose authors agree to it now. With `shown_as`, a Choice of Consent, and `by`, the id
    of the row. Words of people whom `user` has blocked are left out, but those said without a name, or blocking would
    tell whose they are.
    """
    came = {"thread__carried__in": carried, "thread__place": F("thread__carried__stood_at")}
    then = {"created_at__lte": F("thread__carried__carried_at"), "thread__merged_into": None}
    posts = (Post.objects.all() if among is None else among).standing().filter(**came, **then)
    agreed = posts.annotate(shown_as=consent_of("author", "thread__place__community"), by=F("thread__carried"))
    hidden = Q(author__in=HiddenPerson.objects.hidden_from(user.pk), alias=None, shown_as=Consent.Choice.NAMED)
    return agreed.exclude(shown_as="").exclude(hidden)


def agreement_in(threads: Any) -> dict[int, tuple[int, int]]:
    """Thread id → how many people write in it, and how many of them agree to be shown."""
    shown_as = consent_of("author", "thread__place__community")
    posts = Post.objects.in_threads(threads).standing().annotate(shown_as=shown_as).order_by().values("thread")
    agreeing = Count("author", filter=~Q(shown_as=""), distinct=True)
    counts = posts.annotate(writers=Count("author", distinct=True), agreeing=agreeing)
    return {thread: (writers, agree) for thread, writers, agree in counts.values_list("thread", "writers", "agreeing")}


def with_posts(rows: Sequence[CarriedThread], user: Any) -> list[CarriedThread]:
    """`rows`, read `for_reading`, each with the first of its posts and its accepted answer. Those of which nothing may
    be shown are left out. One query, however many."""
    each = F("thread__carried")
    numbered = posts_of([row.pk for row in rows], user).annotate(
        number=Window(RowNumber(), partition_by=each, order_by=[F("created_at"), F("pk")]),
        of_so_many=Window(Count("pk"), partition_by=each),
    )
    found: dict[int, list[Any]] = {}
    shown = Q(number__lte=POSTS_SHOWN) | Q(pk=F("thread__accepted_post"))
    for post in numbered.filter(shown).select_related("author").defer("source").in_order():
        found.setdefault(post.by, []).append(post)
    for row in rows:
        posts = found.get(row.pk, [])
        row.take_posts(posts, of=posts[0].of_so_many if posts else 0)
    return [row for row in rows if row.posts]


def earlier_at(place: Any, user: Any, blocks: Any) -> list[CarriedThread]:
    """What of earlier cohorts `user`, who may see `place`, reads there; each knows whether it stands at one of the
    `blocks` of the text. Two queries, and none where nothing was carried to."""
    if not place.carried_count:
        return []
    rows = with_posts(list(CarriedThread.objects.at(place).for_reading(user)[:CARRIED_SHOWN]), user)
    return [row.note_blocks(place, blocks) for row in rows]


def earlier_about(place: Any, user: Any, block_id: str) -> list[CarriedThread]:
    """The same about one block of the text."""
    return [row for row in earlier_at(place, user, {block_id}) if row.stands]


def is_named(post: Any) -> bool:
    """Whether a carried post may say whose it is: they agreed, and had said it under their name."""
    return post.shown_as == Consent.Choice.NAMED and post.alias is None


def speaker_of(post: Any) -> Named | Somebody:
    return named_or_not(post.author, shown_as=post.shown_as if post.alias is None else "")
