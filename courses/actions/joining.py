"""Requests to join a community, and who hears of them."""

from django.db import transaction

from accounts.models import User
from community import actions
from community.models import Community, JoinRequest, Membership
from notifications.actions import record_event
from notifications.models import Event


@transaction.atomic
def ask_to_join(*, community: Community, person: User, words: str) -> JoinRequest:
    """Ask; the hosts hear of it, once. Raises what community.actions.request_to_join does."""
    request, is_new = actions.request_to_join(community=community, person=person, words=words)
    if is_new:
        record(Event.Verb.ASKED_IN, request, person)
    return request


@transaction.atomic
def admit(*, request: JoinRequest, by: User) -> Membership:
    """Let in who asked; they hear of it. Raises Decided."""
    membership = actions.admit(request=request, by=by)
    record(Event.Verb.ADMITTED, request, by)
    return membership


def record(verb: Event.Verb, request: JoinRequest, actor: User) -> None:
    record_event(verb, actor=actor, place=request.community.places.commons().get(), target=request)
