"""Edits of a unit's text that its readers propose."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson
from community.models import Place, places_visible_to
from markup import merge
from notifications.models import Notification

from .cohort import UnitPlace
from .course import Course
from .revision import UnitRevision

UNDECIDED = Q(accepted_at=None, declined_at=None, withdrawn_at=None)


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the places that `user` may see, and those on units whose text they may change."""
        theirs = Q(unit_place__unit__course__in=Course.objects.editable_by(user).values("pk"))
        return self.filter(Q(place__in=places_visible_to(user)) | theirs) if user.is_active else self.none()

    def numbered(self, pk):
        return self.filter(pk=pk)

    def open(self):
        return self.filter(UNDECIDED)

    def decided(self):
        return self.exclude(UNDECIDED)

    def at(self, unit_place):
        return self.filter(unit_place=unit_place)

    def of(self, course):
        return self.filter(unit_place__unit__course=course)

    def by(self, author):
        return self.filter(author=author)

    def with_key(self, key):
        return self.filter(key=key)

    def in_community(self, community):
        return self.filter(unit_place__community=community)

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def not_hidden_from(self, user):
        """Without those of people whom `user` has blocked."""
        return self.exclude(author__in=HiddenPerson.objects.hidden_from(user.pk))

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def for_lists(self):
        """With what a list says of them, and none of their text."""
        rows = self.select_related("author", "accepted_by", "declined_by", "place", "unit_place__unit")
        rows = rows.select_related("unit_place__community").defer("source")
        return rows.defer(*(f"unit_place__unit__{name}" for name in ("source", "html", "blocks")))

    def for_review(self):
        people = self.select_related("author", "accepted_by", "declined_by", "base", "revision", "place")
        people = people.select_related("unit_place__unit__course", "unit_place__unit__edited_by")
        return people.select_related("unit_place__community", "unit_place__place")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("place").defer("source")


class Suggestion(models.Model):
    """A proposed edit: `source` is how the unit's text would be, written on top of `base`. It comes from the readers of
    `unit_place` and is talked about at `place`, within that one. `version` counts its author's own edits of it; when it
    was accepted, `revision` is what the unit became."""

    TITLE_MAX = 200
    REASON_MAX = 500

    unit_place = models.ForeignKey(UnitPlace, on_delete=models.CASCADE, related_name="suggestions")
    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="suggestion")
    base = models.ForeignKey(UnitRevision, on_delete=models.RESTRICT, related_name="suggestions")
    source = models.TextField()
    title = models.CharField(max_length=TITLE_MAX)  # what it would make better
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="suggestions")
    key = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.ForeignKey(
        UnitRevision, on_delete=models.RESTRICT, null=True, blank=True, related_name="accepted_suggestions"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(max_length=REASON_MAX, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="one_suggestion_a_key"),
            models.CheckConstraint(
                condition=UNDECIDED
                | Q(accepted_at__isnull=False, declined_at=None, withdrawn_at=None)
                | Q(accepted_at=None, declined_at__isnull=False, withdrawn_at=None)
                | Q(accepted_at=None, declined_at=None, withdrawn_at__isnull=False),
                name="one_end_of_a_suggestion",
            ),
        ]
        indexes = [models.Index(fields=["unit_place", "created_at"], condition=UNDECIDED, name="suggestion_open")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.place.path

    @property
    def unit(self):
        return self.unit_place.unit

    @property
    def community(self):
        return self.unit_place.community

    @property
    def path(self):
        """Where it stands: below its unit, as its community reads it."""
        return reverse("suggestion", args=[self.community.slug, self.unit.slug, self.pk])

    @property
    def list_path(self):
        """Where its unit's suggestions are listed."""
        return reverse("suggestions", args=[self.community.slug, self.unit.slug])

    @property
    def worded_at(self):
        """When its author last changed its words."""
        return self.edited_at or self.created_at

    @property
    def is_open(self):
        return not (self.accepted_at or self.declined_at or self.withdrawn_at)

    @property
    def state(self):
        """What became of it, in a word."""
        ends = {"accepted_at": _("accepted"), "declined_at": _("declined"), "withdrawn_at": _("withdrawn")}
        return next((word for name, word in ends.items() if getattr(self, name)), _("open"))

    def merge_into(self, unit):
        """This edit in the text of `unit` as it stands now, which may have others by now: a Merge."""
        return merge(self.base.source, unit.source, self.source)

    def may_be_changed_by(self, user):
        """Its author's, for as long as nothing came of it and they may write there."""
        return self.is_open and self.author_id == user.pk and self.place.accepts_words_from(user)

    def audience(self):
        """While it waits, those of its community who may change the text; then its author. A withdrawn one concerns
        nobody."""
        if self.is_open:
            guides = self.place.community.guide_roles().keys() - {self.author_id}
            return dict.fromkeys(guides, Notification.Reason.REVIEW)
        return {} if self.withdrawn_at else {self.author_id: Notification.Reason.YOURS}
