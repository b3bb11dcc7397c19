from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import places_visible_to
from markup import Block

from .course import Course, PositionedQuerySet, Section, known_to_admins, written_by

WORDS_A_MINUTE = 220  # reading, Brysbaert 2019 gives 238 for silent reading of non-fiction; a little slower on a screen
READ_SHARE = 80  # percent of the text that was on the screen
READ_SECONDS_LEAST, READ_SECONDS_MOST = 10, 600


def minutes_of(words):
    return max(1, round(words / WORDS_A_MINUTE))


class UnitQuerySet(PositionedQuerySet):
    def visible_to(self, user):
        """Units that a community of `user` reads, where they are open to them, and those of courses that they write;
        all of them for an L&D admin."""
        if user.is_staff and user.is_active:
            return self.filter(known_to_admins(user, "course__"))
        open_to_them = models.Q(places__place__in=places_visible_to(user))
        return self.filter(open_to_them | written_by(user, "course__")).distinct()

    def of(self, course):
        return self.filter(section__course=course)

    def read_at(self, place):
        """The unit of a place, with no more of it than its blocks."""
        return self.filter(places__place=place).only("blocks")

    def in_course_order(self):
        return self.select_related("section").order_by("section__position", "section__pk", "position", "pk")

    def without_texts(self):
        return self.defer("source", "html", "blocks")


class Unit(models.Model):
    """A page of a course. `blocks` are those of `html`, and retired ones that come back if their words do."""

    class DoneWhen(models.TextChoices):
        SAID = "said", _("they say so")
        READ = "read", _("they have read it, or say so")
        ANSWERED = "answered", _("they have answered a prompt of it, or say so")
        BOTH = "both", _("they have read it and answered a prompt of it, or say so")

    TITLE_MAX = 160

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="units")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="units")
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    summary = models.CharField(_("Summary"), max_length=200, blank=True)
    position = models.PositiveIntegerField()
    source = models.TextField(_("Text"), blank=True)
    source_path = models.CharField(max_length=255, blank=True)  # the file it was imported from
    html = models.TextField(blank=True)
    blocks = models.JSONField(default=list)
    renderer = models.PositiveSmallIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    done_when = models.CharField(_("Done when"), max_length=8, choices=DoneWhen, default=DoneWhen.SAID)
    edited_at = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="one_unit_a_slug_and_course")]

    def __str__(self):
        return self.title

    @property
    def minutes(self):
        return minutes_of(self.words)

    @property
    def is_done_by_reading(self):
        """Whether having read it can make it done."""
        return self.done_when in (self.DoneWhen.READ, self.DoneWhen.BOTH)

    def is_read_after(self, seconds, share):
        """Whether who had it on the screen for so long, and so much of it (percent), counts as having read it: nearly
        all of it, in half the time that reading takes."""
        enough = self.words * 60 / WORDS_A_MINUTE / 2
        return share >= READ_SHARE and seconds >= min(max(enough, READ_SECONDS_LEAST), READ_SECONDS_MOST)

    def known_blocks(self):
        return [Block.from_dict(block) for block in self.blocks]

    def standing_blocks(self):
        """Id → Block, in their order, for the blocks that stand in the text now."""
        return {block.id: block for block in self.known_blocks() if not block.retired}

    def block_texts(self):
        """Block id → its words, for the blocks that stand in the text now."""
        return {id: block.text for id, block in self.standing_blocks().items()}
