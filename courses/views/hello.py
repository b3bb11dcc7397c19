"""Who has not been in a community for a while: for its guides, to write to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community.actions import forget_greeted, note_greeted
from community.models import Community, Power

PEOPLE_A_PAGE = 50


@signed_in
@require_safe
def hello(request, community):
    """Who was not here for ten days, by name, and to whom a guide has written already. Nobody is away from a cohort
    that has not begun."""
    community = guided_community(request, community)
    away = community.memberships.away()
    cohort = getattr(community, "cohort", None)
    context = {
        "community": community,
        "crumbs": [(community.title, community.get_absolute_url())],
        "has_begun": cohort is None or cohort.has_begun,
        "page": Paginator(away.not_greeted(), PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "greeted": away.greeted()[:PEOPLE_A_PAGE],
    }
    return render(request, "courses/hello.html", context)


@signed_in
@require_POST
def say_hello(request, community, membership_id):
    """Note that one wrote to somebody, or take it back."""
    community = guided_community(request, community)
    membership = get_object_or_404(community.memberships.current().with_people(), pk=membership_id)
    if request.POST.get("said") == "no":
        forget_greeted(membership)
    else:
        note_greeted(membership, by=request.user)
        messages.success(request, _("Noted: somebody wrote to %(name)s.") % {"name": membership.user.name})
    return redirect("hello", community.slug)


def guided_community(request, slug):
    """The community, for who may see who was away: 404 for who isn't in it, 403 for its other members."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=slug)
    if not community.membership_of(request.user).may(Power.SEE_REPORTS):
        raise PermissionDenied
    return community
