"""Leaving a community."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from community.actions import NotAnHeir
from community.models import Community, Pseudonym

from .. import actions
from ..forms import LeaveForm

HEIRS_SHOWN = 200


@signed_in
@require_http_methods(["GET", "POST"])
def leave_community(request, community):
    """Leave; the page says what becomes of one's words, and the last host says who hosts next."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    membership = community.membership_of(request.user)
    is_last = not community.memberships.current().hosts().able().without(membership).exists()
    is_last = is_last and membership.is_host
    heirs = community.memberships.heirs().without(membership).with_people()[:HEIRS_SHOWN] if is_last else []
    form = LeaveForm(request.POST if request.method == "POST" else None, heirs=heirs)
    if form.is_bound and form.is_valid():
        try:
            actions.leave(membership=membership, **form.choices)
        except NotAnHeir:
            form.add_error("heir", _("They have just left, too. Choose somebody else."))
        else:
            messages.success(request, _("You have left %(community)s.") % {"community": community.title})
            return redirect("communities")
    context = {
        "community": community,
        "form": form,
        "is_last": is_last,
        "heirs": heirs,
        "pseudonym": Pseudonym.objects.to(community).of(request.user).standing().select_related("stand_in").first(),
        "crumbs": [(community.title, community.get_absolute_url())],
    }
    return render(request, "courses/leave.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def show_name_again(request, community):
    """Put one's name back to words that one left without it."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    if actions.show_name_again(community=community, person=request.user):
        messages.success(request, _("Your words have your name again."))
    return redirect(community)
