"""Editing a wiki page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from community.models import Draft, note_editing, others_editing
from markup import TooLong

from .. import actions
from ..forms import EditForm, MergeForm
from ..models import standings
from .found import around, refused_for_pause, visible_page


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request, community, slug):
    """Edit a page. What others saved meanwhile is merged; where that can't be, its writer is asked."""
    page = visible_page(request, community, slug)
    if request.method == "GET":
        note_editing(f"wiki:{page.pk}", request.user, is_here=True)
        return edit_page(request, page, begun_form(request, page))
    form = EditForm(request.POST)
    if not form.is_valid():
        return edit_page(request, page, form, status=422)
    if refused_for_pause(request, page.place, form):
        return edit_page(request, page, form, status=409)
    return saved_or_asked(request, page, form.words)


@signed_in
@require_POST
def editing(request, community, slug):
    """Who else edits a page just now, as a fragment. With that its reader says that they do, or with `left` that they
    don't any more. It is kept for seconds, and seen only by who edits the same page."""
    page = visible_page(request, community, slug)
    note_editing(f"wiki:{page.pk}", request.user, is_here="left" not in request.POST)
    return render(request, "wiki/_editing.html", {"people": others_at(page, request.user)})


@signed_in
@require_POST
def merge(request, community, slug):
    """Save with what its writer decided about each paragraph that somebody else changed too."""
    page = visible_page(request, community, slug)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return edit_page(request, page, EditForm(request.POST), status=422)
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


def begun_form(request, page):
    """With the text as it stands, or with a draft that goes on from the version in the address."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else page.version
    base = page.source if number == page.version else page.revisions.readable().source_of(number)
    if base is None:
        return EditForm(initial={"body": page.source, "version": page.version})
    draft = Draft.objects.visible_to(request.user).in_slots([page.draft_slot(number)]).first() if asked else None
    return EditForm(initial={"body": draft.body if draft else base, "version": number})


def edit_page(request, page, form, *, status=200):
    slot = page.draft_slot(form["version"].value())
    drafts = [
        draft for draft in Draft.objects.visible_to(request.user).beginning(page.draft_slot("")) if draft.slot != slot
    ]
    stand = standings(request.user, [draft.slot for draft in drafts])
    context = {
        "form": form,
        "slot": slot,
        "drafts": [(draft, stand[draft.slot]) for draft in drafts if draft.slot in stand],
        "people": others_at(page, request.user),
    }
    return render(request, "wiki/edit.html", around(page) | context, status=status)


def others_at(page, user):
    return others_editing(f"wiki:{page.pk}", page.place, user)


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
