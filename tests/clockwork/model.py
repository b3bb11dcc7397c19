"""What should come when, by the words of the promise: at the hour of one's own clock, once a date, what is new, unread
and wanted, each post once. It walks along the clock in quarters of an hour, where the product computes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
APART = timedelta(hours=6)


@dataclass
class Said:
    """A post; `addressed` are those whom it names or answers, and `notified` who heard of it on the site, and why."""

    pk: int
    by: int
    thread: int
    at: datetime
    addressed: set[int] = field(default_factory=set)
    notified: dict[int, str] = field(default_factory=dict)


@dataclass
class Member:
    pk: int
    zone: str
    seen_zone: str  # by which the product plans: it looks once a beat
    hour: int = 7
    frequency: str = "daily"
    days: set[int] = field(default_factory=lambda: set(range(7)))
    levels: dict[object, str] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)  # thread → the last post they read
    walked_to: datetime = datetime.min
    not_before: datetime | None = None
    last: datetime | None = None
    due: datetime | None = None
    since: datetime = datetime.min  # posts from then on are new
    is_mailed_at_once: bool = False
    under_way: dict[int, int] = field(default_factory=dict)  # thread → the first post that a mail at once will tell
    mailed: set[int] = field(default_factory=set)


class Model:
    def __init__(self, members: list[Member], start: datetime, started_by: dict[int, int]) -> None:
        self.members = {member.pk: member for member in members}
        self.posts: list[Said] = []
        self.started_by = started_by
        for member in members:
            member.walked_to = member.since = start

    def mails(self) -> dict[tuple[int, int], set[int]]:
        """The mails at once that go out now: for whom, of which conversation, and the posts in each."""
        found = {}
        for member in self.members.values():
            for thread, first in member.under_way.items():
                level = self.level(member, thread)
                told = {
                    p.pk for p in self.posts if p.thread == thread and p.pk >= first and is_mailed(member, p, level)
                }
                if told and member.is_mailed_at_once:
                    found[member.pk, thread] = told
                    member.mailed |= told
            member.under_way = {}
        return found

    def beat(self, now: datetime) -> dict[int, set[int]]:
        """Who has a digest now, and the posts in it."""
        found = {}
        for member in self.members.values():
            self.walk(member, now)
            moved, member.seen_zone = member.seen_zone != member.zone, member.zone
            if member.due:
                found[member.pk] = {post.pk for post in self.posts if self.is_news(member, post)}
                member.since, member.last, member.due, member.not_before = now, member.due, None, now + APART
            elif moved:
                self.plan(member, now)
        return found

    def walk(self, member: Member, now: datetime) -> None:
        """Look at the member's clock each quarter of an hour: does it strike?"""
        zone, at = ZoneInfo(member.seen_zone), member.walked_to
        before = at.astimezone(zone).replace(tzinfo=None)
        while at < now:
            at += QUARTER
            after = at.astimezone(zone).replace(tzinfo=None)
            if member.due is None and self.strikes(member, before, after) and self.may_come(member, at, zone):
                member.due = at
            before = after
        member.walked_to = now

    def strikes(self, member: Member, before: datetime, after: datetime) -> bool:
        hour = after.replace(hour=member.hour, minute=0)
        weekdays = {"daily": set(range(7)), "days": member.days, "weekly": {min(member.days)}, "never": set()}
        return before < hour <= after and after.weekday() in weekdays[member.frequency]

    def may_come(self, member: Member, at: datetime, zone: ZoneInfo) -> bool:
        is_late_enough = member.not_before is None or at > member.not_before
        return is_late_enough and (member.last is None or date_in(zone, at) > date_in(zone, member.last))

    def plan(self, member: Member, now: datetime) -> None:
        member.not_before = max(now, member.last + APART) if member.last else now

    def change(self, pk: int, now: datetime, *, hour: int, frequency: str, days: set[int]) -> None:
        member = self.members[pk]
        self.walk(member, now)
        if member.frequency == "never":
            member.since = max(member.since, now - DAY)  # what was said while they wanted none is in none
        member.hour, member.frequency, member.days, member.seen_zone = hour, frequency, days, member.zone
        if frequency == "never":
            member.due = None
        if member.due is None:
            self.plan(member, now)

    def say(self, post: Said, addressed: list[int]) -> None:
        post.addressed = set(addressed)
        writers = {other.by for other in self.posts if other.thread == post.thread}
        for pk, member in self.members.items():
            level = self.level(member, post.thread)
            reason = "addressed" if pk in post.addressed else "takes part" if pk in writers else "follows"
            if pk != post.by and wants(reason, level):
                post.notified[pk] = reason
                if level == "all" or reason == "addressed":
                    member.under_way.setdefault(post.thread, post.pk)
        self.posts.append(post)

    def level(self, member: Member, thread: int) -> str:
        """The narrowest that they chose counts."""
        around = member.levels.get("place") or member.levels.get("community") or "digest"
        chosen = member.levels.get(thread)
        is_theirs = self.started_by[thread] == member.pk and around == "digest"
        return chosen or ("all" if is_theirs else around)

    def is_news(self, member: Member, post: Said) -> bool:
        is_known = member.read.get(post.thread, 0) >= post.pk or post.pk in member.mailed
        if post.by == member.pk or post.at < member.since or is_known:
            return False
        level = self.level(member, post.thread)
        is_said_to_them = post.notified.get(member.pk) == "addressed"  # while all was muted, nothing was
        return level in ("all", "digest") or (level == "mentions" and is_said_to_them)


def wants(reason: str, level: str) -> bool:
    """Whether somebody with this level hears of what concerns them for this reason."""
    heard_at = {"addressed": ("all", "digest", "mentions"), "takes part": ("all", "digest"), "follows": ("all",)}
    return level in heard_at[reason]


def is_mailed(member: Member, post: Said, level: str) -> bool:
    """Whether a mail at once tells of it now, with the level that they have now."""
    reason = post.notified.get(member.pk)
    if reason is None or post.pk in member.mailed or member.read.get(post.thread, 0) >= post.pk:
        return False
    return wants(reason, level) and (level == "all" or reason == "addressed")


def date_in(zone: ZoneInfo, moment: datetime) -> date:
    return moment.astimezone(zone).date()
