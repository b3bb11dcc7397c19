"""Everything that somebody follows, for the page that lists it."""

from functools import cached_property

from django.db.models import Q, Value

from .hearing import SIGNS, Hearing, followable, visible_followable
from .level import Level, counted

COMMUNITY_AT = {"community": "", "place": "community__"}  # where the community is; from all else "place__community__"
ORDER = ("community", "place")  # within a community; all else comes after


class Followed:
    """What `user` may see and chose a level for, the conversations they began, and all their communities. `level`
    chooses among them by what counts; "" is all."""

    def __init__(self, user, level=""):
        self.user = user
        self.level = level if level in Level.values else ""

    @cached_property
    def keys(self):
        """Pairs of kind and id in the order of the list: one query for a kind, however much it is."""
        return [row[-2:] for row in sorted(row for kind in followable() for row in self.rows_of(kind))]

    def rows_of(self, kind):
        """What orders the list, then kind and id."""
        to = COMMUNITY_AT.get(kind, "place__community__")
        rows = visible_followable(kind, self.user)
        if kind in COMMUNITY_AT:
            rows = rows.annotate(has_started=Value(False))
        if kind != "community":
            rows = rows.filter(Q(has_started=True) | ~Q(level_chosen=None))
        at = ORDER.index(kind) if kind in ORDER else len(ORDER)
        names = (f"{to}title", f"{to}pk", "title", "pk", "level_chosen", "level_around", "has_started")
        for community, community_id, title, pk, chosen, around, started in rows.values_list(*names):
            if self.level in ("", counted(chosen, around, has_started=started)):
                yield community.casefold(), community_id, at, title.casefold(), kind, pk

    def hearings(self, keys):
        """A Hearing for each of `keys`, in their order; one query for a kind."""
        found = {}
        for kind in {kind for kind, _pk in keys}:
            ids = [pk for of, pk in keys if of == kind]
            for subject in visible_followable(kind, self.user).filter(pk__in=ids):
                found[kind, subject.pk] = Hearing.of(subject, self.user.pk)
        return [found[key] for key in keys if key in found]

    def subjects(self, names=None):
        """Those that forms call `names`, "thread-7", of what the list shows; without names all of it."""
        named = None if names is None else set(names)
        keys = [(kind, pk) for kind, pk in self.keys if named is None or f"{kind}-{pk}" in named]
        return [hearing.subject for hearing in self.hearings(keys)]

    @property
    def levels(self):
        """What the list can be narrowed to."""
        return [(level.value, *SIGNS[level]) for level in Level]
