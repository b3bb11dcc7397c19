"""Writing on top of a conversation what it came to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Draft, EditConflict

from .. import actions
from ..forms import RestoreForm, SummaryForm, post_id
from ..models import Rights, Summary, standings
from .found import crumbs, visible_thread

POSTS_BESIDE = 200  # the newest; a longer conversation is a link away
VERSIONS_A_PAGE = 10


@signed_in
@require_http_methods(["GET", "POST"])
def distil(request, community, thread_id):
    """Write a summary or change it, with the posts beside it. When somebody saved meanwhile, both texts are shown."""
    thread = visible_thread(request, community, thread_id)
    rights = Rights.at(thread.place, request.user)
    if not rights.may_distil(thread):
        raise PermissionDenied
    if rights.is_asked_first(thread):
        return redirect(thread)
    if request.method == "GET":
        return distil_page(request, thread, rights, fresh_form(thread, post_id(request.GET.get("version", ""))))
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return distil_page(request, thread, rights, form, status=422)
    try:
        summary = actions.distil(by=request.user, thread=thread, **form.words)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except EditConflict as conflict:
        mine = SummaryForm(initial=form.cleaned_data | {"version": conflict.text.version})
        return distil_page(request, thread, rights, mine, status=409, theirs=conflict.text)
    messages.success(request, _("The summary stands on top of the conversation."))
    return redirect(summary)


@signed_in
@require_safe
def summary_history(request, community, thread_id):
    """Every version of a summary, with who wrote it and what changed."""
    thread = visible_thread(request, community, thread_id)
    rights = Rights.at(thread.place, request.user)
    if rights.is_asked_first(thread):
        return redirect(thread)
    summary = get_object_or_404(Summary.objects.of_threads([thread]))
    before = post_id(request.GET.get("before", "")) or summary.version + 1
    context = {
        "thread": thread,
        "community": thread.place.community,
        "summary": summary,
        "versions": summary.versions(before=before, limit=VERSIONS_A_PAGE),
        "may_distil": rights.may_distil(thread),
        "crumbs": [*crumbs(thread.place), (thread.shown_title, thread.get_absolute_url())],
    }
    return render(request, "discussions/summary_history.html", context)


@signed_in
@require_POST
def restore_summary(request, community, thread_id):
    """Let an earlier version stand again as a new one, or take the summary away."""
    thread = visible_thread(request, community, thread_id)
    if not Rights.at(thread.place, request.user).may_distil(thread):
        raise PermissionDenied
    form = RestoreForm(request.POST)
    summary = get_object_or_404(Summary.objects.of_threads([thread]))
    if not form.is_valid():
        raise Http404
    number, version = form.cleaned_data["number"], form.cleaned_data["version"]
    body = get_object_or_404(summary.revisions.numbered(number)).source if number else ""
    note = _("Version %(n)s again") % {"n": number} if number else _("Taken away")
    try:
        actions.distil(by=request.user, thread=thread, body=body, version=version, note=note)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except EditConflict:
        messages.error(request, _("Somebody saved meanwhile, so nothing was changed. Look at it again."))
    else:
        messages.success(request, f"{note}.")
    return redirect("summary_history", community, thread.pk)


def fresh_form(thread, version):
    """With the summary as it stands, or as it stood in the version with this number, where a draft goes on from that:
    to save it then shows both texts."""
    summary = Summary.objects.of_threads([thread]).first()
    if summary is None:
        return SummaryForm(initial={"version": 0})
    old = summary.revisions.numbered(version).first() if version else None
    text = summary.source if version is None else old.source if old else ""
    return SummaryForm(initial={"body": text, "version": summary.version if version is None else version})


def distil_page(request, thread, rights, form, *, status=200, theirs=None):
    posts = list(thread.posts.for_reading().in_order().reverse()[: POSTS_BESIDE + 1])
    shown = posts[:POSTS_BESIDE][::-1]
    for post in shown:
        post.thread = thread
    rights.mark(shown)
    drafts = Draft.objects.visible_to(request.user).beginning(f"summary:{thread.pk}:").newest_first()
    stand = standings(request.user, [draft.slot for draft in drafts])
    context = {
        "drafts": [(draft, stand[draft.slot]) for draft in drafts if draft.slot in stand],
        "thread": thread,
        "place": thread.place,
        "community": thread.place.community,
        "form": form,
        "theirs": theirs,
        "posts": shown,
        "is_cut": len(posts) > POSTS_BESIDE,
        "crumbs": [*crumbs(thread.place), (thread.title, thread.get_absolute_url())],
    }
    return render(request, "discussions/distil.html", context, status=status)
