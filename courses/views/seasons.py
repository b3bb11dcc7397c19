"""How long a cohort runs, and turning its season."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import EndForm, TurnForm
from ..models import outlook_of
from .authoring import crumbs
from .cohorts import managed_cohort


@signed_in
@require_safe
def season(request, community):
    """When a cohort ends, what changes then and what stays; or since when it has gone on, and how to undo that."""
    return season_page(request, managed_cohort(request, community))


@signed_in
@require_POST
def set_end(request, community):
    """Set, move or clear the day on which a cohort ends."""
    cohort = managed_cohort(request, community)
    form = EndForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return season_page(request, cohort, form, status=422)
    actions.set_end(cohort=cohort, by=request.user, **form.cleaned_data)
    messages.success(request, _("Kept."))
    return redirect("season", community)


@signed_in
@require_POST
def turn_season(request, community):
    """End a cohort now: it goes on as a community of practice."""
    cohort = managed_cohort(request, community)
    form = TurnForm(request.POST)
    if not form.is_valid():
        return season_page(request, cohort, status=422)
    try:
        graduation = actions.turn_season(cohort=cohort, by=request.user, key=form.cleaned_data["key"])
    except actions.NoCohort:
        messages.error(request, _("This is a community of practice, and has been one from the start."))
    except actions.StillTurning:
        messages.error(request, _("The undoing is still under way. Try again when it is done."))
    else:
        if graduation.undone_at:
            messages.warning(request, _("This was turned before, and undone since. Look at what stands now."))
        else:
            messages.success(request, _("The season has turned. Everybody here hears of it."))
    return redirect("season", community)


@signed_in
@require_POST
def undo_turn(request, community):
    """Let a community of practice be the cohort that it was."""
    cohort = managed_cohort(request, community)
    try:
        actions.undo_turn(cohort=cohort, by=request.user)
    except actions.NotGraduated:
        messages.error(request, _("There is nothing to undo: it is a cohort."))
    else:
        messages.success(request, _("It is a cohort again. Nothing that was said meanwhile is lost."))
    return redirect("season", community)


def season_page(request, cohort, form=None, *, status=200):
    context = {
        "cohort": cohort,
        "community": cohort.community,
        "crumbs": crumbs(cohort.course),
        "form": form or EndForm(cohort=cohort),
        "turn_form": TurnForm(),
        "outlook": outlook_of(cohort),
    }
    return render(request, "courses/season.html", context, status=status)
