"""Flagging a post; and for guides, what waits for a look, deciding, taking back, and the log."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Community
from notifications.views import saw

from .. import actions
from ..forms import DecisionForm, FlagForm
from ..models import CareEntry, Flag, Rights
from .found import around_post, post_by_id, visible_post
from .moving import places_for

ENTRIES_A_PAGE = 40
ENTRIES_SHOWN = 8
FLAGGED_SHOWN = 50


@signed_in
@require_http_methods(["GET", "POST"])
def flag_post(request, community, thread_id, post_id):
    """Ask those who look after the others for a look at a post."""
    post = visible_post(request, community, thread_id, post_id)
    if post.author_id == request.user.pk:
        raise PermissionDenied
    form = FlagForm(request.POST if request.method == "POST" else None)
    context = around_post(request, post)
    if request.method == "POST" and form.is_valid():
        try:
            actions.flag_post(by=request.user, post=post, **form.cleaned_data)
        except actions.NotTheirs:
            raise PermissionDenied from None
        messages.success(request, _("Thank you. Your facilitators take a look; nobody else hears that you asked."))
        return redirect(context["back"])
    context |= {"form": form, "mine": Flag.objects.on(post).of_person(request.user).first()}
    return render(request, "discussions/flag_post.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def care(request, community):
    """The posts that were flagged and wait for a decision, those that wait longest first."""
    community, guides = guided_community(request, community)
    flags = Flag.objects.open().of(community).with_posts().with_people()[: FLAGGED_SHOWN * 4]
    by_post = groupby(sorted(flags, key=lambda flag: flag.post_id), key=lambda flag: flag.post)
    cases = sorted(((post, list(those)) for post, those in by_post), key=lambda case: case[1][0].created_at)
    posts = [post for post, _flags in cases][:FLAGGED_SHOWN]
    for post in posts:
        post.is_for_others = actions.is_for_others(post, request.user, guides)
    Rights.of(request.user, guides).mark(posts)
    context = {"community": community, "cases": cases[:FLAGGED_SHOWN], "crumbs": crumbs(community)[:1]}
    return render(request, "discussions/care.html", context)


@signed_in
@require_safe
def care_log(request, community):
    """What was decided in a community; nobody changes it."""
    community, _guides = guided_community(request, community)
    entries = CareEntry.objects.of(community).with_all().newest_first()
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context = {"community": community, "page": page, "crumbs": crumbs(community)}
    return render(request, "discussions/care_log.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def care_post(request, community, post_id):
    """A post with what one needs to know to decide about it, and the decision."""
    post = post_by_id(request, community, post_id)
    place = post.thread.place
    if not Rights.at(place, request.user).may_care(post):
        raise PermissionDenied
    form = DecisionForm(request.POST if request.method == "POST" else None, places=places_for(request.user))
    saw(request, Flag.objects.on(post))
    if request.method == "GET" or not form.is_valid():
        return care_page(request, post, form, status=422 if form.errors else 200)
    try:
        entry = actions.decide(by=request.user, post=post, decision=form.decision)
    except (actions.NotTheirs, actions.OwnWords):
        raise PermissionDenied from None
    except (actions.NotPossible, actions.StaysHere) as trouble:
        form.add_error("act", str(trouble))
        return care_page(request, post, form, status=409)
    messages.success(request, _("Decided. It stands in the log, and can be taken back there."))
    return redirect("care", entry.community.slug)


@signed_in
@require_safe
def care_entry(request, community, entry_id):
    """A decision, for the guides and for whom it is about."""
    entries = CareEntry.objects.visible_to(request.user).with_all()
    entry = get_object_or_404(entries, pk=entry_id, community__slug=community)
    saw(request, CareEntry.objects.numbered(entry.pk))
    is_guide = request.user.pk in entry.community.guide_roles()
    way = crumbs(entry.community) if is_guide else crumbs(entry.community)[:1]
    context = {"entry": entry, "community": entry.community, "is_guide": is_guide, "crumbs": way}
    return render(request, "discussions/care_entry.html", context)


@signed_in
@require_POST
def undo_care(request, community, entry_id):
    """Take a decision back."""
    community, _guides = guided_community(request, community)
    entry = get_object_or_404(CareEntry.objects.of(community).with_all(), pk=entry_id)
    reason = request.POST.get("reason", "")[: CareEntry.REASON_MAX]
    try:
        actions.undo_decision(by=request.user, entry=entry, reason=reason)
    except (actions.NotTheirs, actions.OwnWords):
        raise PermissionDenied from None
    except (actions.NotPossible, actions.StaysHere) as trouble:
        messages.error(request, str(trouble))
        return redirect(entry)
    messages.success(request, _("Taken back."))
    return redirect(entry)


def guided_community(request, slug):
    """A community that the reader is in and guides, and its guides."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=slug)
    guides = community.guide_roles()
    if request.user.pk not in guides:
        raise PermissionDenied
    return community, guides


def care_page(request, post, form, *, status):
    around = around_post(request, post)
    community = around["community"]
    entries = CareEntry.objects.of(community).with_all().newest_first()
    own = actions.is_for_others(post, request.user, around["guides"])
    answered = post.answers_to
    context = {
        "form": form,
        "flags": [] if own else Flag.objects.on(post).with_people(),
        "is_for_others": own,
        "answered": answered,
        "earlier": entries.about(post.author)[:ENTRIES_SHOWN],
        "crumbs": crumbs(community),
    }
    return render(request, "discussions/care_post.html", around | context, status=status)


def crumbs(community):
    return [(community.title, community.get_absolute_url()), (_("Care"), reverse("care", args=[community.slug]))]
