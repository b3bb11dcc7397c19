"""What a cohort leaves to those who come next: of each of its people one tip, one link and one edit of a page."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from community.models import Community, Place, places_visible_to
from discussions.models import Consent, Thread
from resources.models import Sharing
from wiki.models import Revision, WikiPage


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def of_slug(self, slug):
        """That of the community with this slug."""
        known = self.filter(community__slug=slug)
        return known.select_related("community", "place__community", "thread__place__community", "page")


class HandOver(models.Model):
    """At `place`, where those who come next begin, tips are answers in `thread`, links are on the shelf, and `page` is
    written together. From there they go to later cohorts as anything that was put forward."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="hand_over")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = HandOverQuerySet.as_manager()

    def __str__(self):
        return f"What {self.community} leaves"

    def get_absolute_url(self):
        return reverse("hand_over", args=[self.community.slug])

    def given_by(self, person):
        """What this person has left so far, and whether they said how later cohorts may see it."""
        links = Sharing.objects.standing().by(person).filter(resource__place=self.place_id)
        edits = Revision.objects.filter(page=self.page_id, author=person.pk, number__gt=1)
        return Given(
            tip=self.thread.posts.standing().answers().filter(author=person.pk).first(),
            link=links.filter(created_at__gte=self.opened_at).select_related("resource__place__community").first(),
            has_edited=edits.exists(),
            consent=Consent.objects.of(self.community).by(person).exclude(choice="").first(),
        )


@dataclass(frozen=True)
class Given:
    tip: object | None
    link: Sharing | None
    has_edited: bool
    consent: Consent | None

    @property
    def is_all(self):
        return bool(self.tip and self.link and self.has_edited)
