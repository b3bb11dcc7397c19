"""Hiding the words of an earlier version; for hosts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import HideForm
from .found import around, is_host, visible_page


@signed_in
@require_http_methods(["GET", "POST"])
def hide(request, community, slug, number):
    """Why, and then they are hidden. The words of the newest version stand on the page and can only be replaced."""
    page, revision = hosted_revision(request, community, slug, number)
    form = HideForm(request.POST if request.method == "POST" else None)
    is_current = revision.number == page.version
    if request.method == "POST" and not is_current and form.is_valid():
        try:
            actions.hide_text(by=request.user, revision=revision, reason=form.cleaned_data["reason"])
        except actions.StillCurrent:
            messages.error(request, _("These words stand on the page again, so they were not hidden."))
        else:
            messages.success(request, _("The words of version %(n)s are hidden.") % {"n": number})
        return redirect("wiki_revision", page.community.slug, page.slug, number)
    context = {"revision": revision, "form": form, "is_current": is_current}
    status = 422 if form.errors else 409 if request.method == "POST" else 200
    return render(request, "wiki/hide.html", around(page) | context, status=status)


@signed_in
@require_POST
def show(request, community, slug, number):
    """Let everybody read them again."""
    page, revision = hosted_revision(request, community, slug, number)
    actions.show_text(by=request.user, revision=revision)
    messages.success(request, _("The words of version %(n)s can be read again.") % {"n": number})
    return redirect("wiki_revision", page.community.slug, page.slug, number)


def hosted_revision(request, community, slug, number):
    """A version of a page in a community that the reader hosts."""
    page = visible_page(request, community, slug)
    if not is_host(request, page):
        raise PermissionDenied
    return page, get_object_or_404(page.revisions.with_authors(), number=number)
