"""Who curates a collection."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import CuratorForm
from ..models import Curator
from .collections import curated_collection, visible_collection, way_to


@signed_in
@require_http_methods(["GET", "POST"])
def curators(request, pk):
    """Who curates it and who is asked to; ask somebody."""
    collection = curated_collection(request, pk, to_share=True)
    posted = request.method == "POST"
    form = CuratorForm(request.POST if posted else None)
    if posted and form.is_valid():
        handle = form.cleaned_data["handle"]
        try:
            curator = actions.ask_to_curate(collection=collection, handle=handle, asked_by=request.user)
        except actions.Nobody:
            form.add_error("handle", _("Nobody whom you can ask has this handle."))
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": curator.person.name})
            return redirect("curators", collection.pk)
    context = {
        "collection": collection,
        "curators": collection.curators.standing().with_people(),
        "form": form,
        "crumbs": [*way_to(collection), (collection.title, collection.get_absolute_url())],
    }
    return render(request, "resources/curators.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def answer_curating(request, pk):
    """Accept to curate it, or with `answer=no` decline, or stop."""
    collection = visible_collection(request, pk)
    curator = get_object_or_404(Curator.objects.of(request.user).standing(), collection=collection)
    if request.POST.get("answer") != "no":
        actions.accept_curating(curator)
        messages.success(request, _("You curate this with them now."))
        return redirect(collection)
    if collection.made_by_id == request.user.pk:
        raise PermissionDenied
    actions.leave_curating(curator)
    messages.success(request, _("You don't curate “%(title)s”.") % {"title": collection.title})
    return redirect("collections")


@signed_in
@require_POST
def remove_curator(request, pk, curator_id):
    collection = curated_collection(request, pk, to_share=True)
    curator = get_object_or_404(collection.curators.standing(), pk=curator_id)
    if curator.person_id == collection.made_by_id:
        raise PermissionDenied
    actions.leave_curating(curator)
    messages.success(request, _("Removed. You can ask them again."))
    return redirect("curators", collection.pk)
