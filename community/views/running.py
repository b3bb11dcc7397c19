"""Who runs a community, asked at the beginning of a view."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from ..models import Community


def run_community(request, slug):
    """The community, for who runs it, hosts and for cohorts L&D admins: 404 for who can't see it, 403 for who can."""
    community = Community.objects.run_by(request.user).of_slug(slug).first()
    if community:
        return community
    if Community.objects.visible_to(request.user).of_slug(slug).exists():
        raise PermissionDenied
    raise Http404
