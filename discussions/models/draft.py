import re
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.models import Place

from .home import threads_now
from .thread import Thread

SLOT = re.compile(
    r"reply:(?P<thread>\d{1,18})|summary:(?P<distilled>\d{1,18}):(?P<version>\d{1,9})"
    r"|(?P<form>thread|prompt|topic|suggestion):(?P<place>\d{1,18}):(?P<block>[\w-]{0,16})",
    re.ASCII,
)


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody sees a draft but its owner."""
        return self.filter(person=user.pk)

    def in_slots(self, slots):
        return self.filter(slot__in=slots)

    def of_summary(self, thread):
        """Of what it came to: on whichever of its versions."""
        return self.filter(slot__startswith=f"summary:{thread.pk}:")

    def naming(self, words):
        return self.filter(body__contains=words)

    def newest_first(self):
        return self.order_by("-saved_at", "-pk")


class Draft(models.Model):
    """Words that somebody has begun and not posted. `slot` names the form they stand in, as the page does:
    `reply:<thread>`, `summary:<thread>:<the version it goes on from>`, or `thread:`, `prompt:`
    or `topic:<place>:<block, or nothing>`, or `suggestion:<place of the unit>:<the version it goes on from>`."""

    SLOT_MAX = 80

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    slot = models.CharField(max_length=SLOT_MAX)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slot"], name="one_draft_a_slot")]

    def __str__(self):
        return f"{self.person}: {self.slot}"


@dataclass(frozen=True)
class Standing:
    """The form that a slot names: what it is about, and where it can be found."""

    title: str
    place: str
    path: str


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
    if form == "topic":
        return reverse("new_topic", args=[place.community.slug])
    if block_id:
        return f"{place.path}?discuss={block_id}#b-{block_id}"
    return reverse(f"new_{form}", args=[place.community.slug, place.pk])
