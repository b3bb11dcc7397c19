"""Where a reader proposes an edit of a unit's text."""

import re
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from community.models import EditConflict
from discussions.actions import NotTheirs, TooFast
from discussions.views import keeps_words, pause_at

from .. import actions
from ..forms import SuggestionForm
from ..models import where_in
from .suggestions import crumbs, visible_suggestion
from .unit import visible_unit_place


@signed_in
@keeps_words
@require_http_methods(["GET", "POST"])
def suggest_edit(request, community, unit):
    """The unit's text to be edited, and sent to those who may change it. `?block=` begins at a block of it,
    `?version=` with an earlier version, where a draft goes on from that."""
    unit_place = visible_unit_place(request, community, unit)
    if request.method == "GET":
        base = asked_base(request, unit_place.unit)
        slot = f"suggestion:{unit_place.place_id}:{base.number}"
        form = SuggestionForm(initial={"body": base.source, "version": base.number, "slot": slot})
        return suggest_page(request, unit_place, form)
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return suggest_page(request, unit_place, form, status=422)
    try:
        suggestion = actions.suggest(author=request.user, unit_place=unit_place, **form.cleaned_data)
    except actions.NothingChanged:
        return suggest_page(request, unit_place, unchanged(form), status=422)
    except NotTheirs:
        form.add_error(None, _("You can't write here just now. Your words are still here."))
        return suggest_page(request, unit_place, form, status=409)
    except TooFast as pause:
        return too_many(request, unit_place, form, pause.retry_after_s)
    messages.success(request, _("Thank you. Those who look after the text have been told."))
    return redirect(suggestion)


@signed_in
@keeps_words
@require_http_methods(["GET", "POST"])
def edit_suggestion(request, community, unit, number):
    """Word one's own suggestion anew. When that happened elsewhere meanwhile, both texts are shown."""
    suggestion = visible_suggestion(request, community, unit, number)
    if suggestion.author_id != request.user.pk:
        raise PermissionDenied
    if request.method == "GET":
        fields = {"body": suggestion.source, "title": suggestion.title, "version": suggestion.version}
        return edit_page(request, suggestion, SuggestionForm(initial=fields))
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return edit_page(request, suggestion, form, status=422)
    try:
        suggestion = actions.revise_suggestion(by=request.user, suggestion=suggestion, **form.words)
    except actions.NothingChanged:
        return edit_page(request, suggestion, unchanged(form), status=422)
    except NotTheirs:
        form.add_error(None, _("You can't write here just now. Your words are still here."))
        return edit_page(request, suggestion, form, status=409)
    except actions.Decided as too_late:
        form.add_error(None, _("Something came of this suggestion meanwhile. Your words are still here."))
        return edit_page(request, too_late.suggestion, form, status=409)
    except EditConflict as conflict:
        form = SuggestionForm(initial=form.cleaned_data | {"version": conflict.text.version})
        return edit_page(request, suggestion, form, status=409, theirs=conflict.text)
    messages.success(request, _("Your suggestion is changed."))
    return redirect(suggestion)


@signed_in
@require_POST
def withdraw_suggestion(request, community, unit, number):
    suggestion = visible_suggestion(request, community, unit, number)
    try:
        actions.withdraw_suggestion(by=request.user, suggestion=suggestion)
    except NotTheirs:
        raise PermissionDenied from None
    except actions.Decided:
        messages.error(request, _("Something came of this suggestion meanwhile."))
    else:
        messages.success(request, _("You took your suggestion back."))
    return redirect(suggestion)


@signed_in
@require_POST
def preview_suggestion(request, community, unit):
    """The unit as it would be with the text in the form; nothing is saved."""
    unit_place = visible_unit_place(request, community, unit)
    form = SuggestionForm(request.POST)
    form.full_clean()
    if form.has_error("body"):
        if request.htmx:
            return render(request, "courses/_unit_preview.html", {"refused": form}, status=422)
        return suggest_page(request, unit_place, form, status=422)
    preview = actions.preview_unit(unit_place.unit, form.cleaned_data["body"])
    if request.htmx:
        return render(request, "courses/_unit_preview.html", {"preview": preview})
    return suggest_page(request, unit_place, SuggestionForm(initial=request.POST.dict()), preview=preview)


def too_many(request, unit_place, form, retry_after_s):
    at = date_format(localtime(timezone.now() + timedelta(seconds=retry_after_s)), "TIME_FORMAT")
    words = _("These were many suggestions in an hour. Your words are still here; send them at %(at)s.")
    form.add_error(None, words % {"at": at})
    response = suggest_page(request, unit_place, form, status=429)
    response["Retry-After"] = str(retry_after_s)
    return response


def unchanged(form):
    form.add_error("body", _("This is the text as it is. Change something first."))
    return form


def asked_base(request, unit):
    """The version that `?version=` names, or the newest."""
    number = request.GET.get("version", "")
    asked = unit.revisions.numbered(int(number)).first() if re.fullmatch(r"[0-9]{1,9}", number) else None
    return asked or unit.revisions.newest_first()[0]


def suggest_page(request, unit_place, form, *, preview=None, status=200):
    unit, place = unit_place.unit, unit_place.place
    block = unit.standing_blocks().get(request.GET.get("block", ""))
    context = {
        "form": form,
        "unit_place": unit_place,
        "unit": unit,
        "place": place,
        "community": unit_place.community,
        "preview": preview,
        "came_from": block,
        "begins": where_in(form["body"].value() or "", block.text) if block else None,
        "pause": pause_at(place, request.user),
        "crumbs": crumbs(unit_place),
    }
    return render(request, "courses/suggest.html", context, status=status)


def edit_page(request, suggestion, form, *, status=200, theirs=None):
    context = {
        "form": form,
        "suggestion": suggestion,
        "unit": suggestion.unit,
        "place": suggestion.place,
        "community": suggestion.community,
        "theirs": theirs,
        "preview": None,
        "crumbs": [*crumbs(suggestion.unit_place), (suggestion.title, suggestion.get_absolute_url())],
    }
    return render(request, "courses/edit_suggestion.html", context, status=status)
