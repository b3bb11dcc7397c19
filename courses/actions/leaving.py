"""Leaving a community with one's words, with one's name or without."""

from django.db import transaction

from accounts.models import User
from community import actions
from community.models import Community, Membership, Pseudonym
from notifications.actions import record_event
from notifications.models import Event
from wiki.models import Authorship

from ..models.names import NAMES


@transaction.atomic
def leave(*, membership: Membership, keeps_name: bool, heir: Membership | None = None) -> None:
    """Leave; the words stay, under the person's name or that of a former member. Whoever hosts instead hears of it.
    Raises NotAnHeir."""
    community, person = membership.community, membership.user
    chosen = actions.leave(membership=membership, heir=heir)
    if not keeps_name:
        pseudonym = actions.take_stand_in(community=community, person=person)
        rename(community, person, pseudonym.stand_in)
    if chosen:
        tell_heir(chosen, by=person)


@transaction.atomic
def show_name_again(*, community: Community, person: User) -> bool:
    """Put the person's name back to the words that stand under a former member's. Says whether there were any."""
    pseudonym = Pseudonym.objects.to(community).of(person).standing().select_related("stand_in").first()
    if not pseudonym or not actions.end_stand_in(pseudonym):
        return False
    rename(community, pseudonym.stand_in, person)
    return True


def keep_hosted(community_id: int) -> bool:
    """See community.actions.keep_hosted; the new host hears of it. Says whether there is one."""
    with transaction.atomic():
        chosen = actions.keep_hosted(community_id)
        if chosen:
            last = Membership.objects.exclude(pk=chosen.pk).of_community(community_id).hosts().last_to_leave()
            tell_heir(chosen, by=last.user if last else chosen.user)
    return chosen is not None


def tell_heir(chosen: Membership, *, by: User) -> None:
    commons = chosen.community.places.commons().get()
    record_event(Event.Verb.HANDED_ON, actor=by, place=commons, target=chosen)


def rename(community: Community, old: User, new: User) -> None:
    """Let `new` stand wherever `old` is named beside words of theirs in this community; see NAMES."""
    for model, path, fields, which in NAMES:
        for field in fields:
            named = model._base_manager.filter(**{path: community.pk, field: old.pk}, **which)
            model._base_manager.filter(pk__in=named.values("pk")).update(**{field: new})
    for noted in Authorship.objects.filter(page__community=community).iterator(chunk_size=100):
        blocks = {id: [[new.pk if w[0] == old.pk else w[0], *w[1:]] for w in all_] for id, all_ in noted.blocks.items()}
        if blocks != noted.blocks:
            noted.blocks = blocks
            noted.save(update_fields=["blocks"])
