"""Changing what one shared, taking it away again, and undoing that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from community.models import EditConflict

from .. import actions
from ..forms import EditForm
from .found import crumbs, visible_resource


@signed_in
@require_http_methods(["GET", "POST"])
def edit_resource(request, community, resource_id):
    """Change what it is called, its tags and one's own words. When somebody else saved meanwhile, what one wrote stays
    in the form and what they saved is shown beside it."""
    resource = visible_resource(request, community, resource_id)
    may = resource.may_from(request.user)
    if "edit" not in may:
        raise PermissionDenied
    own = resource.sharings.standing().by(request.user).newest()
    rights = {"may": may, "has_shared": own is not None}
    if request.method == "GET":
        words = {"title": resource.title, "text": resource.source, "why": own.source if own else ""}
        words |= {"tags": list(resource.tags.names()), "version": resource.version}
        return edit_page(request, resource, EditForm(initial=words, **rights))
    form = EditForm(request.POST, **rights)
    if not form.is_valid():
        return edit_page(request, resource, form, status=422)
    try:
        actions.edit(by=request.user, resource=resource, **form.cleaned_data)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except EditConflict as conflict:
        words = form.cleaned_data | {"version": conflict.text.version}
        return edit_page(request, conflict.text, EditForm(initial=words, **rights), theirs=conflict.text, status=409)
    messages.success(request, _("Saved."))
    return redirect(resource)


def edit_page(request, resource, form, *, theirs=None, status=200):
    way = [*crumbs(resource.place), (resource.name, resource.get_absolute_url())]
    context = {"resource": resource, "community": resource.place.community, "form": form, "theirs": theirs}
    return render(request, "resources/edit.html", context | {"crumbs": way}, status=status)


@signed_in
@require_POST
def remove_sharing(request, community, resource_id, sharing_id):
    return done_to_sharing(request, community, resource_id, sharing_id, actions.remove_sharing)


@signed_in
@require_POST
def restore_sharing(request, community, resource_id, sharing_id):
    return done_to_sharing(request, community, resource_id, sharing_id, actions.restore_sharing)


@signed_in
@require_POST
def remove_resource(request, community, resource_id):
    """Take it off the shelf, whoever shared it; for guides."""
    return done_to_resource(request, community, resource_id, actions.remove_resource)


@signed_in
@require_POST
def restore_resource(request, community, resource_id):
    return done_to_resource(request, community, resource_id, actions.restore_resource)


def done_to_sharing(request, community, resource_id, sharing_id, act):
    """One goes on at the resource's page, where it can be undone."""
    resource = visible_resource(request, community, resource_id)
    sharing = get_object_or_404(resource.sharings, pk=sharing_id)
    sharing.resource = resource
    try:
        act(by=request.user, sharing=sharing)
    except actions.NotTheirs:
        raise PermissionDenied from None
    return redirect(sharing)


def done_to_resource(request, community, resource_id, act):
    resource = visible_resource(request, community, resource_id)
    try:
        act(by=request.user, resource=resource)
    except actions.NotTheirs:
        raise PermissionDenied from None
    return redirect(resource)
