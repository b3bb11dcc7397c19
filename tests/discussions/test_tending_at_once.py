"""Guides who take care of one conversation at the same moment."""

import pytest

from community.models import Membership
from discussions.actions import Claimed, claim, let_rest
from discussions.models import Tending, Thread
from tests.discussions.test_at_once import at_once
from tests.factories import a_member, a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_many_guides_takes_care_of_it_and_the_others_hear_who(world):
    thread = a_thread(world.place, author=world.bo, kind="question")
    let_rest(by=world.fay, thread=thread, days=0)  # its row is there, so that nobody waits to make it
    guides = [a_member(world.community, role=Membership.Role.FACILITATOR) for _ in range(5)]

    def act(guide):
        try:
            claim(by=guide, thread=thread)
        except Claimed as taken:
            return taken.by
        return guide

    ends = at_once(act, guides)
    held = Tending.objects.get()
    assert set(ends) == {held.claimed_by}
    at_once(lambda guide: let_rest(by=guide, thread=thread, days=1), guides)
    assert Thread.objects.resting().get() == thread
