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

from accounts.models import HiddenPerson
from community.models import Place, places_visible_to

OVERLAP = 200  # events; on PostgreSQL one may appear after another that took a later id
LATE = timedelta(seconds=15)  # and no later than that


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

    def not_fanned_out(self):
        return self.filter(fanned_out_at=None).order_by("pk")


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


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """`user`'s own, and of those only what they may still see and want to: an answer may have been given without a
        name, so those stay."""
        mine = self.filter(person=user.pk, event__place__in=places_visible_to(user))
        hidden = models.Q(event__actor__in=HiddenPerson.objects.hidden_from(user.pk))
        return mine.exclude(hidden & ~models.Q(event__verb__in=[*Event.FOR_EVERYBODY, Event.Verb.ANSWERED]))

    def about(self, model, ids):
        """Those that speak of the rows of `model` with these ids."""
        return self.filter(event__content_type=ContentType.objects.get_for_model(model), event__object_id__in=ids)

    def unread(self):
        return self.filter(read_at=None)

    def newest_first(self):
        return self.order_by("-pk")

    def with_events(self, reader):
        """With who, what and where; as many queries for one as for many. Each kind of target brings along by
        `as_targets()` what its text and its address need, and by `knowing_unwanted_by()`, where it can be, whether
        its text is by somebody whom `reader` has blocked."""
        managers = [model._default_manager for model in apps.get_models() if hasattr(model, "audience")]
        kinds = [manager.as_targets() for manager in managers]  # type: ignore[attr-defined]
        kinds = [k.knowing_unwanted_by(reader.pk) if hasattr(k, "knowing_unwanted_by") else k for k in kinds]
        targets = GenericPrefetch("event__target", kinds)
        return self.select_related("event__actor", "event__place__community").prefetch_related(targets)


class Notification(models.Model):
    """An event that concerns a person, and why."""

    class Reason(models.TextChoices):
        MENTION = "mention", _("You were mentioned")
        YOURS = "yours", _("You started this")
        ASKED = "asked", _("Everybody here is asked")
        CARE = "care", _("Looking after the conversation")
        REVIEW = "review", _("You may change this text")
        TAKING_PART = "taking_part", _("You take part in this")
        HOSTING = "hosting", _("It is your turn")
        RUNNING = "running", _("You host this community")
        EVERYBODY = "everybody", _("Everybody here hears of it")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=12, choices=Reason)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="one_notification_a_person_and_event")]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.person}: {self.event}"
