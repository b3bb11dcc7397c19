"""Asking everybody of a place: prompts, topics, and the terms on which they are held."""

from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in

from .. import actions
from ..forms import EditTopicForm, PromptForm, TermsForm
from ..models import LibraryPrompt, Rights, Thread
from .found import crumbs, said_too_fast, too_fast, visible_place, visible_thread


@signed_in
@require_http_methods(["GET", "POST"])
def new_prompt(request, community, place_id):
    """Ask everybody of a place something; `?anchor=`, as signed for its form, says about which block, and `?from=`
    what it goes on from, of the library."""
    place = visible_place(request, community, place_id)
    again = LibraryPrompt.objects.visible_to(request.user).called(request.GET.get("from", ""))
    return posed(request, place, PromptForm, Thread.Kind.PROMPT, words=again.words if again else {})


def posed(request, place, form_class, kind, *, words=MappingProxyType({})):
    """The page with the form, which `words` begin, or the way on from what it made."""
    if not Rights.at(place, request.user).may_pose:
        raise PermissionDenied
    if request.method == "GET":
        form = form_class(place=place, initial={"anchor": request.GET.get("anchor", ""), **words})
        return pose_page(request, place, form, kind)
    form = form_class(request.POST, place=place)
    if not form.is_valid():
        return pose_page(request, place, form, kind, status=422)
    words = {name: form.cleaned_data[name] for name in ("title", "body", "key", "slot")}
    about = form.cleaned_data["anchor"].as_fields()
    try:
        post = actions.pose(asker=request.user, place=place, kind=kind, terms=form.terms, about=about, **words)
    except actions.TooFast as pause:
        return too_fast(pose_page(request, place, said_too_fast(form, pause), kind, status=429), pause)
    if post.thread.is_waiting:
        messages.success(request, _("It opens when you said. Until then only facilitators see it."))
        if post.thread.is_topic:
            return redirect("topics", place.community.slug)
    elif post.thread.is_announcement:
        messages.success(request, _("Everybody here hears of it."))
    return HttpResponseRedirect(post.get_absolute_url())


def pose_page(request, place, form, kind, *, status=200):
    context = {
        "place": place,
        "community": place.community,
        "form": form,
        "says": form.says,
        "kind": str(kind),
        "crumbs": crumbs(place),
    }
    return render(request, "discussions/pose.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def terms(request, community, thread_id):
    """On what terms a prompt is answered, or a topic's title and days; for guides."""
    thread = visible_thread(request, community, thread_id)
    if not Rights.at(thread.place, request.user).may_set_terms(thread):
        raise PermissionDenied
    form_class = EditTopicForm if thread.is_topic else TermsForm
    form = form_class(request.POST if request.method == "POST" else None, thread=thread)
    if request.method == "POST" and form.is_valid():
        actions.set_terms(by=request.user, thread=thread, terms=form.terms)
        messages.success(request, _("Saved."))
        return redirect(reverse("topics", args=[community]) if thread.is_topic else thread)
    place = thread.place
    context = {"thread": thread, "place": place, "community": place.community, "form": form, "crumbs": crumbs(place)}
    return render(request, "discussions/terms.html", context, status=422 if request.method == "POST" else 200)
