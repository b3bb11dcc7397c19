import re
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .place import Place

IN_A_TEXT = 50  # uploads of a kind that one text may show
MARKS = re.compile(r"[\\\[\]*`<]|\b_|_\b")  # what would mean something else in a text


class UploadQuerySet(models.QuerySet):
    """`ADDRESS` finds the addresses of such uploads in a text."""

    ADDRESS: re.Pattern[str]

    def named_in(self, source):
        """Those whose addresses stand in a text, with what their own address needs."""
        ids = dict.fromkeys(int(match[1]) for match in self.ADDRESS.finditer(source))
        return self.filter(pk__in=list(ids)[:IN_A_TEXT]).select_related("place__community")

    def with_communities(self):
        return self.select_related("place__community")

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def never_used(self, *, before):
        """Those put here before a moment of which nothing was saved that shows them."""
        return self.filter(used_at=None, created_at__lt=before).order_by("pk")

    def note_used(self):
        """Keep them from the sweep: something that shows them was saved."""
        return self.filter(used_at=None).update(used_at=timezone.now())

    def bytes_of(self, user, community):
        """How much of what `user` put into a community there is, in bytes."""
        mine = self.filter(uploaded_by=user.pk, place__community=community)
        return mine.aggregate(sum=models.Sum("size_bytes"))["sum"] or 0


class Upload(models.Model):
    """What somebody put at a place to show it there. `used_at` is when something that shows it was first saved; who may
    see it is for what shows it to say."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="%(class)ss")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss")
    key = models.UUIDField(default=uuid.uuid4)
    size_bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def may_be_seen_by(self, user):
        """Whether it is `user`'s own at a place that they may see, or is shown by something that they may see at this
        moment. Whatever has a relation to uploads is asked: its queryset's `shown_to(user)` says so of its rows."""
        if self.uploaded_by_id == user.pk and Place.objects.visible_to(user).numbered(self.place_id).exists():
            return True
        shown_by = [relation.get_accessor_name() for relation in self._meta.related_objects]
        return any(getattr(self, name).shown_to(user) for name in shown_by if name)

    def in_words(self, words=""):
        """What to write to show it."""
        raise NotImplementedError


def plain_words(words):
    """Words that mean themselves in a text."""
    return MARKS.sub(r"\\\g<0>", words)
