"""Topics that open by themselves: when, and from what members propose."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import ProposalForm, SeriesForm
from ..models import Rights, Thread, TopicSeries
from .found import paused_words, said, said_too_fast, too_fast
from .topics import proposals_at, topics_crumbs, visible_commons

PROPOSALS_A_PAGE = 30


@signed_in
@require_http_methods(["GET", "POST"])
def topic_series(request, community):
    """When topics open by themselves; for guides."""
    commons = visible_commons(request, community)
    if not Rights.at(commons, request.user).may_pose:
        raise PermissionDenied
    series = TopicSeries.objects.at(commons).first()
    usual = {} if series else {"starts_on": timezone.localdate(), "time_zone": request.user.time_zone}
    form = SeriesForm(request.POST if request.method == "POST" else None, instance=series, initial=usual)
    if form.is_valid():
        actions.set_series(by=request.user, place=commons, times=form.times)
        messages.success(request, _("Saved. Topics open by themselves now, as long as somebody proposes some."))
        return redirect("topics", community)
    context = {"community": commons.community, "form": form, "series": series, "crumbs": topics_crumbs(commons)}
    return render(request, "discussions/topic_series.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def rest_series(request, community):
    """Let no topic open by itself for now; for guides."""
    try:
        actions.rest_series(by=request.user, place=visible_commons(request, community))
    except actions.NotTheirs:
        raise PermissionDenied from None
    messages.success(request, _("No topic opens by itself now. What was proposed stays."))
    return redirect("topics", community)


@signed_in
@require_safe
def proposed_topics(request, community):
    """All that members propose, in the order in which it would be opened."""
    commons = visible_commons(request, community)
    page = Paginator(proposals_at(commons, request.user), PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    rights = Rights.at(commons, request.user)
    context = {
        "community": commons.community,
        "page": page,
        "may_write": rights.may_write,
        "may_pick": actions.may_pick(request.user, commons),
        "crumbs": topics_crumbs(commons),
    }
    return render(request, "discussions/proposed_topics.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def propose_topic(request, community):
    """Propose what everybody could talk about."""
    commons = visible_commons(request, community)
    if request.method == "GET":
        return proposal_page(request, commons, ProposalForm())
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return proposal_page(request, commons, form, status=422)
    try:
        actions.propose_topic(author=request.user, place=commons, **form.cleaned_data)
    except actions.ThreadClosed:
        words = paused_words(commons, request.user) or _("You can't write here. Your words are still here.")
        form.add_error(None, words)
        return proposal_page(request, commons, form, status=409)
    except actions.TooFast as pause:
        return too_fast(proposal_page(request, commons, said_too_fast(form, pause), status=429), pause)
    messages.success(request, _("Proposed. Whoever wants to talk about it says “me too”."))
    return redirect(f"{reverse('topics', args=[community])}#proposed")


def proposal_page(request, commons, form, *, status=200):
    context = {"community": commons.community, "place": commons, "form": form, "crumbs": topics_crumbs(commons)}
    return render(request, "discussions/propose_topic.html", context, status=status)


@signed_in
@require_POST
def vote(request, community, thread_id):
    """Say “me too” to a proposed topic, or take that back."""
    for_it = "take" not in request.POST
    words = _("You said: me too.") if for_it else _("You took back: me too.")
    return proposal_changed(request, community, thread_id, words, actions.vote, for_it=for_it)


@signed_in
@require_POST
def pick_topic(request, community, thread_id):
    """Put a proposed topic first, or let its votes count again; for guides."""
    first = "take" not in request.POST
    words = _("It comes first now.") if first else _("Its votes count again.")
    return proposal_changed(request, community, thread_id, words, actions.pick_topic, first=first)


def proposal_changed(request, community, thread_id, words, act, **how):
    """What came of an act: the proposal's row in place, or the list."""
    commons = visible_commons(request, community)
    thread = get_object_or_404(Thread.objects.visible_to(request.user).at(commons).with_places(), pk=thread_id)
    who = "person" if act is actions.vote else "by"
    try:
        act(thread=thread, **{who: request.user}, **how)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.ThreadClosed:
        messages.warning(request, _("It is not waiting any more."))
    row = proposals_at(commons, request.user).numbered(thread_id).first()
    if row is None or not request.htmx:
        return redirect(f"{reverse('topics', args=[community])}#proposal-{thread_id}")
    context = {
        "thread": row,
        "community": commons.community,
        "may_write": Rights.at(commons, request.user).may_write,
        "may_pick": actions.may_pick(request.user, commons),
        "focused": act.__name__,
    }
    return said(render(request, "discussions/_proposal.html", context), words)
