"""Lists of people for the pages that axe looks at."""

from django.urls import reverse

from community.actions import apply_roster, bring_roster, invite
from tests.factories import a_cohort


def rostered(world):
    """Paths of what Alice sees of bringing people: before anything, a list that isn't done, and one that is."""
    community = world.community
    words = (
        b"name;email;role\nNia;nia@example.org;\nBo;bo@example.org;facilitator\nNobody;nobody;\nFay;fay@example.org;\n"
    )
    of = {"by": world.alice, "community": community, "role": "member"}
    lists = [bring_roster(**of, content=words, name="herons.csv"), bring_roster(**of, content=b"ida@example.org")]
    a_cohort(world.course, host=world.alice, title="Where people can move to")
    apply_roster(by=world.alice, roster=lists[1], removes=False, path="/")
    invite(community=community, email="uma@example.org", role="member", invited_by=world.alice)
    return [
        "/words/",
        *(reverse(name, args=[community.slug]) for name in ("roster", "invitations", "move_to_cohort")),
        *(reverse("roster_list", args=[community.slug, one.pk]) for one in lists),
    ]
