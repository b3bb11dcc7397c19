"""What the people of the demo had on their screens, and when they were last here."""

from datetime import datetime, timedelta

from community.models import Community, Membership
from courses.models import UnitPlace, UnitProgress, UnitReading
from discussions.models import Post, Reaction, Thread

AWAY_DAYS = 12  # since the last visit of who has not been here for long
EVERY = 7  # of so many people one


def note_reading_time(community: Community, now: datetime) -> None:
    """They have read what they are done with, and begun the unit after it; some have not been here for a while."""
    places = list(UnitPlace.objects.of(community).select_related("unit").in_course_order())
    learners = list(community.memberships.current().exclude(role__in=Membership.GUIDES).order_by("pk"))
    done = {(row.user_id, row.unit_id): row.done_at for row in UnitProgress.objects.done()}
    readings = []
    for number, membership in enumerate(learners):
        last = membership.joined_at
        for place in places:
            done_at = done.get((membership.user_id, place.unit_id))
            last = done_at or min(last + timedelta(days=1), now)
            pace = 0.6 + (number * 7 + place.unit_id * 3) % 9 / 10
            readings.append(
                UnitReading(
                    person_id=membership.user_id,
                    unit_place=place,
                    seconds=int(place.unit.words / 220 * 60 * (pace if done_at else 0.2)),
                    share=100 if done_at else 35,
                    first_at=last,
                    last_at=last,
                    read_at=done_at,
                )
            )
            if done_at is None:
                break
        away = AWAY_DAYS if number % EVERY == EVERY - 1 else number % 3
        membership.seen_on = (now - timedelta(days=away)).date()
    UnitReading.objects.bulk_create(readings)
    Membership.objects.bulk_update(learners, ["seen_on"])


def leave_me_too(community: Community, now: datetime) -> None:
    """Some of them have the questions, too, that were asked about a paragraph."""
    learners = list(community.memberships.current().exclude(role__in=Membership.GUIDES).order_by("pk"))
    asked = Post.objects.in_community(community).openings().exclude(thread__block_id="")
    posts = list(asked.filter(thread__kind=Thread.Kind.QUESTION).select_related("thread").order_by("pk"))
    left = []
    for number, post in enumerate(posts):
        others = [m.user_id for m in learners[: 1 + number * 3 % 8] if m.user_id != post.author_id]
        post.me_too_count = len(others)
        for hours, person in enumerate(others, 2):
            when = min(post.created_at + timedelta(hours=3 * hours), now)
            left.append(Reaction(post=post, person_id=person, word=Reaction.Word.ME_TOO, created_at=when))
    Reaction.objects.bulk_create(left)
    Post.objects.bulk_update(posts, ["me_too_count"])
