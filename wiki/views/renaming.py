"""Giving a wiki page another title."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in

from .. import actions
from ..forms import RenameForm
from .found import around, refused_for_pause, visible_page


@signed_in
@require_http_methods(["GET", "POST"])
def rename(request, community, slug):
    """Who may write a page may rename it. Another title given meanwhile is shown, and not undone unasked."""
    page = visible_page(request, community, slug)
    if request.method == "GET":
        return answered(request, page, RenameForm(initial={"title": page.title, "was": page.title}))
    form = RenameForm(request.POST)
    if not form.is_valid():
        return answered(request, page, form, status=422)
    if refused_for_pause(request, page.place, form):
        return answered(request, page, form, status=409)
    try:
        page = actions.rename_page(by=request.user, page=page, **form.cleaned_data)
    except actions.RenamedMeanwhile as meanwhile:
        title = form.cleaned_data["title"]
        form = RenameForm({"title": title, "was": meanwhile.page.title})
        form.add_error("title", _("Meanwhile it was named “%s”. Yours is still here.") % meanwhile.page.title)
        return answered(request, meanwhile.page, form, status=409)
    messages.success(request, _("It is called “%s” now. Old links lead here.") % page.title)
    return redirect(page)


def answered(request, page, form, *, status=200):
    return render(request, "wiki/rename.html", around(page) | {"form": form}, status=status)
