"""What the views of resources share: finding things through the reader's rights."""

from django.shortcuts import get_object_or_404

from community.models import Bookmark, Place
from notifications.models import knowing_levels, paths_from

from ..models import Resource


def visible_place(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(places, pk=place_id, community__slug=community)


def visible_resource(request, community, resource_id):
    """A resource with its shelf, its community and where it is talked about."""
    resources = Bookmark.objects.knowing_kept(Resource.objects.visible_to(request.user).with_places(), request.user)
    resources = knowing_levels(resources, request.user.pk, paths_from("talk"))
    return get_object_or_404(resources, pk=resource_id, place__community__slug=community)


def crumbs(place):
    """The way down to what is on the shelf of `place`."""
    above = [(place.community.title, place.community.get_absolute_url())]
    return above if place.kind == Place.Kind.COMMONS else [*above, (place.title, place.path)]
