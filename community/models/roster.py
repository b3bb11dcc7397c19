"""A list of people for a community: what somebody brought, and line by line what it would change and did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .community import Community, Membership
from .job import Job


class RosterImportQuerySet(models.QuerySet):
    def of(self, community):
        return self.filter(community=community)

    def with_community(self):
        return self.select_related("community", "applied_by").defer("content")

    def with_people(self):
        return self.select_related("by", "applied_by")

    def newest_first(self):
        return self.defer("content").order_by("-pk")

    def outdated(self, *, since):
        return self.filter(created_at__lt=since)


class RosterImport(models.Model):
    """A list as it came, how it is read, and when somebody said that it shall be done. Its `content` is kept until
    then, all of it for a month at most: these are people's addresses."""

    CODEPAGES = {
        "cp1252": _("Western European (Windows-1252)"),
        "cp1250": _("Central European (Windows-1250)"),
        "cp1251": _("Cyrillic (Windows-1251)"),
        "cp1253": _("Greek (Windows-1253)"),
        "cp1254": _("Turkish (Windows-1254)"),
        "cp1255": _("Hebrew (Windows-1255)"),
        "cp1256": _("Arabic (Windows-1256)"),
        "cp1257": _("Baltic (Windows-1257)"),
        "mac_roman": _("Western European (Macintosh)"),
        "cp850": _("Western European (DOS)"),
        "cp932": _("Japanese (Shift JIS)"),
        "gb18030": _("Chinese (GB 18030)"),
        "big5": _("Chinese (Big5)"),
        "cp949": _("Korean (EUC-KR)"),
    }
    UNICODE = {
        "utf-8": "UTF-8",
        "utf-8-sig": _("UTF-8 with a mark"),
        "utf-16": "UTF-16",
        "utf-16-le": _("UTF-16, little end first"),
        "utf-16-be": _("UTF-16, big end first"),
        "utf-32": "UTF-32",
    }
    DELIMITERS = {",": _("Comma"), ";": _("Semicolon"), "\t": _("Tab"), "|": "|", "": _("Nothing: one column")}
    COLUMNS = ("email", "name", "surname", "role")
    BYTES_MAX = 2 * 1024 * 1024
    LINES_MAX = 12_000  # a cohort of 10,000, and room
    KEPT_DAYS = 30

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="rosters")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=120, blank=True)  # of the file
    content = models.BinaryField(blank=True)
    encoding = models.CharField(max_length=12)
    delimiter = models.CharField(max_length=1, blank=True)
    is_table = models.BooleanField(default=True)  # and not addresses as mail programs write them
    has_header = models.BooleanField(default=False)
    titles = models.JSONField(default=list)  # of the columns: their header, or what stands in the first row
    columns = models.JSONField(default=dict)  # name of COLUMNS → number of the column
    role = models.CharField(max_length=12, choices=Membership.Role, default=Membership.Role.MEMBER)
    removes = models.BooleanField(default=False)  # whether who is not in the list shall leave
    created_at = models.DateTimeField(default=timezone.now)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RosterImportQuerySet.as_manager()

    def __str__(self):
        return f"{self.name or self.created_at:%Y-%m-%d %H:%M} for {self.community}"

    @property
    def is_applied(self):
        return self.applied_at is not None

    @property
    def encoding_name(self):
        return (self.UNICODE | self.CODEPAGES).get(self.encoding, self.encoding)

    @property
    def delimiter_name(self):
        return self.DELIMITERS.get(self.delimiter, self.delimiter)

    @property
    def job(self):
        """The work that does it, where it is long; else None."""
        return Job.objects.filter(key=self.key).first()


class RosterLineQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("number", "pk")

    def that_are(self, verdict):
        return self.filter(verdict=verdict) if verdict else self

    def to_do(self, *, removes):
        """What is still to be done of a list that somebody said shall be."""
        verdicts = [RosterLine.Verdict.NEW, RosterLine.Verdict.CHANGED]
        return self.filter(done_at=None, verdict__in=verdicts + [RosterLine.Verdict.ABSENT] * removes).order_by("pk")

    def counts(self):
        """Verdict → how many lines, for each of them."""
        found = dict(self.order_by().values_list("verdict").annotate(models.Count("pk")))
        return {verdict: found.get(verdict.value, 0) for verdict in RosterLine.Verdict}

    def outcomes(self):
        """Outcome → how many lines, of those that are done."""
        return dict(self.exclude(outcome="").order_by().values_list("outcome").annotate(models.Count("pk")))


class RosterLine(models.Model):
    """One person of a list, or one who is in the community and not in the list (`absent`)."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        KNOWN = "known", _("Known")
        CHANGED = "changed", _("Changed")
        WRONG = "wrong", _("Wrong")
        ABSENT = "absent", _("Not in the list")

    class Problem(models.TextChoices):
        NO_ADDRESS = "no_address", _("There is no address in it.")
        NOT_AN_ADDRESS = "not_an_address", _("That is no e-mail address.")
        QUOTE = "quote", _("A quotation mark is not closed.")
        NOT_TEXT = "not_text", _("There are signs in it that are no text.")
        TOO_MANY_CELLS = "too_many_cells", _("It has more columns than the first line.")
        ROLE_UNKNOWN = "role_unknown", _("There is no such role.")
        ROLE_ABOVE = "role_above", _("You can't give that role here.")
        ROLE_TWICE = "role_twice", _("The address stands there before, with another role.")
        TWICE = "twice", _("The address stands there before.")
        LAST_HOST = "last_host", _("Every community keeps a host.")

    class Outcome(models.TextChoices):
        JOINED = "joined", _("is in")
        INVITED = "invited", _("has a mail with a link")
        CHANGED = "changed", _("has the other role")
        REMOVED = "removed", _("is out")
        WITHDRAWN = "withdrawn", _("is not invited any more")
        NOTHING = "nothing", _("is as it was")

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()  # of the line in the file
    email = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=300, blank=True)  # what stands there, of a wrong line
    role = models.CharField(max_length=12, choices=Membership.Role, blank=True)
    role_before = models.CharField(max_length=12, choices=Membership.Role, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict)
    problem = models.CharField(max_length=16, choices=Problem, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RosterLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["roster", "verdict", "number"]),
            models.Index(fields=["roster"], condition=Q(done_at=None), name="roster_line_to_do"),
        ]

    def __str__(self):
        return f"{self.number}: {self.email}"
