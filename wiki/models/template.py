"""What a community's new pages can begin with."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Community

from .page import WikiPage


@dataclass(frozen=True)
class Starter:
    """A template that every community has until its guides change it or take it away."""

    title: object  # translated when it is read
    body: object


STARTERS = {
    "field-guide": Starter(
        _("Field guide"),
        _(
            "What this is about, in two sentences.\n\n## When you meet it\n\n- The first sign\n\n## What helps\n\n"
            "1. The first step\n\n## What does not help\n\n- \n\n## Where to read on\n\n- \n"
        ),
    ),
    "glossary": Starter(
        _("Glossary"),
        _(
            "The words that we use here, and what we mean by them. Add yours, in the order of the alphabet.\n\n"
            "A word\n: What we mean by it.\n\nAnother word\n: What we mean by it. See also [[Field guide]].\n"
        ),
    ),
    "meeting-notes": Starter(
        _("Meeting notes"),
        _(
            "When: \n\nWho was there: \n\n## What we talked about\n\n- \n\n## What we decided\n\n- \n\n"
            "## Who does what, until when\n\n- [ ] Somebody: something, by a day\n\n## Open questions\n\n- \n"
        ),
    ),
}


class PageTemplateQuerySet(models.QuerySet):
    def of(self, community):
        return self.filter(community=community)

    def in_order(self):
        return self.order_by("title", "pk")

    def offered(self, community):
        """What new pages of a community can begin with, by title: the starters as its guides left them, and its own."""
        return [template for template in self.all_of(community) if not template.taken_at]

    def all_of(self, community):
        """With those that were taken away; starters that nobody changed are not saved yet."""
        rows = list(self.of(community).select_related("edited_by"))
        changed = {row.starter for row in rows}
        rows += [PageTemplate.of_starter(community, key) for key in STARTERS if key not in changed]
        return sorted(rows, key=lambda row: (row.title.casefold(), row.pk or 0))

    def called(self, community, name):
        """The template that addresses and forms call so, taken away or not; None where there is none."""
        return next((template for template in self.all_of(community) if template.name == name), None)


class PageTemplate(models.Model):
    """A text that a community's new pages can begin with. `starter` says which of ours it was; `taken_at` that its
    guides don't offer it any more."""

    TITLE_MAX = WikiPage.TITLE_MAX

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="page_templates")
    starter = models.CharField(max_length=30, blank=True)
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    body = models.TextField(_("Text"))
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = PageTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="one_template_a_key"),
            models.UniqueConstraint(
                fields=["community", "starter"], condition=~models.Q(starter=""), name="one_template_a_starter"
            ),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def of_starter(cls, community, key):
        """As it comes; its version is 0."""
        starter = STARTERS[key]
        return cls(community=community, starter=key, title=str(starter.title), body=str(starter.body), version=0)

    @property
    def name(self):
        """What addresses and forms call it."""
        return self.starter or str(self.pk)
