"""What pages are and were called: titles in texts and old addresses lead on by it, and it says who links to a page."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from community.models import Community, places_visible_to

from .page import WikiPage


class PageNameQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(page__place__in=places_visible_to(user))

    def of(self, community):
        return self.filter(community=community)

    def current(self):
        return self.filter(retired_at=None)

    def said(self, names):
        """Those that a title can mean, folded; by an address one can name a page whose title others have, too."""
        return self.filter(Q(name__in=names) | Q(slug__in=names))

    def shared_with(self, page):
        """The page's own, and those of others that are called the same."""
        mine = PageName.objects.filter(page=page)
        names, slugs = mine.values("name"), mine.exclude(slug="").values("slug")
        same = Q(name__in=names) | Q(slug__in=names) | Q(name__in=slugs) | Q(slug__in=slugs)
        return self.of(page.community_id).filter(same)

    def with_pages(self, *, laid=()):
        """With the page of each, and as `laid_html` its text where it is one of the names `laid`."""
        wanted = When(Q(name__in=laid) | Q(slug__in=laid), then=F("page__html"))
        html = Case(wanted, default=Value(""), output_field=models.TextField()) if laid else Value("")
        pages = self.select_related("page").defer("page__source", "page__html", "page__blocks")
        return pages.annotate(laid_html=html)


class PageName(models.Model):
    """A title that a page has, or had until `retired_at`, and the address that came with it, which is no other page's
    for good; "" where the page kept the one it had."""

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="names")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)  # folded
    slug = models.SlugField(max_length=140, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PageNameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], condition=~Q(slug=""), name="one_page_an_address"),
            models.UniqueConstraint(fields=["page", "name"], name="one_row_a_page_and_name"),
            models.UniqueConstraint(fields=["page"], condition=Q(retired_at=None), name="one_current_name_a_page"),
        ]
        indexes = [models.Index(fields=["community", "name"], name="page_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.page.get_absolute_url()

    @property
    def created_at(self):
        """As the other things that events tell of call it."""
        return self.given_at


class PageLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(page__place__in=places_visible_to(user))

    def of(self, community):
        return self.filter(page__community=community)

    def naming(self, names):
        """Those of the texts of other pages that name one of these, folded, by title."""
        pages = self.filter(name__in=names).select_related("page")
        return pages.defer("page__source", "page__html", "page__blocks").order_by("page__title", "page")


class PageLink(models.Model):
    """That a page's newest text names another one by this folded title, whether there is one of it or not."""

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=200)

    objects = PageLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "name"], name="one_link_a_page_and_name")]
        indexes = [models.Index(fields=["name"], name="page_link_name")]

    def __str__(self):
        return f"{self.page}: {self.name}"
