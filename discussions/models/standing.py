"""Where the drafts of conversations stand. Their slots are `reply:<thread>`, `summary:<thread>:<the version it goes on
from>`, `thread:`, `prompt:`, `topic:`, `proposal:` or `notice:<place>:<block, or nothing>`, and `suggestion:<place of
the unit>:<the version it goes on from>`."""

import re

from django.urls import reverse

from community.models import Place, Standing

from .home import threads_now
from .thread import Thread

AT_A_COMMUNITY = {
    "topic": "new_topic",
    "proposal": "propose_topic",
    "notice": "announce",
    "library": "new_library_prompt",
}
SLOT = re.compile(
    r"reply:(?P<thread>\d{1,18})|summary:(?P<distilled>\d{1,18}):(?P<version>\d{1,9})"
    r"|(?P<form>thread|prompt|topic|proposal|notice|library|suggestion):(?P<place>\d{1,18}):(?P<block>[\w-]{0,16})",
    re.ASCII,
)


def standings(user, slots):
    """Slot → Standing, for those of `slots` whose thread or place `user` may see. Two queries, however many slots,
    and some more where conversations were merged."""
    found = {slot: match for slot in slots if (match := SLOT.fullmatch(slot))}
    thread_ids = {int(id) for match in found.values() if (id := match["thread"] or match["distilled"])}
    place_ids = {int(match["place"]) for match in found.values() if match["place"]}
    known = Thread.objects.visible_to(user).with_places().knowing_unwanted_by(user.pk)
    threads = threads_now(thread_ids, known) if thread_ids else {}
    places = Place.objects.visible_to(user).select_related("community").in_bulk(place_ids) if place_ids else {}
    stand = {}
    for slot, match in found.items():
        if match["thread"] and (thread := threads.get(int(match["thread"]))):
            stand[slot] = Standing(thread.shown_title, thread.place.title, thread.get_absolute_url())
        elif match["distilled"] and (thread := threads.get(int(match["distilled"]))):
            path = f"{reverse('distil', args=[thread.place.community.slug, thread.pk])}?version={match['version']}"
            stand[slot] = Standing(thread.shown_title, thread.place.title, path)
        elif match["place"] and (place := places.get(int(match["place"]))):
            stand[slot] = Standing("", place.title, path_of_start(place, match["block"], match["form"]))
    return stand


def path_of_start(place, block_id, form):
    """Where a conversation about a place, or about a block of it, is begun. A prompt about a block is asked from
    there, so that it knows the words it is about."""
    if form == "suggestion":
        return f"{place.path}suggest/?version={block_id}"
    if form in AT_A_COMMUNITY:
        return reverse(AT_A_COMMUNITY[form], args=[place.community.slug])
    if block_id:
        return f"{place.path}?discuss={block_id}#b-{block_id}"
    return reverse(f"new_{form}", args=[place.community.slug, place.pk])
