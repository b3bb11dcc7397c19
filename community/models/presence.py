"""Who has a page of a place open just now, as far as they want others to see that, and who edits a text. Kept in a
cache for seconds, and nowhere else."""

from typing import Any

from django.core.cache import caches

from accounts.models import User

from .place import Place

KEPT_S = 40  # after the last sign; pages give one every 20 s (static/js/live-readers.js)
ASKED_AT_MOST = 1_000  # people of one place
SHELF = "presence"  # the cache's name in the settings


def key_of(place: Place, user_id: int) -> str:
    return f"reads:{place.pk}:{user_id}"


def note_reading(place: Place, user: Any, *, is_here: bool) -> None:
    """Note that `user` reads at `place`, or has left; nothing about who didn't ask to be seen."""
    if is_here and user.is_seen_reading:
        caches[SHELF].set(key_of(place, user.pk), 1, KEPT_S)
    else:
        caches[SHELF].delete(key_of(place, user.pk))


def note_editing(text: str, user: Any, *, is_here: bool) -> None:
    """Note that `user` edits the text of this name, or has left it. Who edits the same text sees that; nobody else."""
    if is_here:
        caches[SHELF].set(f"edits:{text}:{user.pk}", 1, KEPT_S)
    else:
        caches[SHELF].delete(f"edits:{text}:{user.pk}")


def others_editing(text: str, place: Place, user: Any) -> list[Any]:
    """Who else edits the text of this name at `place` now, of those who may see it now, by name. One query, or two."""
    keys = {f"edits:{text}:{id}": id for id in place.reader_ids()[:ASKED_AT_MOST] if id != user.pk}
    here = caches[SHELF].get_many(keys)
    return list(User.objects.filter(pk__in=[keys[key] for key in here]).order_by("name", "pk")) if here else []


def others_reading(place: Place, user: Any) -> list[Any]:
    """Who else reads at `place` now: people who may see it now and who want to be seen now, by name. One query."""
    seen = {key_of(place, person.pk): person for person in place.readers_to_be_seen(ASKED_AT_MOST, by=user)}
    here = caches[SHELF].get_many([key for key, person in seen.items() if person.pk != user.pk])
    return [person for key, person in seen.items() if key in here]
