"""Editing a wiki page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from markup import TooLong

from .. import actions
from ..forms import EditForm, MergeForm
from .found import around, refused_for_pause, visible_page


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request, community, slug):
    """Edit a page. What others saved meanwhile is merged; where that can't be, its writer is asked."""
    page = visible_page(request, community, slug)
    if request.method == "GET":
        form = EditForm(initial={"body": page.source, "version": page.version})
        return render(request, "wiki/edit.html", around(page) | {"form": form})
    form = EditForm(request.POST)
    if not form.is_valid():
        return render(request, "wiki/edit.html", around(page) | {"form": form}, status=422)
    if refused_for_pause(request, page.place, form):
        return render(request, "wiki/edit.html", around(page) | {"form": form}, status=409)
    return saved_or_asked(request, page, form.cleaned_data)


@signed_in
@require_POST
def merge(request, community, slug):
    """Save with what its writer decided about each paragraph that somebody else changed too."""
    page = visible_page(request, community, slug)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return render(request, "wiki/edit.html", around(page) | {"form": EditForm(request.POST)}, status=422)
    sent = actions.Submitted(form.cleaned_data["body"], form.cleaned_data["base"])
    merged = actions.merge_into(page, sent, number=form.cleaned_data["version"])
    form.ask_about(merged)
    if not form.is_decided() or refused_for_pause(request, page.place, form):
        return conflict_page(request, page, form, status=409 if form.is_decided() else 422)
    fields = {"body": form.text(), "version": form.cleaned_data["version"], "summary": form.cleaned_data["summary"]}
    try:
        return saved_or_asked(request, page, fields | {"submitted": sent})
    except TooLong as too_long:
        form.say_too_long(too_long)
        return conflict_page(request, page, form, status=422)


def saved_or_asked(request, page, fields):
    try:
        page = actions.edit_page(author=request.user, page=page, **fields)
    except actions.NeedsDecision as conflict:
        sent = conflict.submitted
        first = {"body": sent.body, "base": sent.base, "version": conflict.text.version, "summary": fields["summary"]}
        form = MergeForm(initial=first)
        form.ask_about(conflict.merge)
        return conflict_page(request, conflict.text, form, status=409)
    saved = _("Saved as version %(n)s.") % {"n": page.version}
    more = _("Somebody had saved meanwhile; their changes and yours are both in it.") if page.is_merged else ""
    messages.success(request, f"{saved} {more}".strip())
    return redirect(page)


def conflict_page(request, page, form, *, status):
    return render(request, "wiki/conflict.html", around(page) | {"form": form}, status=status)
