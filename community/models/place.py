from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson

from .community import Community, Membership, communities_guided_by
from .rule import Rule


def is_open(place="", now=None):
    """That a place is open for members, and so is the one that it is within; `place` leads to it."""
    now = now or timezone.now()
    itself = Q(**{f"{place}opens_at": None}) | Q(**{f"{place}opens_at__lte": now})
    around = Q(**{f"{place}within__opens_at": None}) | Q(**{f"{place}within__opens_at__lte": now})
    return itself & around


def seen_by(user, place="", *, opened=None, now=None):
    """The one access rule: that a place is of the user's communities, and is open or the user guides there. `place`
    leads to it from other rows, which members see only when they are `opened` (a condition) too.

    For one call of `filter`, so that all is said of the same membership: there is one, by `one_current_membership`.
    """
    if not user.is_active:
        return Q(pk__in=())
    mine = f"{place}community__memberships__"
    may = is_open(place, now) if opened is None else is_open(place, now) & opened
    return (may | Q(**{f"{mine}role__in": Membership.GUIDES})) & Q(**{f"{mine}user": user.pk, f"{mine}left_at": None})


class PlaceQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """What `user` may see: see the rule, `seen_by`. For what hangs on places, `places_visible_to` says the same."""
        return self.filter(seen_by(user, now=now))

    def seen_by(self, people):
        """Ids of place and person for each of these places and each of `people` (ids) who may see it now: the same rule
        for many at once, in one query."""
        readers = Membership.objects.current().filter(
            is_open("community__places__") | Q(role__in=Membership.GUIDES),
            community__places__in=self,
            user__in=people,
            user__is_active=True,
        )
        return set(readers.values_list("community__places", "user"))

    def numbered(self, pk):
        return self.filter(pk=pk)

    def commons(self):
        return self.filter(kind=Place.Kind.COMMONS)

    def in_community(self, community):
        return self.filter(community=community)

    def of_subject(self, subject):
        """The places in `subject`: of a community all, of a place itself and those within it; none in anything else."""
        if isinstance(subject, Community):
            return self.in_community(subject)
        return self.filter(Q(pk=subject.pk) | Q(within=subject)) if isinstance(subject, Place) else self.none()

    def with_shelves(self):
        """Where people share things: not what was shared, nor a page."""
        return self.filter(kind__in=[Place.Kind.COMMONS, Place.Kind.UNIT])

    def of_slug(self, slug):
        """Those of the community with this slug."""
        return self.filter(community__slug=slug)

    def with_communities(self):
        return self.select_related("community").order_by("community__title", "pk")

    def guided_by(self, user):
        """Those of the communities that `user` guides."""
        return self.filter(community__in=communities_guided_by(user))

    def named(self, words):
        """Those in whose title, or in whose community's, all of `words` stand."""
        places = self
        for word in words.split():
            places = places.filter(Q(title__icontains=word) | Q(community__title__icontains=word))
        return places

    def by_community(self, first):
        """Community by community, `first` before the others; commons before texts."""
        others = Case(When(community=first, then=0), default=1)
        texts = Case(When(kind=Place.Kind.COMMONS, then=0), default=1)
        return self.select_related("community").order_by(others, "community__title", "community", texts, "title", "pk")


class Place(models.Model):
    """Where talk can happen. `title` and `path` are set by whoever makes the place, so that the apps that hang things
    on it can name it and link to it without knowing what it is. A place `within` another is open while both are."""

    class Kind(models.TextChoices):
        COMMONS = "commons", _("Commons")
        UNIT = "unit", _("Unit")
        WIKI = "wiki", _("Wiki page")
        RESOURCE = "resource", _("Resource")
        SUGGESTION = "suggestion", _("Suggestion")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    within = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="places_within")
    opens_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(  # whose it is: they hear when somebody begins to talk here
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thread_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    carried_count = models.PositiveIntegerField(default=0)  # conversations of earlier cohorts that are shown here
    carried_things = models.PositiveIntegerField(default=0)  # and what they shared and wrote together

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community"], condition=Q(kind="commons"), name="one_commons_a_community")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.path

    def and_around(self):
        """Itself, the place that it is within, if any, and the community: the narrowest first."""
        return [self, *([self.within] if self.within else []), self.community]

    @property
    def has_text(self):
        """Whether the talk here is about the blocks of a text."""
        return self.kind in (Place.Kind.UNIT, Place.Kind.WIKI)

    def title_path(self, title):
        """Where a link to a wiki page by its title leads from words written here, for whoever follows it."""
        query = urlencode({"at": self.pk, "title": title})
        return f"{reverse('wiki_titled', args=[self.community.slug])}?{query}"

    @property
    def is_open(self):
        """Whether members may see it now."""
        opens = [place.opens_at for place in (self, self.within) if place and place.opens_at]
        return not opens or max(opens) <= timezone.now()

    def has_text_of(self, other):
        """Whether it is the same unit as `other`, as read by this or another community: both stand at the same path
        below their community's."""
        below = [place.path.removeprefix(place.community.get_absolute_url()) for place in (self, other)]
        return self.kind == other.kind == Place.Kind.UNIT and below[0] == below[1]

    def takes_talk_of(self, other):
        """Whether what was said at `other` in another community can be shown here: it is about the same text, or the
        people here go on with what they learned."""
        is_common = self.kind == Place.Kind.COMMONS and self.community.season == Community.Season.PRACTICE
        return self.has_text_of(other) or is_common

    def readers(self):
        """Everybody who may see this place now; the other side of `visible_to`."""
        people = Membership.objects.current().filter(community=self.community_id, user__is_active=True)
        return people if self.is_open else people.guides()

    def reader_ids(self):
        return self.readers().values_list("user", flat=True)

    def readers_to_be_seen(self, limit, *, by):
        """Up to `limit` users who may see this place and want others to see when they are reading, by name. Neither
        sees the other where one has blocked the other."""
        people = self.readers().filter(user__is_seen_reading=True).with_people()
        for blocked in (HiddenPerson.objects.hidden_from(by.pk), HiddenPerson.objects.hiding(by.pk)):
            people = people.exclude(user__in=blocked)
        return [membership.user for membership in people.order_by("user__name", "pk")[:limit]]

    def readers_named(self, start, limit, *, asked_by):
        """Up to `limit` users who may see this place, whom `asked_by` has not blocked, and whose handle, or a word of
        whose name, begins with `start`."""
        named = Q(user__handle__istartswith=start) | Q(user__name__istartswith=start)
        people = self.readers().filter(named | Q(user__name__icontains=f" {start}")).with_people()
        people = people.exclude(user__in=HiddenPerson.objects.hidden_from(asked_by.pk))
        return [membership.user for membership in people.order_by("user__name", "pk")[:limit]]

    def members_by_handle(self, handles):
        """Handle → user for those of `handles` who may see this place."""
        people = self.readers().filter(user__handle__in=handles).with_people()
        return {membership.user.handle: membership.user for membership in people}

    def takes_part(self, user):
        """Whether `user`, who can see it, is more than a guest in its community: guests only read."""
        membership = self.community.membership_of(user)
        return membership is not None and not membership.is_guest

    def accepts_words_from(self, user):
        """Whether `user` may write here: anybody who can see it, for as long as they are in its community, not as a
        guest, and nobody has paused their writing."""
        return Place.objects.filter(pk=self.pk, pk__in=places_written_by(user)).exists()


def written_by(user, now):
    """Places that `user` may see, not as a guest, where nobody has paused their writing, and which is not archived."""
    mine = "community__memberships__"
    until = f"{mine}paused_until"
    writes = (Q(**{until: None}) | Q(**{f"{until}__lte": now})) & Q(**{f"{mine}role__in": Membership.WRITERS})
    return Place.objects.filter(seen_by(user, now=now) & writes, community__archived_at=None).values("pk")


places_written_by = Rule(written_by)
places_visible_to = Rule(lambda user, now: Place.objects.visible_to(user, now).values("pk"))
