"""The people of a community as one of them may know them."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from accounts.models import Interest, Profile, shows

from .community import Membership


@dataclass
class Shown:
    """What a reader may see of what somebody says about themselves; "" and nothing for the rest."""

    about: str = ""
    knows: list[str] = field(default_factory=list)
    wants: list[str] = field(default_factory=list)
    time_zone: str = ""
    email: str = ""


def found_people(memberships, reader, *, is_guide, words="", knows="", wants=""):
    """Those of `memberships` whose name or handle holds `words`, or who say with one of theirs what they know or want
    to learn; and who know and want these words exactly. What somebody doesn't show the reader finds nobody."""
    found = memberships
    told = {"to": reader, "is_guide": is_guide, "person": "user__"}
    for word in words.split()[:8]:
        named = Q(user__name__icontains=word) | Q(user__handle__icontains=word)
        for kind in Interest.Kind.values:
            named |= Q(says(kind, name__icontains=word.lower())) & shows(kind, **told)
        found = found.filter(named)
    for kind, name in ((Interest.Kind.KNOWS, knows), (Interest.Kind.WANTS, wants)):
        if name:
            found = found.filter(says(kind, name=name.lower()), shows(kind, **told))
    return found


def says(kind, **word):
    return Exists(Interest.objects.filter(person=OuterRef("user"), kind=kind, **word))


def show_people(memberships, reader, *, is_guide):
    """Give each of these memberships, whose users came with their `profile`, what the reader may see of them as
    `shown`. One query for all."""
    said: dict[tuple[int, str], list[str]] = {}
    for row in Interest.objects.of_people([membership.user_id for membership in memberships]):
        said.setdefault((row.person_id, row.kind), []).append(row.name)
    for membership in memberships:
        membership.shown = shown_of(membership.user, said, is_own=membership.user_id == reader.pk, is_guide=is_guide)
    return memberships


def shown_of(person, said, *, is_own, is_guide):
    parts = Profile.of(person).parts_for(is_own=is_own, is_guide=is_guide)
    words = {kind: said.get((person.pk, kind), []) for kind in Interest.Kind.values}
    values = {"about": person.about, "time_zone": person.time_zone, "email": person.email, **words}
    return Shown(**{part: value for part, value in values.items() if part in parts})


def shown_to(person, reader):
    """The same for one person whom the reader may see; they look after them in any community that both are in."""
    guided = Membership.objects.of(reader).guides().values("community")
    is_guide = Membership.objects.current().filter(user=person, community__in=guided).exists()
    said: dict[tuple[int, str], list[str]] = {}
    for row in Interest.objects.of_people([person.pk]):
        said.setdefault((person.pk, row.kind), []).append(row.name)
    return shown_of(person, said, is_own=person.pk == reader.pk, is_guide=is_guide)
