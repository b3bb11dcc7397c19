"""Pages of topics that open by themselves, for the test that looks at every page."""

import datetime

from django.urls import reverse
from django.utils import timezone

from discussions.actions import begin_rota, pick_topic, set_series, take_seat, vote
from tests.factories import a_proposal


def topical(world):
    """Propose some topics and set times for them; paths of the pages about them for Alice."""
    for author in (world.bo, world.fay):
        proposal = a_proposal(world.commons, author=author)
        vote(person=world.alice, thread=proposal, for_it=True)
    pick_topic(by=world.fay, thread=proposal, first=True)
    times = {"rhythm": "weekly", "starts_on": timezone.localdate(), "at": datetime.time(9), "time_zone": "UTC"}
    set_series(by=world.fay, place=world.commons, times=times)
    begin_rota(world.community)
    take_seat(by=world.fay, person=world.fay, community=world.community)
    names = ("rota", "topics", "proposed_topics", "propose_topic", "topic_series")
    return [reverse(name, args=[world.community.slug]) for name in names]
