"""The organisation's settings, and the log of administrative acts."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import OrganisationForm
from accounts.models import ColourTooLight, Organisation, palette
from accounts.views import signed_in

from .. import actions
from ..models import AuditEntry, Community

ENTRIES_A_PAGE = 50
FOR_LONG = "public, max-age=31536000, immutable"


@signed_in
@require_http_methods(["GET", "POST"])
def organisation(request):
    """Name, logo, colour, who may sign up; for L&D admins."""
    if not request.user.is_staff:
        raise PermissionDenied
    if request.method == "GET":
        initial = OrganisationForm.as_initial(Organisation.current())
        return organisation_page(request, OrganisationForm(initial=initial))
    form = OrganisationForm(request.POST, request.FILES)
    if not form.is_valid():
        return organisation_page(request, form, status=422)
    try:
        actions.change_organisation(by=request.user, **form.changes())
    except actions.SettingsConflict:
        form.add_error(
            None, _("Somebody changed the settings meanwhile. What you filled in is still here; look below.")
        )
        return organisation_page(request, form, now=Organisation.current(), status=409)
    messages.success(request, _("Saved."))
    return redirect("organisation")


def organisation_page(request, form, *, now=None, status=200):
    context = {"form": form, "now": now, "organisation": Organisation.current()}
    return render(request, "community/organisation.html", context, status=status)


@require_safe
def organisation_logo(request, name):
    """The logo, for everybody: it is on the page for signing in. Its name changes with it."""
    current = Organisation.current()
    if not current.logo or current.logo.name.rpartition("/")[2] != name:
        raise Http404
    return FileResponse(current.logo.open(), content_type="image/webp", headers={"Cache-Control": FOR_LONG})


@require_safe
def organisation_style(request, colour):
    """What the organisation's colour makes of the pages' tokens. A stylesheet of its own, since no page has style of
    its own; it says the same for ever, so that browsers may keep it."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise Http404
    try:
        tokens = palette(f"#{colour}")
    except ColourTooLight:
        raise Http404 from None
    lines = [f"  --{name}: light-dark({light}, {dark});" for name, (light, dark) in tokens.items()]
    style = "\n".join([":root {", *lines, "}", ""])
    return HttpResponse(style, content_type="text/css", headers={"Cache-Control": FOR_LONG})


@signed_in
@require_safe
def audit_log(request):
    """Who did what of an administrative kind: all for L&D admins, for hosts that of their communities."""
    if not (request.user.is_staff or Community.objects.hosted_by(request.user).exists()):
        raise PermissionDenied
    entries = AuditEntry.objects.visible_to(request.user).with_all().newest_first()
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "community/audit_log.html", {"page": page})
