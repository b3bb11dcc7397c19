"""Who somebody is in a community: asked for each page, so by prepared queries."""

from django.apps import apps
from django.db.models import Q

from .prepared import prepared


def membership_at(community, user):
    """The membership that `user` holds there now, or None."""
    return next(iter(known_at(community, at_of(community.pk, user))), None)


def guides_and(community, user):
    """The memberships of those who look after the others there, and that of `user`."""
    return known_at(community, at_with_guides(community.pk, user))


def known_at(community, memberships):
    for membership in memberships:
        membership.community = community
    return memberships


def current_at(community):
    return apps.get_model("community", "Membership").objects.current().filter(community=community)


@prepared
def at_of(community, user):
    return current_at(community).of(user)


@prepared
def at_with_guides(community, user):
    memberships = current_at(community)
    return memberships.filter(Q(user=user.pk) | Q(role__in=memberships.model.GUIDES))
