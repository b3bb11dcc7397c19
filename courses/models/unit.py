from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import places_visible_to
from markup import Block

from .course import Course, PositionedQuerySet, Section

WORDS_A_MINUTE = 220  # reading, Brysbaert 2019 gives 238 for silent reading of non-fiction; a little slower on a screen


class UnitQuerySet(PositionedQuerySet):
    def visible_to(self, user):
        """Units that a community of `user` reads, where they are open to them; all of them for an L&D admin."""
        if user.is_staff and user.is_active:
            return self.all()
        return self.filter(places__place__in=places_visible_to(user)).distinct()

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
        return max(1, round(self.words / WORDS_A_MINUTE))

    def known_blocks(self):
        return [Block.from_dict(block) for block in self.blocks]

    def standing_blocks(self):
        """Id → Block, in their order, for the blocks that stand in the text now."""
        return {block.id: block for block in self.known_blocks() if not block.retired}

    def block_texts(self):
        """Block id → its words, for the blocks that stand in the text now."""
        return {id: block.text for id, block in self.standing_blocks().items()}


class UnitProgressQuerySet(models.QuerySet):
    def of(self, user, course):
        return self.filter(user=user, unit__course=course)


class UnitProgress(models.Model):
    """That somebody says they are done with a unit. Private to them."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="progress")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    done_at = models.DateTimeField(default=timezone.now)

    objects = UnitProgressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="one_progress_a_unit")]

    def __str__(self):
        return f"{self.user}: {self.unit}"
