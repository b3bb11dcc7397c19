"""What is not drawn for a reader who has blocked its author."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import HiddenPerson

from .heard import POSED
from .kept import KeptPost, KeptPostQuerySet, KeptThread
from .whereabouts import WhereaboutsQuerySet


def unwanted_title():
    return _("A conversation begun by somebody you blocked")


class BegunQuerySet(WhereaboutsQuerySet):
    def knowing_unwanted_by(self, user_id):
        """With `is_unwanted`: whether this person has blocked who began the thread."""
        hidden = HiddenPerson.objects.filter(person=user_id, hidden=OuterRef("created_by"))
        return self.annotate(is_unwanted=Exists(hidden))

    def wanted_by(self, user):
        """Without those begun by people whom `user` has blocked; what guides ask everybody stays."""
        return self.exclude(~Q(kind__in=POSED), created_by__in=HiddenPerson.objects.hidden_from(user.pk))


class Begun(KeptThread):
    """What a page says of who began a thread: the title is their words, too."""

    is_unwanted = False  # whether the page's reader has blocked them; knowing_unwanted_by sets it

    class Meta:
        abstract = True

    @property
    def is_title_hidden(self):
        return self.is_unwanted and self.kind not in POSED  # type: ignore[attr-defined]

    @property
    def shown_title(self):
        return unwanted_title() if self.is_title_hidden else self.title  # type: ignore[attr-defined]


class SaidQuerySet(KeptPostQuerySet):
    def wanted_by(self, user):
        """Without the words of those whom `user` has blocked. What guides ask everybody stays; so does what is said
        without a name, or blocking would tell whose it is."""
        asked = Q(key=F("thread__key"), author=F("thread__created_by"), thread__kind__in=POSED)
        return self.exclude(Q(author__in=HiddenPerson.objects.hidden_from(user.pk), alias=None) & ~asked)

    def knowing_unwanted_by(self, user_id):
        """With `is_title_hidden`: whether this person has blocked who began the thread in which it was said."""
        begun = {"hidden": OuterRef("thread__created_by"), "person": user_id}
        return self.annotate(is_title_hidden=Exists(HiddenPerson.objects.filter(**begun)) & ~Q(thread__kind__in=POSED))


class Said(KeptPost):
    is_folded = False  # whether the reader of a page has blocked its author; Rights.mark sets it
    is_title_hidden = False  # whether they have blocked who began its thread; knowing_unwanted_by sets it

    class Meta:
        abstract = True

    def __str__(self):
        return unwanted_title() if self.is_title_hidden else self.thread.title  # type: ignore[attr-defined]
