"""Who has been through a unit and is glad to help with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community.models import show_people
from community.views import PEOPLE_A_PAGE, roles_granted

from .. import actions
from ..models import HelpOffer, is_done_with
from .unit import visible_unit_place


@signed_in
@require_safe
def helpers(request, community, unit):
    """Those of the community who are glad to help with a unit that they have been through."""
    unit_place = visible_unit_place(request, community, unit)
    unit, community = unit_place.unit, unit_place.community
    membership = community.membership_of(request.user)
    people = HelpOffer.objects.about(unit).standing().values("person")
    members = community.memberships.current().of_people(people).with_people().select_related("user__profile")
    members = members.knowing_hidden_from(request.user).by_role_and_name()
    page = Paginator(members, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = show_people(list(page), request.user, is_guide=membership.is_guide)
    mine = HelpOffer.objects.of(request.user).about(unit)
    context = {
        "community": community,
        "unit": unit,
        "unit_place": unit_place,
        "page": page,
        "crumbs": [(community.title, community.get_absolute_url()), (unit.title, unit_place.get_absolute_url())],
        "is_guide": membership.is_guide,
        "grants": roles_granted(request.user, membership),
        "helps": mine.exists(),
        "is_done": is_done_with(request.user, unit),
    }
    return render(request, "courses/helpers.html", context)


@signed_in
@require_POST
def offer_help(request, community, unit):
    """Say that one is glad to help with a unit, or take that back."""
    unit_place = visible_unit_place(request, community, unit)
    if request.POST.get("helps") == "no":
        actions.take_help_back(person=request.user, unit=unit_place.unit)
        messages.success(request, _("You are not listed any more."))
    elif actions.offer_help(person=request.user, unit=unit_place.unit):
        messages.success(request, _("Thank you. Others find you here now."))
    else:
        messages.warning(request, _("Go through the unit first; then you can help others with it."))
    return redirect("helpers", community, unit)
