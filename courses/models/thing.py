"""What people shared and wrote together, for those who come next: putting it forward."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils import timezone

from community.models import places_visible_to
from discussions.models import Consent
from notifications.models import Notification
from resources.models import Resource
from wiki.models import WikiPage

from .cohort import Cohort


def one_of_them(name: str) -> models.CheckConstraint:
    is_one = Q(resource=None, page__isnull=False) | Q(resource__isnull=False, page=None)
    return models.CheckConstraint(condition=is_one, name=name)


def form_key(thing: Any) -> str:
    """What forms call a resource or a wiki page."""
    return f"{thing.bookmark_kind}-{thing.pk}"


class OfThingsQuerySet(models.QuerySet):
    def of_things(self, things):
        """Those of any of these resources and wiki pages."""
        resources = [thing.pk for thing in things if isinstance(thing, Resource)]
        pages = [thing.pk for thing in things if isinstance(thing, WikiPage)]
        return self.filter(Q(resource__in=resources) | Q(page__in=pages))

    def with_things(self):
        return self.select_related("resource__place__community", "resource__file", "page__place", "page__community")


class OfAThing(models.Model):
    """A row about a resource or a wiki page."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def thing(self) -> Any:
        return self.resource or self.page

    @staticmethod
    def naming(thing: Any) -> dict[str, Any]:
        """The field by which a row is about `thing`."""
        return {"resource" if isinstance(thing, Resource) else "page": thing}


class ThingNominationQuerySet(OfThingsQuerySet):
    def standing(self):
        """Without those that were taken back."""
        return self.filter(taken_back_at=None)

    def by(self, person):
        return self.filter(by=person.pk)

    def in_community(self, community):
        return self.filter(Q(resource__place__community=community) | Q(page__community=community))

    def visible_to(self, user):
        places = places_visible_to(user)
        return self.filter(Q(resource__place__in=places) | Q(page__place__in=places))

    def things(self, limit, *, by):
        """What these put forward, the most often first, as resources and wiki pages that know their `nomination_count`
        and what forms call them, `form_key`; without what people shared whom `by` has blocked."""
        counted = self.order_by().values("resource", "page").annotate(n=Count("pk")).order_by("-n", "resource", "page")
        counts = [(row["resource"], row["page"], row["n"]) for row in counted[:limit]]
        resources = Resource.objects.wanted_by(by).with_places().in_bulk([r for r, _page, _n in counts if r])
        known = WikiPage.objects.without_texts().select_related("place", "community", "authorship")
        pages = known.in_bulk([page for _r, page, _n in counts if page])
        found: list[Any] = []
        for resource, page, n in counts:
            if thing := resources.get(resource) or pages.get(page):
                thing.nomination_count, thing.form_key = n, form_key(thing)
                found.append(thing)
        return found

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("resource__place__community", "page__place__community")


class ThingNomination(OfAThing):
    """Once for a person and a thing, as discussions.Nomination is for a conversation. `asked` are the answers that its
    writers were asked for by it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="thing_nominations")
    asked = models.ManyToManyField(Consent, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ThingNominationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of_them("a_nomination_is_of_one_thing"),
            models.UniqueConstraint(fields=["resource", "by"], name="one_nomination_a_person_and_resource"),
            models.UniqueConstraint(fields=["page", "by"], name="one_nomination_a_person_and_page"),
        ]

    def __str__(self):
        return str(self.thing)

    def get_absolute_url(self):
        return reverse("carrying", args=[self.thing.place.community.slug])

    def audience(self):
        """Those whom it made us ask, and who have not answered yet."""
        people = self.asked.filter(choice="").values_list("person", flat=True)
        return dict.fromkeys(people, Notification.Reason.TAKING_PART)


def is_put_forward(thing: Any, user: Any) -> bool | None:
    """Whether `user` puts a thing forward; None where there is no course for which one could. One query."""
    mine = ThingNomination.objects.of_things([thing]).standing().by(user)
    found = Cohort.objects.filter(community=thing.place.community_id).annotate(is_mine=Exists(mine))
    return found.values_list("is_mine", flat=True).first()


def marks_on(resource: Resource, user: Any) -> dict[str, bool | None]:
    """The same of a resource as `is_put_forward`, and whether `user` found it useful as `is_useful`. One query."""
    marks = {
        "is_useful": Exists(resource.found_useful.by(user)),
        "is_mine": Exists(ThingNomination.objects.of_things([resource]).standing().by(user)),
        "has_course": Exists(Cohort.objects.filter(community=resource.place.community_id)),
    }
    known = Resource.objects.filter(pk=resource.pk).annotate(**marks).values(*marks).get()
    return {"is_useful": known["is_useful"], "is_put_forward": known["is_mine"] if known["has_course"] else None}
