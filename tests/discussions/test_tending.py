"""Guides share out who takes care of a conversation, and let it rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from community.actions import remove_member
from community.models import Membership
from discussions.actions import Claimed, NotTheirs, claim, let_rest, release
from discussions.models import Tending, Thread
from tests.factories import a_member, a_post, a_thread

HTMX = {"HX-Request": "true"}


@pytest.fixture
def question(world):
    return a_thread(world.place, author=world.bo, kind="question", title="Who has tried it?")


def claimed_by(thread):
    return Thread.objects.knowing_tending().get(pk=thread.pk).claimed_by


def is_resting(thread):
    return Thread.objects.knowing_tending().get(pk=thread.pk).is_resting


def tend(client, thread, **what):
    return client.post(f"/c/heron/t/{thread.pk}/tending/", what, headers=HTMX)


def test_one_guide_takes_care_of_a_question_and_the_others_see_it(world, client_of, question):
    answer = tend(client_of(world.fay), question, claim="yes")
    assert "You take care of it" in answer.content.decode()
    assert claimed_by(question) == world.fay
    page = client_of(world.alice).get("/c/heron/facilitate/").content.decode()
    assert "Fay Okafor takes care of it" in page
    tend(client_of(world.fay), question, claim="no")
    assert claimed_by(question) is None


def test_of_two_guides_at_once_the_second_hears_of_the_first_and_may_take_it_over(world, client_of, question):
    claim(by=world.fay, thread=question)
    client = client_of(world.alice)
    answer = tend(client, question, claim="yes")  # her page is from before
    assert (answer.status_code, claimed_by(question)) == (409, world.fay)
    assert "Meanwhile Fay Okafor takes care of it." in answer.headers["HX-Trigger"]
    assert tend(client, question, claim="yes", instead_of=world.fay.pk).status_code == 200
    assert claimed_by(question) == world.alice
    with pytest.raises(Claimed):
        claim(by=world.fay, thread=question, instead_of=world.fay.pk)
    release(by=world.fay, thread=question)
    assert claimed_by(question) == world.alice


def test_a_claim_lapses_and_goes_with_who_made_it(world, question):
    guide = a_member(world.community, role=Membership.Role.FACILITATOR)
    claim(by=guide, thread=question)
    Membership.objects.filter(user=guide).update(role=Membership.Role.MEMBER)
    assert claimed_by(question) is None
    Membership.objects.filter(user=guide).update(role=Membership.Role.FACILITATOR)
    assert claimed_by(question) == guide
    User.objects.filter(pk=guide.pk).update(is_active=False)
    assert claimed_by(question) is None
    User.objects.filter(pk=guide.pk).update(is_active=True)
    remove_member(Membership.objects.get(user=guide))
    assert claimed_by(question) is None
    claim(by=world.fay, thread=question)
    Tending.objects.update(claimed_at=timezone.now() - timedelta(days=8))
    assert claimed_by(question) is None
    claim(by=world.alice, thread=question)
    assert claimed_by(question) == world.alice


def test_what_rests_comes_back_after_its_days_by_hand_or_with_new_words(world, client_of, question):
    client = client_of(world.fay)
    assert "Bring it back" in tend(client, question, rest="3").content.decode()
    assert is_resting(question)
    tend(client, question, rest="0")
    assert not is_resting(question)
    let_rest(by=world.fay, thread=question, days=3)
    Tending.objects.update(rests_until=timezone.now() - timedelta(seconds=1))
    assert not is_resting(question)
    let_rest(by=world.fay, thread=question, days=3)
    assert is_resting(question)
    a_post(question, author=world.al)
    assert not is_resting(question)


def test_who_claims_what_rests_wakes_it(world, question):
    let_rest(by=world.fay, thread=question, days=7)
    claim(by=world.alice, thread=question)
    assert not is_resting(question)


def test_without_htmx_one_comes_back_to_the_row(world, client_of, question):
    answer = client_of(world.fay).post(f"/c/heron/t/{question.pk}/tending/", {"claim": "yes"})
    assert answer.url == f"/c/heron/facilitate/#tend-{question.pk}"


@pytest.mark.parametrize("who", ["bo", "al", "cy"])
def test_members_share_out_nothing(world, question, who):
    person = getattr(world, who)
    for act in (claim, release):
        with pytest.raises(NotTheirs):
            act(by=person, thread=question)
    with pytest.raises(NotTheirs):
        let_rest(by=person, thread=question, days=1)
    assert not Tending.objects.exists()


@pytest.mark.parametrize("what", [{"rest": "400"}, {"rest": "-1"}, {"claim": "maybe"}, {"instead_of": "1"}, {}])
def test_nonsense_changes_nothing(world, client_of, question, what):
    assert tend(client_of(world.fay), question, **what).status_code == 404
    assert not Tending.objects.exists()
