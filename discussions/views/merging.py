"""Taking all posts of one conversation into another; for guides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in

from .. import actions
from ..forms import MergeForm
from ..models import Thread
from .found import crumbs, thread_to_arrange

THREADS_SHOWN = 30


@signed_in
@require_http_methods(["GET", "POST"])
def merge_threads(request, community, thread_id):
    """Choose into which conversation this one goes; `?q=` looks among more than the list holds."""
    thread = thread_to_arrange(request, community, thread_id)
    if request.method == "GET":
        return merge_page(request, thread, MergeForm())
    form = MergeForm(request.POST)
    chosen = form.cleaned_data["into"] if form.is_valid() else None
    into = Thread.objects.visible_to(request.user).numbered(chosen).first()
    if into is None:
        form.add_error("into", _("Choose where it shall go."))
        return merge_page(request, thread, form, status=422)
    try:
        into = actions.merge_threads(by=request.user, thread=thread, into=into, key=form.cleaned_data["key"])
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.StaysHere as stays:
        form.add_error("into", str(stays))
        return merge_page(request, thread, form, status=409)
    messages.success(request, _("They are one conversation now."))
    return redirect(into)


def merge_page(request, thread, form, *, status=200):
    """Those of the same place come first, then the latest."""
    asked = request.GET.get("q", "").strip()
    others = Thread.objects.visible_to(request.user).beside(thread).standing().called(asked)
    found = list(others.with_places().knowing_unwanted_by(request.user.pk).nearest_first(thread)[: THREADS_SHOWN + 1])
    context = {
        "thread": thread,
        "place": thread.place,
        "community": thread.place.community,
        "form": form,
        "others": found[:THREADS_SHOWN],
        "is_cut": len(found) > THREADS_SHOWN,
        "asked": asked,
        "stays": thread.why_it_stays or thread.why_its_summary_stays or thread.why_it_stays_whole,
        "trouble": next((str(error) for errors in form.errors.values() for error in errors), ""),
        "crumbs": crumbs(thread.place),
    }
    return render(request, "discussions/merge_threads.html", context, status=status)
