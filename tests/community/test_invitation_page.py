"""What the link of an invitation opens, for whoever opens it."""

import pytest
from django.utils import timezone

from community.actions import invite
from community.models import Invitation
from tests.invited import a_token_of


@pytest.fixture
def address(world):
    """The page of an invitation for cara@example.org."""
    invitation = invite(community=world.community, email="cara@example.org", role="member", invited_by=world.alice)
    token = a_token_of(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    return f"/invitations/{token}/"


def test_it_names_no_whole_address_to_a_bearer_of_the_link(address, client_of):
    page = client_of(None).get(address).content.decode()
    assert "c…@example.org" in page
    assert "cara@example.org" not in page


def test_signing_up_and_in_lead_back_to_it(address, client_of):
    page = client_of(None).get(address).content.decode()
    assert f"/accounts/signup/?next={address}" in page
    assert f"/accounts/login/?next={address}" in page


def test_it_says_before_the_click_that_it_is_for_another_address(address, world, client_of):
    page = client_of(world.cy).get(address).content.decode()
    assert f"You are signed in as {world.cy.email}" in page
    assert "Change your address" in page
    assert "Join Heron cohort</button>" not in page
