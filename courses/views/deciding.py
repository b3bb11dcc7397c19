"""Where authors say what becomes of a suggestion."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from community.models import EditConflict, Place
from discussions.actions import NotTheirs
from discussions.views import keeps_words

from .. import actions
from ..forms import ChangeForm, DecisionForm, DeclineForm
from .comparing import sides
from .suggestions import suggestion_page, visible_suggestion, ways_from


@signed_in
@require_POST
def accept_suggestion(request, community, unit, number):
    """Let it stand in the unit. Where somebody has to choose first, they are led to do so."""
    suggestion = suggestion_to_decide(request, community, unit, number)
    form = DecisionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.accept_suggestion(by=request.user, suggestion=suggestion, version=version)
    except NotTheirs:
        raise PermissionDenied from None
    except actions.TextsDiffer:
        return redirect("change_suggestion", community, unit, number)
    except (EditConflict, actions.Decided):
        return moved_on(request, community, unit, number)
    messages.success(request, said_thanks(suggestion))
    return redirect(suggestion)


@signed_in
@keeps_words
@require_http_methods(["GET", "POST"])
def change_suggestion(request, community, unit, number):
    """Change a suggestion and accept it. When the unit or the suggestion changed meanwhile, both texts are shown."""
    suggestion = suggestion_to_decide(request, community, unit, number)
    if request.method == "GET":
        return change_page(request, suggestion, fresh_form(suggestion)) if suggestion.is_open else redirect(suggestion)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return change_page(request, suggestion, form, status=422)
    try:
        actions.accept_changed(by=request.user, suggestion=suggestion, **form.cleaned_data)
    except NotTheirs:
        raise PermissionDenied from None
    except (EditConflict, actions.Decided, actions.TextsDiffer):
        suggestion = visible_suggestion(request, community, unit, number)
        versions = {"version": suggestion.version, "unit_version": suggestion.unit.version}
        again = ChangeForm(initial=form.cleaned_data | versions)
        return change_page(request, suggestion, again, status=409)
    messages.success(request, said_thanks(suggestion))
    return redirect(suggestion)


@signed_in
@keeps_words
@require_POST
def decline_suggestion(request, community, unit, number):
    suggestion = suggestion_to_decide(request, community, unit, number)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return suggestion_page(request, suggestion, decline=form, status=422)
    try:
        actions.decline_suggestion(by=request.user, suggestion=suggestion, **form.cleaned_data)
    except NotTheirs:
        raise PermissionDenied from None
    except (EditConflict, actions.Decided):
        return moved_on(request, community, unit, number, reason=form.cleaned_data["reason"])
    messages.success(request, _("Declined. Its author has been told why."))
    return redirect(suggestion)


def suggestion_to_decide(request, community, unit, number):
    """For who may change the unit's text; 403 for who may only read the suggestion."""
    suggestion = visible_suggestion(request, community, unit, number)
    if not suggestion.unit.course.may_be_edited_by(request.user):
        raise PermissionDenied
    return suggestion


def said_thanks(suggestion):
    return _("Accepted. %(name)s is named in the history of the unit.") % {"name": suggestion.author.name}


def moved_on(request, community, unit, number, *, reason=""):
    """The suggestion as it is now, to be decided anew."""
    suggestion = visible_suggestion(request, community, unit, number)
    note = _("This suggestion changed while you read it, so nothing was done. Here it is as it stands now.")
    decline = DeclineForm(initial={"version": suggestion.version, "reason": reason})
    return suggestion_page(request, suggestion, decline=decline, note=note, status=409)


def fresh_form(suggestion):
    unit = suggestion.unit
    fields = {"body": suggestion.merge_into(unit).text(), "version": suggestion.version, "unit_version": unit.version}
    return ChangeForm(initial=fields)


def change_page(request, suggestion, form, *, status=200):
    is_inside = Place.objects.visible_to(request.user).numbered(suggestion.place_id).exists()
    way = ways_from(suggestion, is_inside=is_inside)["crumbs"]
    context = {
        "form": form,
        "suggestion": suggestion,
        "unit": suggestion.unit,
        "community": suggestion.community,
        "place": suggestion.place,
        "is_stale": status == 409,
        "conflicts": sides(suggestion.merge_into(suggestion.unit)),
        "crumbs": [*way, (suggestion.title, suggestion.get_absolute_url())],
    }
    return render(request, "courses/change_suggestion.html", context, status=status)
