"""What of one cohort can go to the next run of its course when it is copied."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from discussions.models import Consent, Post, Thread, agreement_in, consent_of
from resources.models import Resource
from wiki.models import WikiPage

from .agreed import agreements, writers_of
from .cohort import Cohort
from .step_date import StepDate
from .thing import ThingNomination, form_key

LISTED = 100  # of each kind; of more, those that are most likely to be of use


@dataclass(frozen=True)
class Copyable:
    """For one who guides the cohort. `prompts` are what guides asked beside the course's schedule, each with the post
    that carries its words and whether it `may_be_asked_again`; `threads` and `things` know how many of how many writers
    agree, and whether somebody put them forward."""

    guides: list[Any] = field(default_factory=list)  # memberships of the others who guide it
    prompts: list[Any] = field(default_factory=list)
    threads: list[Any] = field(default_factory=list)
    things: list[Any] = field(default_factory=list)


def copyable(cohort: Cohort, user: Any) -> Copyable:
    """What `user` may see of it; of a cohort that they are not in, only who guides it."""
    community = cohort.community
    guides = list(community.memberships.current().guides().exclude(user=user).with_people().by_role_and_name())
    visible = Thread.objects.visible_to(user).of(community).knowing_unwanted_by(user.pk).with_places()
    threads: list[Any] = threads_of(visible)
    things = things_of(community, user)
    counts, of_things = agreement_in(threads), agreements(things)
    for thread in threads:
        thread.writers, thread.agreeing = counts.get(thread.pk, (0, 0))
    for thing in things:
        thing.writers, thing.agreeing = of_things[thing]
    return Copyable(guides, prompts_of(visible, community, user), threads, things)


def prompts_of(visible: Any, community: Any, user: Any) -> list[Any]:
    """Words of guides go under the name of who copies: their own, and those of guides who agree to be shown."""
    asked = visible.filter(Q(kind=Thread.Kind.PROMPT, is_in_text=False) | Q(kind=Thread.Kind.TOPIC))
    scheduled = StepDate.objects.of(community).exclude(thread=None).values("thread")
    words = Post.objects.openings().standing().filter(thread=OuterRef("pk"))
    asked = asked.exclude(pk__in=scheduled).annotate(
        words=Subquery(words.values("source")[:1]), opener=consent_of("created_by", "place__community")
    )
    found = list(asked.exclude(words=None).order_by("opens_at", "pk")[:LISTED])
    for prompt in found:
        prompt.may_be_asked_again = prompt.created_by_id == user.pk or prompt.opener in Consent.AGREED
    return found


def threads_of(visible: Any) -> list[Any]:
    """Conversations about the units: what was put forward, then what came to something."""
    came_to_something = Q(distilled_at__isnull=False) | Q(accepted_post__isnull=False)
    nominated = list(visible.nominated()[:LISTED])
    rest = visible.filter(came_to_something, place__kind="unit", post_count__gt=0)
    rest = rest.exclude(opens_at__isnull=False, opened_at=None).exclude(pk__in=[thread.pk for thread in nominated])
    for thread in (others := list(rest.by_latest_activity()[: LISTED - len(nominated)])):
        thread.nomination_count = 0
    return [*nominated, *others]


def things_of(community: Any, user: Any) -> list[Any]:
    """Resources, those that were put forward and the most useful first; and wiki pages by title."""
    put = ThingNomination.objects.standing()
    resources = Resource.objects.visible_to(user).shared_in(community).wanted_by(user).with_places()
    resources = resources.annotate(is_nominated=Exists(put.filter(resource=OuterRef("pk"))))
    pages = WikiPage.objects.visible_to(user).of(community).without_texts().by_title()
    pages = pages.select_related("place__community", "authorship")
    pages = pages.annotate(is_nominated=Exists(put.filter(page=OuterRef("pk"))))
    things = [*resources.order_by("-is_nominated", "-useful_count", "-created_at")[:LISTED], *pages[:LISTED]]
    for thing in things:
        thing.form_key = form_key(thing)
        thing.is_own = isinstance(thing, WikiPage) and writers_of(thing) == {user.pk}
    return things
