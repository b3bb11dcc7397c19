"""Finding a resource useful, and taking that back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from accounts.views import signed_in

from .. import actions
from .found import visible_resource


@signed_in
@require_POST
def useful(request, community, resource_id):
    """`found` says what shall be, yes or no, so twice does it once."""
    resource = visible_resource(request, community, resource_id)
    if not resource.stands:
        raise Http404
    if not resource.place.takes_part(request.user):
        raise PermissionDenied
    is_useful = request.POST.get("found") != "no"
    act = actions.find_useful if is_useful else actions.take_useful_back
    act(person=request.user, resource=resource)
    if not request.htmx:
        return redirect(resource)
    resource.refresh_from_db(fields=["useful_count"])
    context = {"resource": resource, "community": resource.place.community, "is_useful": is_useful, "focused": True}
    words = _("You found it useful.") if is_useful else _("Taken back.")
    return trigger_client_event(render(request, "resources/_useful.html", context), "announce", {"value": words})
