"""How much the reader of a page hears of what it shows, and where they change that.

What can be followed is a community, a place of one, or what the rooms above say of theirs by `follow_kind`: such a
model has a `place`, and its manager's `as_followed(user)` gives those that `user` may see.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models import Community, Place

from .following import Following
from .level import Level, counted, key_of

# The word and the sign of each level, where there is little room.
SIGNS = {
    Level.ALL: (_("Everything"), "bell"),
    Level.DIGEST: (_("Digest"), "mail"),
    Level.MENTIONS: (_("To me"), "at-sign"),
    Level.MUTED: (_("Nothing"), "bell-off"),
}


@cache
def followable() -> dict[str, Any]:
    """The models that can be followed, by the name of their kind, the narrowest first."""
    above = {model.follow_kind: model for model in apps.get_models() if hasattr(model, "follow_kind")}
    return {**above, "place": Place, "community": Community}


def visible_followable(kind, user):
    """Those of one kind that `user` may see, with what a page says of them and what they chose."""
    if kind == "community":
        return knowing_levels(Community.objects.visible_to(user), user.pk, [("pk", Community)])
    if kind == "place":
        places = Place.objects.visible_to(user).select_related("community", "within")
        return knowing_levels(places, user.pk, paths_from(""))
    return followable()[kind]._default_manager.as_followed(user)


def paths_from(path):
    """What leads from rows with a place at `path`, or from places, to what somebody can follow there, and its model;
    the narrowest first."""
    to = f"{path}__" if path else ""
    return [(path or "pk", Place), (f"{to}within", Place), (f"{to}community", Community)]


def knowing_levels(rows, user_id, paths):
    """`rows` with `level_chosen`, what this person chose about the first of `paths`, and `level_around`, what counts
    by what they chose about the others."""
    mine = Following.objects.filter(person=user_id)
    chosen = [
        Subquery(
            mine.filter(content_type=ContentType.objects.get_for_model(model).pk, object_id=OuterRef(path)).values(
                "level"
            )[:1]
        )
        for path, model in paths
    ]
    around = Coalesce(*chosen[1:], Value(Level.DIGEST)) if chosen[1:] else Value(Level.DIGEST)
    return rows.annotate(level_chosen=chosen[0], level_around=around)


@cache
def prefix_of(kind):
    return reverse("following", args=[kind, 0]).removesuffix("0/")


def follow_path(subject):
    """Where one says how much one wants to hear of something. Each thread of a page asks, so the address is looked up
    once for a kind."""
    return f"{prefix_of(kind_of(subject))}{subject.pk}/"


def kind_of(subject):
    return getattr(subject, "follow_kind", "community" if isinstance(subject, Community) else "place")


@dataclass(frozen=True)
class Hearing:
    """How much somebody hears of `subject`: what they `chose`, or what counts `around` it."""

    subject: Any
    chosen: str | None
    around: str
    has_started: bool = False

    @classmethod
    def of(cls, subject, user_id, *, row=None):
        """As `knowing_levels` says of the subject, or of the `row` that it is read with."""
        row = row or subject
        has_started = getattr(subject, "told_by_itself", None) == user_id
        return cls(subject, row.level_chosen, row.level_around, has_started)

    @property
    def level(self):
        return counted(self.chosen, self.around, has_started=self.has_started)

    @property
    def path(self):
        return follow_path(self.subject)

    @property
    def title(self):
        return getattr(self.subject, "shown_title", "") or str(self.subject)

    @property
    def choices(self):
        """Value, word, sign, words that say more, and whether it counts, for each level."""
        level = self.level
        return [(one.value, *SIGNS[one], one.label, one == level) for one in Level]

    @property
    def name(self):
        """What forms call its subject."""
        return f"{kind_of(self.subject)}-{self.subject.pk}"

    @property
    def kind(self):
        return kind_of(self.subject)

    @property
    def kind_name(self):
        """In words: Community, Unit, Question."""
        return _("Community") if self.kind == "community" else self.subject.get_kind_display()

    @property
    def place(self):
        """Where it is, where that is to be said: of a conversation."""
        return getattr(self.subject, "place", None)

    @property
    def community(self):
        """The community that it belongs to, or is."""
        at = self.place or self.subject
        return at.community if isinstance(at, Place) else at

    @property
    def news(self):
        """What a page around its buttons is told: what now counts where nothing narrower was chosen."""
        return {} if self.place else {"around": self.level.value}

    def seen_from(self, at):
        """Where somebody goes on who chose a level `at` a page: that of all levels, or of this one's, or where the
        thing is."""
        ways = {"list": f"{reverse('followings')}#level-{self.name}", "here": f"{self.path}#level-{self.name}"}
        if self.place:
            ways["place"] = f"{self.place.path}#{self.name}"
        return ways.get(at) or self.subject.get_absolute_url()


def hearings_around(subject, user):
    """Of a subject as `visible_followable` gives it, and of what is around it; the narrowest first. One query."""
    around = [*([subject] if kind_of(subject) not in ("place", "community") else [])]
    place = getattr(subject, "place", subject)
    around += place.and_around() if isinstance(place, Place) else [place]
    mine = Following.objects.of(user).about(around).values_list("content_type", "object_id", "level")
    chosen = {(kind, pk): level for kind, pk, level in mine}
    return [hearing_among(around[i:], chosen, user) for i in range(len(around))]


def hearing_among(subjects, chosen, user):
    """Of the first of `subjects`, by what `user` has `chosen` about all of them."""
    subject, *around = subjects
    counts = next((chosen[key] for key in map(key_of, around) if key in chosen), Level.DIGEST)
    has_started = getattr(subject, "told_by_itself", None) == user.pk
    return Hearing(subject, chosen.get(key_of(subject)), counts, has_started)
