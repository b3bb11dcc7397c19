"""What happened, and whom it concerns. Knows no domain app: an event's target says its own audience, URL and text."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Place, places_visible_to

from .hearing import follow_path

OVERLAP = 200  # events; on PostgreSQL one may appear after another that took a later id
LATE = timedelta(seconds=15)  # and no later than that


def mail_subject(thread, talk, event_id):
    """What a mail is about: a conversation, or where something is talked about, or what happened itself."""
    if thread:
        return f"thread:{thread.pk}"
    return f"place:{talk.pk}" if talk else f"event:{event_id}"


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def newest(self):
        """The id of the newest event, 0 if there is none: ids are the numbers by which pages follow what happens."""
        return self.aggregate(newest=models.Max("pk"))["newest"] or 0

    def newest_at(self, place_id):
        return self.filter(place=place_id).newest()

    def numbering(self, rows, place="pk"):
        """`rows` with the id of the newest event at their place as `seq`: from there on an open page follows."""
        newest = self.filter(place=OuterRef(place)).order_by("-pk").values("pk")[:1]
        return rows.annotate(seq=Coalesce(Subquery(newest), 0))

    def told_since(self, seq, place):
        """What happened at `place` after the event `seq`, newest first; and once more what happened in the last moments
        before it, where an event may have appeared after a later one."""
        late = Q(pk__gt=seq - OVERLAP, created_at__gt=timezone.now() - LATE)
        return self.filter(Q(pk__gt=seq) | late, place=place).order_by("-pk")

    def after(self, seq, *, places):
        """Id and place of what happened at `places` after the event `seq`, and of some before it, in order."""
        return self.filter(pk__gt=seq - OVERLAP, place__in=places).order_by("pk").values_list("pk", "place")

    def with_surroundings(self):
        """With what stands around it, whose levels count."""
        return self.select_related("place__within", "place__community")

    def numbered(self, ids):
        return self.filter(pk__in=ids)

    def told_between(self, since, up_to, *, verbs, communities):
        """What happened of this kind in these communities after the event `since` and not after `up_to`."""
        return self.filter(pk__gt=since, pk__lte=up_to, verb__in=verbs, place__community__in=communities)

    def as_rows(self):
        """No more of them than a digest needs to begin with; see batch.Happening."""
        return self.values_list("pk", "verb", "content_type", "object_id")

    def with_targets(self):
        """With what happened to what, where: as many queries for one as for many."""
        managers = [model._default_manager for model in apps.get_models() if hasattr(model, "audience")]
        targets = GenericPrefetch("target", [manager.as_targets() for manager in managers])  # type: ignore[attr-defined]
        return self.select_related("actor", "place__within", "place__community").prefetch_related(targets)

    def newest_before(self, moment):
        """The id of the last event before `moment`, 0 if there is none."""
        return self.filter(created_at__lt=moment).order_by("-pk").values_list("pk", flat=True).first() or 0

    def opened(self, model):
        """That rows of `model` opened."""
        return self.filter(content_type=ContentType.objects.get_for_model(model), verb=Event.Verb.OPENED)

    def not_fanned_out(self):
        return self.filter(fanned_out_at=None).order_by("pk")

    def untold(self):
        """How many nobody was told of yet, and when the oldest of them happened."""
        found = self.not_fanned_out().aggregate(number=models.Count("pk"), oldest=models.Min("created_at"))
        return found["number"], found["oldest"]


class Event(models.Model):
    """One happening, written in the transaction that made it happen. Never changed but for `fanned_out_at`."""

    class Verb(models.TextChoices):
        STARTED = "started", _("started a conversation")
        REPLIED = "replied", _("replied")
        ANSWERED = "answered", _("answered a prompt")
        SHARED = "shared", _("shared something")
        EDITED = "edited", _("edited a page")
        MENTIONED = "mentioned", _("mentioned you in an edit")
        CHANGED = "changed", _("changed a post")
        REMOVED = "removed", _("removed a post")
        REACTED = "reacted", _("left a word on a post, or took it back")
        RESTORED = "restored", _("brought a post back")
        ACCEPTED = "accepted", _("accepted an answer")
        OPENED = "opened", _("opened a conversation")
        CLOSED = "closed", _("closed a conversation")
        REOPENED = "reopened", _("opened a conversation again")
        MOVED = "moved", _("moved a conversation")
        SPLIT = "split", _("made a conversation of its own")
        MERGED = "merged", _("brought two conversations together")
        DISTILLED = "distilled", _("wrote a summary")
        FLAGGED = "flagged", _("asked for a look")
        DECIDED = "decided", _("made a decision")
        SUGGESTED = "suggested", _("suggested an edit")
        TAKEN = "taken", _("accepted a suggestion")
        DECLINED = "declined", _("declined a suggestion")
        NOMINATED = "nominated", _("asks whether your words may be shown to later cohorts")
        CARRIED = "carried", _("carried a conversation to a later cohort")
        LEFT_BEHIND = "left_behind", _("took a carried conversation back")
        ANNOUNCED = "announced", _("announced something")
        ASKED_IN = "asked_in", _("asks to join")
        ADMITTED = "admitted", _("let you in")
        WILL_END = "will_end", _("said when the cohort ends")
        GRADUATED = "graduated", _("ended the cohort")
        TURN = "turn", _("set whose turn it is to host")
        SHIFTED = "shifted", _("moved dates")
        PROPOSED = "proposed", _("proposed a topic")
        HANDED_ON = "handed_on", _("made you a host")
        CALLED = "called", _("asks for your look")

    # What is said or laid open where everybody of a place may read on: who follows it at the level ALL hears of it.
    FOLLOWED = (
        *(Verb.STARTED, Verb.REPLIED, Verb.ANSWERED, Verb.SHARED, Verb.EDITED, Verb.OPENED, Verb.DISTILLED),
        *(Verb.ANNOUNCED, Verb.SPLIT, Verb.PROPOSED),
    )
    # Told by a mail at once, whatever the reason.
    AT_ONCE = (Verb.DECIDED, Verb.ADMITTED, Verb.HANDED_ON)
    OWN_MAIL = (Verb.TURN,)  # told by a mail of their own kind
    # What the work of a community brings along: it reaches even who has blocked the one who did it.
    FOR_EVERYBODY = (
        *(Verb.OPENED, Verb.FLAGGED, Verb.DECIDED, Verb.SUGGESTED, Verb.TAKEN, Verb.DECLINED),
        *(Verb.ANNOUNCED, Verb.ASKED_IN, Verb.ADMITTED, Verb.WILL_END, Verb.GRADUATED, Verb.TURN, Verb.SHIFTED),
        *(Verb.CALLED, Verb.HANDED_ON),
    )

    verb = models.CharField(max_length=12, choices=Verb)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="events")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()
    created_at = models.DateTimeField(default=timezone.now)
    fanned_out_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["id"], condition=Q(fanned_out_at=None), name="event_not_fanned_out"),
        ]

    def __str__(self):
        return f"{self.actor} {self.verb} {self.content_type}:{self.object_id}"

    @property
    def can_be_unwanted(self):
        """Whether who has blocked its actor hears nothing of it. What guides ask everybody and what they decide
        reaches everybody; and nobody is to find out, by blocking people, who said what without a name."""
        disguise = getattr(self.target, "disguise", None)
        is_nameless = disguise is not None and disguise(self.actor_id) is not None
        return self.verb not in self.FOR_EVERYBODY and not is_nameless

    @property
    def shown_actor(self):
        """Who did it, as those may know them who hear of it: a target can show somebody else instead by
        `disguise(user_id)`. None when the target is gone, and with it whether its author was to be known."""
        if self.target is None:
            return None
        disguise = getattr(self.target, "disguise", None)
        return (disguise(self.actor_id) if disguise else None) or self.actor

    @property
    def followed(self):
        """The thing whose level counts first, as its target says: a conversation; None for what has none."""
        return getattr(self.target, "followed", None)

    @property
    def stands_at(self):
        """The place whose level counts: that of the event, or a narrower one, as its target says by `talk`: a page,
        what was shared."""
        return getattr(self.target, "talk", None) or self.place

    def subjects(self):
        """What somebody can follow to hear of it, the narrowest first. For an event read with its place."""
        return [thing for thing in (self.followed, *self.stands_at.and_around()) if thing is not None]

    @property
    def follow_path(self):
        """Where one says how much one wants to hear of what it is about."""
        return follow_path(self.followed or self.stands_at)

    @property
    def is_for_followers(self):
        """Whether who follows what it is about hears of it: what is said or laid open there, as its target says by
        `tells_followers`. What is between two people, or is gone, or has not opened, is not."""
        return self.verb in self.FOLLOWED and getattr(self.target, "tells_followers", False)

    @property
    def started_by(self):
        """Id of who hears of everything there without asking for it; None for nobody."""
        return self.followed.told_by_itself if self.followed else None

    @property
    def mail_subject(self):
        """What a mail about it is about: of one subject one mail at a time is written."""
        return mail_subject(self.followed, getattr(self.target, "talk", None), self.pk)
