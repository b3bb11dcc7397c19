"""The log of administrative acts. Nobody edits it: what is taken back is a new entry."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .community import Community
from .rule import Rule


class LogIsClosed(Exception):
    """What is in the log stays as it is."""


def refuse(*_args: Any, **_kwargs: Any) -> Any:
    """Raises LogIsClosed; the database refuses changes of its own accord, too."""
    raise LogIsClosed


class AuditEntryQuerySet(models.QuerySet):
    update = delete = bulk_update = refuse

    def visible_to(self, user):
        """All of it for an L&D admin; for a host that of their communities."""
        if user.is_staff and user.is_active:
            return self.all()
        return self.filter(community__in=communities_run_by(user))

    def of(self, community):
        return self.filter(community=community)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def with_all(self):
        return self.select_related("by", "community")


class AuditEntry(models.Model):
    """Who did what of an administrative kind, when; `about` says to what or whom, in words that stay true when it is
    gone, and `details` what was before and after. Never changed."""

    class Act(models.TextChoices):
        ROLE = "role", _("changed a role")
        AUTHOR = "author", _("named an author")
        NO_AUTHOR = "no_author", _("took an author off a course")
        INVITED = "invited", _("invited people")
        REMOVED = "removed", _("ended a membership")
        COHORT = "cohort", _("started a cohort")
        COPIED = "copied", _("started a cohort with what an earlier one leaves")
        COURSE = "course", _("created a course")
        DATES = "dates", _("moved dates of a cohort")
        SERIES = "series", _("said when topics open by themselves")
        SERIES_RESTS = "series_rests", _("let no topic open by itself")
        ORGANISATION = "organisation", _("changed the organisation's settings")
        END = "end", _("set when a cohort ends")
        GRADUATED = "graduated", _("ended a cohort")
        PRACTICE = "practice", _("set whom a course leads to")
        UNDONE = "undone", _("made a community a cohort again")
        ROSTER = "roster", _("brought a list of people")
        EXPORTED = "exported", _("took the list of people along")
        WITHDRAWN = "withdrawn", _("took an invitation back")
        MOVED = "moved", _("moved people to another cohort")

        FOUNDED = "founded", _("founded a community")
        LINK = "link", _("made a link to get in by")
        LINK_REVOKED = "link_revoked", _("took a link back")
        LET_IN = "let_in", _("let somebody in")
        DECLINED = "declined", _("declined who asked to join")
        HANDED_ON = "handed_on", _("made somebody host, as the last one left")
        ARCHIVED = "archived", _("archived a community")
        BROUGHT_BACK = "brought_back", _("brought a community back")
        SETTINGS = "settings", _("changed how a community is")
        MAIL_RETRIED = "mail_retried", _("sent failed mail again")
        MAIL_GIVEN_UP = "mail_given_up", _("gave failed mail up")
        MAIL_HELD = "mail_held", _("held all mail back")
        MAIL_LET_GO = "mail_let_go", _("let mail go out again")
        RESTORED = "restored", _("put a backup back")

    ABOUT_MAX = 300

    # `by` is empty for what the site did by itself, as on a date that somebody had set.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=24)  # an Act; no choices of the column, so that a new act changes no table
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="audit_entries")
    about = models.CharField(max_length=ABOUT_MAX, blank=True)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AuditEntryQuerySet.as_manager()
    delete = refuse  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["community", "-created_at"]), models.Index(fields=["-created_at"])]

    def __str__(self):
        return f"{self.done}: {self.about}" if self.about else str(self.done)

    @property
    def done(self):
        """What was done, in words."""
        return self.Act(self.act).label


communities_run_by = Rule(lambda user, now: Community.objects.hosted_by(user).values("pk"))
