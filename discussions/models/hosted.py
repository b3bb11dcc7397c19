"""What there is to do in a week that somebody hosts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import HiddenPerson, User
from community.models import Community
from notifications.models import Level, levels_of

from .rota import WEEK, Turn
from .series import TopicSeries
from .thread import Thread

SHOWN = 3
NEW_SHOWN = 6


@dataclass(frozen=True)
class HostedWeek:
    """As its host sees it: `proposals` of which the first is asked next, `opens_at` when that is, if in that week;
    `questions` that nobody has answered, and `newcomers` who joined lately."""

    turn: Turn
    proposals: list[Any]
    opens_at: Any
    questions: list[Any]
    newcomers: list[User]

    @property
    def community(self) -> Any:
        return self.turn.community


def hosted_weeks(ids: Collection[int]) -> dict[int, HostedWeek]:
    """Turn id → its week; without those that are over, and those whose people may not host any more or want to hear
    nothing of the community."""
    turns = Turn.objects.filter(pk__in=ids, community__archived_at=None).with_people().knowing_who_may()
    today = timezone.localdate()
    standing = [(turn, turn.person) for turn in turns if turn.person and turn.may_host and turn.last_day >= today]
    return {turn.pk: hosted_week(turn, host) for turn, host in standing if not mutes(host, turn.community)}


def mutes(host: User, community: Community) -> bool:
    return levels_of([host.pk], subjects=[community])[host.pk] == Level.MUTED


def hosted_week(turn: Turn, host: User) -> HostedWeek:
    commons = turn.community.places.commons().get()
    here = Thread.objects.visible_to(host).of(turn.community).with_places().wanted_by(host)
    new = turn.community.memberships.current().new().but_for(host).with_people()
    new = new.exclude(user__in=HiddenPerson.objects.hidden_from(host.pk)).order_by("user__name", "pk")
    series = TopicSeries.objects.at(commons).first()
    opens_at = series.next_at if series else None
    if opens_at and not turn.week <= series.local_date(opens_at) < turn.week + WEEK:
        opens_at = None
    return HostedWeek(
        turn,
        list(here.at(commons).proposals().next_first()[:SHOWN]),
        opens_at,
        list(here.awake().open_questions().by_neglect()[:SHOWN]),
        [membership.user for membership in new[:NEW_SHOWN]],
    )
