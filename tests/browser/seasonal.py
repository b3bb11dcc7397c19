"""Pages of cohorts that end and go on, for the test that looks at every page."""

from django.urls import reverse

from courses.actions import open_hand_over, turn_season
from tests.factories import a_cohort


def seasonal(world):
    """Ask Bo's cohort for what it leaves, and turn another one's season; paths of the pages about that."""
    open_hand_over(cohort=world.cohort, by=world.alice)
    cohorts = [a_cohort(world.course, host=world.alice, title=title).community for title in ("Egret", "Ibis")]
    turn_season(cohort=cohorts[0].cohort, by=world.alice)
    seasons = [reverse("season", args=[one.slug]) for one in (world.community, cohorts[0])]
    asked = [reverse("hand_over", args=[one.slug]) for one in (world.community, cohorts[1])]
    return {"alice": [*seasons, asked[1], reverse("course_practice", args=[world.course.slug])], "bo": asked[:1]}
