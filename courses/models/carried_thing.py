"""What an earlier cohort shared and wrote together, shown to a later one: references and no copies, as CarriedThread.

Nothing of the things themselves becomes visible but what is found in `agreed`."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Place, PlaceFile, PlaceImage, places_visible_to
from discussions.models import Consent, communities_carried_between_by, consent_of, nameless_title
from resources.models import short
from wiki.models import PageName

from .thing import OfAThing, OfThingsQuerySet, one_of_them

ID = models.BigIntegerField()


class CarriedThingQuerySet(OfThingsQuerySet):
    def visible_to(self, user):
        """Those at places that `user` may see; what they may read of them, `agreed` says."""
        return self.filter(place__in=places_visible_to(user))

    def at(self, place):
        return self.filter(place=place)

    def pages(self):
        return self.exclude(page=None)

    def at_either_end(self, slug, user):
        """Those that came to a community, for `user` to see; and those that left it, for who may carry from it."""
        came = Q(place__community__slug=slug, place__in=places_visible_to(user))
        left = Q(stood_at__community__slug=slug, stood_at__community__in=communities_carried_between_by(user))
        return self.filter(came | left).select_related("place__community", "stood_at__community")

    def by_thing(self, things):
        """Thing → those of it, with where they went."""
        found: dict[Any, list[Any]] = {}
        for row in self.of_things(things).with_things().select_related("place__community").order_by("carried_at"):
            found.setdefault(row.thing, []).append(row)
        return found

    def standing(self):
        """Those whose thing is where it was, and was not taken away."""
        is_on_shelf = Q(resource__removed_at=None, resource__place=F("stood_at"))
        return self.filter(is_on_shelf | Q(page__place=F("stood_at")))

    def for_reading(self):
        """Those that stand, with how who named the thing agreed to be shown as `opener`; what was carried last comes
        first."""
        named = PageName.objects.current().filter(page=OuterRef("page")).values("given_by")[:1]
        known = self.standing().annotate(named_by=Coalesce("resource__shared_by", Subquery(named), output_field=ID))
        known = known.annotate(opener=consent_of("named_by", "stood_at__community")).with_things()
        known = known.select_related("stood_at__community", "place__community", "page__authorship")
        return known.defer("page__source", "page__blocks").order_by("-carried_at", "-pk")


class CarriedThing(OfAThing):
    """The thing, which stood at `stood_at` then, as shown at `place`."""

    stood_at = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    carried_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    carried_at = models.DateTimeField(default=timezone.now)

    # What a page says of it: `for_reading` and `with_words` set these.
    opener = ""
    named_by: int
    html = ""
    people: Any = ()  # who agreed to be named as those who wrote the page
    reasons: Any = ()  # why the resource is worth it, each with its speaker
    handles: frozenset[str] = frozenset()
    is_whole = True  # whether all of the page is shown
    is_unwanted = False  # whether the reader has blocked who named it

    objects = CarriedThingQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of_them("carried_is_one_thing"),
            models.UniqueConstraint(fields=["resource", "place"], name="a_resource_carried_once_to_a_place"),
            models.UniqueConstraint(fields=["page", "place"], name="a_page_carried_once_to_a_place"),
        ]

    def __str__(self):
        return f"{self.resource_id or self.page_id} → {self.place_id}"

    def get_absolute_url(self):
        return reverse("earlier_page", args=[self.place.community.slug, self.pk])

    @property
    def title(self):
        """The thing's, where who named it agreed: it is their words."""
        is_agreed = self.opener and not (self.is_unwanted and self.opener == Consent.Choice.NAMED)
        if self.resource:
            return self.resource.name if is_agreed else short(self.resource.url) or _("Something on the shelf")
        return nameless_title(self.thing.title, self.handles) if is_agreed else _("A wiki page")

    @property
    def is_long(self):
        return self.page is not None and self.page.is_long


class CarriedUploadQuerySet(models.QuerySet):
    def shown_to(self, user):
        """Whether `user` may see the picture or file that any of these is: where it was carried to, for as long as its
        thing stands and who put it there agrees."""
        carried = CarriedThing.objects.visible_to(user).standing()
        rows = self.filter(carried__in=carried).annotate(
            putter=Coalesce("image__uploaded_by", "file__uploaded_by", output_field=ID)
        )
        return (
            rows.annotate(shown_as=consent_of("putter", "carried__stood_at__community")).exclude(shown_as="").exists()
        )


class CarriedUpload(models.Model):
    """A picture or file that a carried thing had when it was carried."""

    carried = models.ForeignKey(CarriedThing, on_delete=models.CASCADE, related_name="uploads")
    image = models.ForeignKey(PlaceImage, on_delete=models.CASCADE, null=True, blank=True, related_name="carried")
    file = models.ForeignKey(PlaceFile, on_delete=models.CASCADE, null=True, blank=True, related_name="carried")

    objects = CarriedUploadQuerySet.as_manager()

    def __str__(self):
        return f"{self.carried_id}: {self.image_id or self.file_id}"
