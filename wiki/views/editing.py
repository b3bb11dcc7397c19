"""Editing a wiki page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.models import EditConflict

from .. import actions
from ..forms import EditForm
from .found import around, refused_for_pause, visible_page


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request, community, slug):
    """Edit a page. When somebody saved meanwhile, both texts are shown and nothing is overwritten."""
    page = visible_page(request, community, slug)
    if request.method == "GET":
        form = EditForm(initial={"body": page.source, "version": page.version})
        return render(request, "wiki/edit.html", around(page) | {"form": form})
    form = EditForm(request.POST)
    if not form.is_valid():
        return render(request, "wiki/edit.html", around(page) | {"form": form}, status=422)
    if refused_for_pause(request, page.place, form):
        return render(request, "wiki/edit.html", around(page) | {"form": form}, status=409)
    try:
        page = actions.edit_page(author=request.user, page=page, **form.cleaned_data)
    except EditConflict as conflict:
        mine = form.cleaned_data["body"]
        form = EditForm(initial=form.cleaned_data | {"version": conflict.text.version})
        context = around(conflict.text) | {"form": form, "mine": mine, "theirs": conflict.text.source}
        return render(request, "wiki/conflict.html", context, status=409)
    messages.success(request, _("Saved as version %(n)s.") % {"n": page.version})
    return redirect(page)
