"""Prompts that guides keep to ask them again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Place

from .. import actions
from ..forms import LibraryForm
from ..models import STARTERS, LibraryPrompt
from .caring import guided_community
from .found import visible_thread
from .posing import pose_page

PROMPTS_A_PAGE = 30


@signed_in
@require_safe
def library(request, community):
    """What can be asked again, at the place that `?at=` names: the community's prompts, those of others that the reader
    guides, and a few that everybody has."""
    community, _guides = guided_community(request, community)
    places = list(Place.objects.visible_to(request.user).in_community(community).with_shelves().by_community(community))
    found = LibraryPrompt.objects.visible_to(request.user).offered(community)
    context = {
        "community": community,
        "places": places,
        "at": next((place for place in places if str(place.pk) == request.GET.get("at")), places[0]),
        "page": Paginator(found, PROMPTS_A_PAGE).get_page(request.GET.get("page")),
        "starters": STARTERS.values(),
        "crumbs": crumbs(community),
    }
    return render(request, "discussions/library.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_library_prompt(request, community):
    """Write a prompt for later, without asking it."""
    community, _guides = guided_community(request, community)
    commons = community.places.commons().select_related("community").get()
    form = LibraryForm(request.POST if request.method == "POST" else None, place=commons)
    if request.method == "GET" or not form.is_valid():
        return pose_page(request, commons, form, "library", status=422 if form.errors else 200)
    try:
        actions.write_prompt(by=request.user, community=community, **form.words)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.LibraryFull:
        form.add_error(None, full_words())
        return pose_page(request, commons, form, "library", status=409)
    messages.success(request, _("It is in the library."))
    return redirect("library", community.slug)


@signed_in
@require_POST
def keep_prompt(request, community, thread_id):
    """Keep what was asked, to ask it again."""
    thread = visible_thread(request, community, thread_id)
    try:
        actions.keep_prompt(by=request.user, thread=thread)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.LibraryFull:
        messages.warning(request, full_words())
    else:
        messages.success(request, _("It is in the library."))
    return redirect("library", community)


@signed_in
@require_POST
def take_out_prompt(request, community, prompt_id):
    return changed(request, community, prompt_id, actions.take_out_prompt, _("Taken out. You can put it back below."))


@signed_in
@require_POST
def put_back_library_prompt(request, community, prompt_id):
    return changed(request, community, prompt_id, actions.put_back_prompt, _("It is in the library again."))


def changed(request, community, prompt_id, act, words):
    community, _guides = guided_community(request, community)
    prompt = get_object_or_404(LibraryPrompt.objects.of(community).select_related("community"), pk=prompt_id)
    try:
        act(by=request.user, prompt=prompt)
    except actions.NotTheirs:
        raise PermissionDenied from None
    messages.success(request, words)
    return redirect("library", community.slug)


def full_words():
    return _("The library is full. Take something out first.")


def crumbs(community):
    return [
        (community.title, community.get_absolute_url()),
        (_("What needs you"), reverse("facilitate", args=[community.slug])),
    ]
