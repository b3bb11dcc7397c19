"""An event that concerns a person."""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson
from community.models import places_visible_to
from community.models.prepared import prepared

from .bell import Bell
from .event import Event
from .group import GroupQuerySet, numbers_of_kinds

GROUPS_SHOWN = 8  # of what is unread, where it stands among other things


class NotificationQuerySet(GroupQuerySet):
    def visible_to(self, user):
        """`user`'s own, and of those only what they may still see and want to: an answer may have been given without a
        name, so those stay."""
        mine = self.filter(person=user.pk, event__place__in=places_visible_to(user))
        hidden = models.Q(event__actor__in=HiddenPerson.objects.hidden_from(user.pk))
        return mine.exclude(hidden & ~models.Q(event__verb__in=[*Event.FOR_EVERYBODY, Event.Verb.ANSWERED]))

    def about(self, model, ids):
        """Those that speak of the rows of `model` with these ids."""
        return self.filter(event__content_type=ContentType.objects.get_for_model(model), event__object_id__in=ids)

    def of_people(self, people):
        return self.filter(person__in=people)

    def of_events(self, since, up_to):
        """Those of events after `since` and not after `up_to`."""
        return self.filter(event__gt=since, event__lte=up_to)

    def of_event_ids(self, events):
        return self.filter(event__in=events)

    def note_mailed(self):
        """Note that a mail told of these, of which none did before."""
        return self.filter(mailed_at=None).update(mailed_at=timezone.now())

    def note_read(self):
        return self.unread().update(read_at=timezone.now())

    def to_mail(self, user, *, since):
        """What a mail at once may tell `user` now, of the event `since` and of later ones: what they may see, have not
        read and were not mailed."""
        return self.to_push(user, since=since).filter(mailed_at=None)

    def to_push(self, user, *, since):
        """The same for a browser message, whatever was mailed."""
        return self.visible_to(user).unread().filter(event__gte=since).order_by("event")

    def newest_first(self):
        return self.order_by("-pk")

    def with_events(self, reader, *, for_mail=False):
        """With who, what and where; as many queries for one as for many. Each kind of target brings along by
        `as_targets()` what its text and its address need, and by `knowing_unwanted_by()`, where it can be, whether
        its text is by somebody whom `reader` has blocked. For a mail it brings along its words by `as_mailed()`."""
        managers = [model._default_manager for model in apps.get_models() if hasattr(model, "audience")]
        brings = [(for_mail and getattr(manager, "as_mailed", None)) or manager.as_targets for manager in managers]  # type: ignore[attr-defined]
        kinds = [bring() for bring in brings]
        kinds = [k.knowing_unwanted_by(reader.pk) if hasattr(k, "knowing_unwanted_by") else k for k in kinds]
        targets = GenericPrefetch("event__target", kinds)
        return self.select_related("event__actor", "event__place__community").prefetch_related(targets)


def bell_for(user):
    """What is unread to somebody who is signed in."""
    return next((Bell(count, newest) for _person, count, newest in unread_of(user)), Bell())


@prepared
def unread_of(user):
    unread = Notification.objects.visible_to(user).unread().order_by()
    return unread.values_list("person").annotate(count=Count("pk"), newest=Max("pk"))


def unread_groups(user):
    """The first of what is unread, as `groups` gives them."""
    return first_groups(user, numbers_of_kinds())


@prepared
def first_groups(user, numbers):
    return Notification.objects.visible_to(user).unread().groups(numbers)[:GROUPS_SHOWN]


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
        ANSWER = "answer", _("This answers you")
        FOLLOWING = "following", _("You follow this")
        PERSONAL = "personal", _("This is for you")

    # Told whatever somebody's level is: what is decided about their own words, or asked of them by their role.
    ESSENTIAL = (Reason.CARE, Reason.REVIEW, Reason.HOSTING, Reason.RUNNING, Reason.PERSONAL)
    # What is said to one, rather than to a place.
    ADDRESSED = (Reason.MENTION, Reason.ANSWER, Reason.PERSONAL)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=12, choices=Reason)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)  # when a mail told of it

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="one_notification_a_person_and_event")]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.person}: {self.event}"

    @property
    def is_essential(self):
        """Whether it comes whatever somebody chose to hear."""
        return self.reason in self.ESSENTIAL
