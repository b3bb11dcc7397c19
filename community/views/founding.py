"""Founding communities, and finding them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import FoundForm
from ..models import Community, may_found

COMMUNITIES_A_PAGE = 24


@signed_in
@require_http_methods(["GET", "POST"])
def found_community(request):
    """Found a community; whoever does hosts it."""
    if not may_found(request.user):
        raise PermissionDenied
    posted = request.method == "POST"
    form = FoundForm(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            community = actions.found(by=request.user, **form.cleaned_data)
        except actions.FoundedTooMany:
            form.add_error(None, _("Those were many communities for one day. Found the next one tomorrow."))
        else:
            messages.success(request, _("It is yours. Write the first lines, and bring people in."))
            return redirect(community)
    context = {"form": form, "crumbs": [(_("Communities"), reverse("communities"))]}
    return render(request, "community/found.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def find_communities(request):
    """The communities that one can join, or ask to join, by their names and what they are for."""
    words = request.GET.get("q", "").strip()[:100]
    found = Community.objects.findable_by(request.user).named(words).by_title()
    page = Paginator(found, COMMUNITIES_A_PAGE).get_page(request.GET.get("page"))
    shown = Community.objects.numbered([one.pk for one in page]).with_member_count().knowing_mine(request.user)
    context = {
        "page": page,
        "communities": shown.by_title(),
        "words": words,
        "may_found": may_found(request.user),
        "crumbs": [(_("Communities"), reverse("communities"))],
    }
    return render(request, "community/find.html", context)
