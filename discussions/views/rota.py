"""The rota: who hosts a community in which week."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from notifications.views import saw

from .. import actions
from ..forms import SeatForm, SwapForm
from ..models import Rights, RotaSeat, Turn
from .topics import topics_crumbs, visible_commons


@signed_in
@require_safe
def rota(request, community):
    """Who hosts in the next weeks, and who takes turns."""
    commons = visible_commons(request, community)
    saw(request, Turn.objects.in_community(commons.community))
    return rota_page(request, commons, SeatForm(commons=commons))


def rota_page(request, commons, form, *, status=200):
    rights, turns = Rights.at(commons, request.user), list(turns_ahead(commons).knowing_who_may())
    for turn in turns:
        turn.is_mine = turn.person_id == request.user.pk
        turn.may_change = rights.may_write and (turn.is_mine or rights.may_pose)
    seats = list(RotaSeat.objects.in_community(commons.community).taking_turns())
    context = {
        "community": commons.community,
        "turns": turns,
        "seats": seats,
        "takes_turns": any(seat.person_id == request.user.pk for seat in seats),
        "may_write": rights.may_write,
        "may_pose": rights.may_pose,
        "form": form,
        "crumbs": topics_crumbs(commons),
    }
    return render(request, "discussions/rota.html", context, status=status)


def turns_ahead(commons):
    return Turn.objects.in_community(commons.community).from_week(timezone.localdate()).with_people()


@signed_in
@require_POST
def take_seat(request, community):
    """Take turns oneself; or, for guides, let somebody take them whose handle is given."""
    commons = visible_commons(request, community)
    person = request.user
    if "handle" in request.POST:
        form = SeatForm(request.POST, commons=commons)
        if not Rights.at(commons, request.user).may_pose:
            raise PermissionDenied
        if not form.is_valid():
            return rota_page(request, commons, form, status=422)
        person = form.cleaned_data["handle"]
    done = _("%(name)s takes turns now.") % {"name": person.name}
    return changed(request, commons, actions.take_seat, done, person=person, community=commons.community)


@signed_in
@require_POST
def leave_seat(request, community, handle):
    """Take no turns any more; or, for guides, let somebody take none."""
    commons = visible_commons(request, community)
    seats = RotaSeat.objects.in_community(commons.community).with_people()
    person = get_object_or_404(seats, person__handle=handle).person
    done = _("%(name)s takes no turns any more. Others took over.") % {"name": person.name}
    return changed(request, commons, actions.leave_seat, done, person=person, community=commons.community)


@signed_in
@require_POST
def skip_turn(request, community, turn_id):
    """Let somebody else host a week."""
    commons, turn = visible_turn(request, community, turn_id)
    return changed(request, commons, actions.skip_turn, _("Somebody else has that week now."), turn=turn)


@signed_in
@require_POST
def take_turn(request, community, turn_id):
    """Host a week that is nobody's."""
    commons, turn = visible_turn(request, community, turn_id)
    return changed(request, commons, actions.take_turn, _("That week is yours. Thank you."), turn=turn)


@signed_in
@require_POST
def swap_turns(request, community, turn_id):
    """Let the hosts of two weeks change places."""
    commons, turn = visible_turn(request, community, turn_id)
    form = SwapForm(request.POST, turns=turns_ahead(commons))
    if not form.is_valid():
        messages.warning(request, _("Say which week to swap with."))
        return redirect("rota", community)
    other = form.cleaned_data["other"]
    return changed(request, commons, actions.swap_turns, _("Swapped. Both hear of it."), turn=turn, other=other)


def visible_turn(request, community, turn_id):
    commons = visible_commons(request, community)
    return commons, get_object_or_404(turns_ahead(commons), pk=turn_id)


def changed(request, commons, act, done, **what):
    try:
        act(by=request.user, **what)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.NobodyElse:
        messages.warning(request, _("One of these weeks has no host to swap with."))
    else:
        messages.success(request, done)
    return redirect("rota", commons.community.slug)
