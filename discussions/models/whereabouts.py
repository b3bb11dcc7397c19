"""Where a conversation stands, and where it came from."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.utils.translation import gettext as _

from community.models import Place

from .kept import KeptThreadQuerySet


class WhereaboutsQuerySet(KeptThreadQuerySet):
    def merged(self):
        """Those whose posts stand in another thread now."""
        return self.exclude(merged_into=None)

    def beside(self, thread):
        """The others of its community."""
        return self.filter(place__community=thread.place.community_id).exclude(pk=thread.pk)

    def nearest_first(self, thread):
        """Those of its place before the others, each from the latest on."""
        return self.order_by(Case(When(place=thread.place_id, then=0), default=1), "-last_post_at", "-pk")

    def knowing_nominations_of(self, user_id):
        """With `is_nominated`: whether this person puts it forward for later cohorts."""
        nominations = apps.get_model("discussions", "Nomination").objects.standing()
        return self.annotate(is_nominated=Exists(nominations.filter(thread=OuterRef("pk"), by=user_id)))

    def nominated(self):
        """Those that somebody puts forward, with `nomination_count`, from the most on."""
        standing = Count("nominations", filter=Q(nominations__taken_back_at=None))
        put = self.filter(place__kind=Place.Kind.UNIT, post_count__gt=0).annotate(nomination_count=standing)
        return put.filter(nomination_count__gt=0).order_by("-nomination_count", "-last_post_at", "-pk")

    def called(self, words):
        """Those in whose title, or in whose place's, all of `words` stand."""
        threads = self
        for word in words.split():
            threads = threads.filter(Q(title__icontains=word) | Q(place__title__icontains=word))
        return threads


class Whereabouts(models.Model):
    """Who moved a thread, from where and when. `anchored_at` and `block_left` keep what it hung on while it stands
    where that block is not, so that moving it back brings the anchor back. `merged_into` is the thread that holds its
    posts now; nobody sees an emptied one."""

    moved_from = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    anchored_at = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    block_left = models.CharField(max_length=16, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    is_nominated = False  # whether the page's reader puts it forward; knowing_nominations_of sets it

    class Meta:
        abstract = True

    @property
    def lives_in(self):
        """The thread that holds its posts now: itself, unless it was merged. A query for each merge."""
        thread = self
        while thread.merged_into is not None:
            thread = thread.merged_into
        return thread

    @property
    def share(self):
        """How many posts and how many threads it adds to the counters of its place."""
        if self.is_waiting:  # type: ignore[attr-defined]
            return 0, 0
        count = self.post_count  # type: ignore[attr-defined]
        return count, int(count > 0 and not self.is_in_text)  # type: ignore[attr-defined]

    @property
    def may_be_carried(self):
        """Whether it may be shown to later cohorts: what is said about a text that they read, too."""
        is_at_text = self.place.kind == Place.Kind.UNIT  # type: ignore[attr-defined]
        return is_at_text and self.post_count > 0 and not self.is_waiting  # type: ignore[attr-defined]

    @property
    def why_it_stays(self):
        """Why it can't be moved anywhere; "" when it can."""
        if self.merged_into_id:  # type: ignore[attr-defined]
            return _("It was taken into another conversation meanwhile.")
        if self.is_in_text:  # type: ignore[attr-defined]
            return _("This prompt stands in the text, and its answers stay with it.")
        return ""

    @property
    def why_its_summary_stays(self):
        """Why it can't be emptied into another thread; "" when it can."""
        if self.distilled_at:  # type: ignore[attr-defined]
            return _("It has a summary, which would be lost from sight. Take that away first.")
        return ""

    @property
    def why_it_stays_whole(self):
        """Why nothing can be taken out of it or brought into it; "" when it can. Asks the database."""
        if self.is_waiting:  # type: ignore[attr-defined]
            return _("This has not opened yet.")
        if self.is_anonymous or self.posts.without_names().exists():  # type: ignore[attr-defined]
            return _("People answered here without their names. That holds in this conversation, so they stay in it.")
        return ""

    def why_it_stays_apart_from(self, other):
        """Why its posts can't be taken into the thread `other`; "" when they can. Asks the database."""
        if other.merged_into_id:
            return other.why_it_stays
        if self.place.community_id != other.place.community_id:  # type: ignore[attr-defined]
            return _("Both need to be in the same community. Move one of them first.")
        return self.why_it_stays or self.why_its_summary_stays or self.why_it_stays_whole or other.why_it_stays_whole

    def why_it_stays_out_of(self, place):
        """Why it can't be moved to `place`; "" when it can."""
        leaves = place.community_id != self.place.community_id  # type: ignore[attr-defined]
        if self.is_anonymous and leaves:  # type: ignore[attr-defined]
            return _("People answered here without their names. That holds in this community, so it stays in it.")
        if (self.is_topic or self.is_proposal) and place.kind != Place.Kind.COMMONS:  # type: ignore[attr-defined]
            return _("A topic is a whole community's. It can be moved to the commons of another one.")
        return self.why_it_stays

    def carry_anchor(self, place):
        """Keep hanging on a block where `place` has the same text as before; else be about the whole of `place`, with
        the quote kept."""
        here = self.anchored_at or self.place  # type: ignore[attr-defined]
        block: str = self.block_left or self.block_id  # type: ignore[has-type]
        same = bool(block) and place.has_text_of(here)
        self.block_id = block if same else ""
        self.anchored_at, self.block_left = (here, block) if block and not same else (None, "")
