"""What needs the guides of communities this morning, for many of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import HiddenPerson, User
from community.models import Community, Membership
from discussions.models import Flag, Thread
from notifications.models import Following

from .step_date import StepDate

READ = 12  # questions of a community that are looked at, so that some are left when others take care of the rest
SHOWN = 5
A_DAY = timedelta(hours=36)  # before and after now: whatever the zone, its date is within


@dataclass(frozen=True)
class Coming:
    """Something that opens or is asked at a moment."""

    at: datetime
    kind: str
    title: str
    url: str


@dataclass
class Needs:
    """What needs one guide in one community."""

    community: Community
    questions: list[Any] = field(default_factory=list)  # threads, knowing their openings and tending
    question_count: int = 0
    flagged_posts: int = 0
    flagged_since: datetime | None = None
    coming: list[Coming] = field(default_factory=list)

    @property
    def more_questions(self) -> int:
        return self.question_count - len(self.questions)

    def __bool__(self) -> bool:
        return bool(self.questions or self.flagged_posts or self.coming)


class Morning:
    """What needs the guides among `people` (ids) now: as many queries for a hundred as for one."""

    def __init__(self, people: Collection[int]) -> None:
        guiding = Membership.objects.current().guides().of_people(people).filter(community__archived_at=None)
        muted = Following.objects.of_people(people).muting(Community)
        self.guided: dict[int, list[Community]] = defaultdict(list)
        for membership in guiding.select_related("community").order_by("community__title", "community"):
            if (membership.user_id, membership.community_id) not in muted:
                self.guided[membership.user_id].append(membership.community)
        communities = {community.pk for mine in self.guided.values() for community in mine}
        self.hidden: dict[int, set[int]] = defaultdict(set)
        for person, hidden in HiddenPerson.objects.filter(person__in=people).values_list("person", "hidden"):
            self.hidden[person].add(hidden)
        self.questions: dict[int, list[Any]] = defaultdict(list)
        for thread in Thread.objects.longest_waiting(communities, READ):
            self.questions[thread.place.community_id].append(thread)
        self.flags = Flag.objects.open().waiting_in(communities)
        self.coming: dict[int, list[Coming]] = defaultdict(list)
        for community, thing in coming_in(communities):
            self.coming[community].append(thing)

    def of(self, person: User) -> list[Needs]:
        """By community; those that need nothing are left out."""
        return [needs for community in self.guided[person.pk] if (needs := self.needs(person, community))]

    def needs(self, person: User, community: Community) -> Needs:
        waiting = self.questions[community.pk]
        mine = [thread for thread in waiting if thread.claimed_by in (None, person)]
        others = len(waiting) - len(mine)
        posts, since = self.flags.get(community.pk, (0, None))
        today = timezone.localdate(timezone=person.zone)
        coming = [thing for thing in self.coming[community.pk] if timezone.localdate(thing.at, person.zone) == today]
        for thread in mine:
            thread.is_unwanted = thread.created_by_id in self.hidden[person.pk]
        count = waiting[0].of_community - others if mine else 0
        return Needs(community, mine[:SHOWN], count, posts, since, sorted(coming, key=lambda thing: thing.at))


def coming_in(communities: Collection[int]) -> Iterator[tuple[int, Coming]]:
    """What opens or is asked about now: by the schedules of cohorts, and what guides set to open by itself."""
    now, scheduled = timezone.now(), set()
    for date in StepDate.objects.running().shown().around(now, A_DAY, communities):
        scheduled.add(date.thread_id)
        yield date.place.community_id, Coming(date.at, date.step.get_kind_display(), str(date.step), date.place.path)
    for thread in Thread.objects.opening_around(now, A_DAY, communities).with_places():
        if thread.pk not in scheduled:
            url = thread.get_absolute_url()
            yield thread.place.community_id, Coming(thread.opens_at, thread.get_kind_display(), thread.title, url)
