"""The page on which the people of a cohort leave something for those who come next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community.actions import TooFast
from discussions.actions import NotTheirs, ThreadClosed, consent, reply
from discussions.views import paused_words, said_too_fast, too_fast
from notifications.views import saw
from resources.forms import ShareForm
from resources.views import paced, shared

from .. import actions
from ..forms import TipForm
from ..models import Cohort, EndNotice, HandOver


@signed_in
@require_safe
def hand_over(request, community):
    """One tip, one link and one edit from each. Before it is open, guides find a button to open it."""
    if found := HandOver.objects.visible_to(request.user).of_slug(community).first():
        saw(request, EndNotice.objects.of_community(found.community))
        return hand_over_page(request, found)
    cohort = visible_cohort(request, community)
    if request.user.pk not in cohort.community.guide_roles():
        raise Http404
    context = {"community": cohort.community, "crumbs": crumbs_of(cohort.community)}
    return render(request, "courses/hand_over_closed.html", context)


@signed_in
@require_POST
def open_hand_over(request, community):
    """Ask everybody; for guides."""
    cohort = visible_cohort(request, community)
    if request.user.pk not in cohort.community.guide_roles():
        raise PermissionDenied
    try:
        actions.open_hand_over(cohort=cohort, by=request.user)
    except NotTheirs:
        messages.error(request, _("Your writing here is paused. Another facilitator can open it."))
    except TooFast:
        messages.error(request, _("That was a lot at once. Try again in a minute."))
    return redirect("hand_over", community)


@signed_in
@require_POST
def leave_tip(request, community):
    """An answer to the prompt that asks for tips; with it how later cohorts may see what one writes here."""
    found = visible_hand_over(request, community)
    form = TipForm(request.POST)
    if not form.is_valid():
        return hand_over_page(request, found, tip_form=form, status=422)
    try:
        reply(author=request.user, thread=found.thread, **form.words)
    except ThreadClosed:
        closed = _("The conversation of the tips is closed. Your words are still here.")
        form.add_error(None, paused_words(found.place, request.user) or closed)
        return hand_over_page(request, found, tip_form=form, status=409)
    except TooFast as pause:
        page = hand_over_page(request, found, tip_form=said_too_fast(form, pause), status=429)
        return too_fast(page, pause)
    if form.cleaned_data["choice"]:
        consent(by=request.user, community=found.community, choice=form.cleaned_data["choice"])
    messages.success(request, _("Your tip stands."))
    return redirect("hand_over", community)


@signed_in
@require_POST
def leave_link(request, community):
    """Something for the shelf, put forward with it."""
    found = visible_hand_over(request, community)
    form = ShareForm(request.POST, request.FILES)
    sharing, status = shared(request, form, found.place)
    if sharing is None:
        return paced(hand_over_page(request, found, share_form=form, status=status), form)
    actions.nominate_thing(by=request.user, thing=sharing.resource)
    messages.success(request, _("It is on the shelf, and put forward."))
    return redirect("hand_over", community)


def visible_cohort(request, community):
    return get_object_or_404(Cohort.objects.visible_to(request.user).with_courses(), community__slug=community)


def visible_hand_over(request, community):
    found = HandOver.objects.visible_to(request.user).of_slug(community).first()
    if found is None:
        raise Http404
    return found


def crumbs_of(community):
    return [(community.title, community.get_absolute_url())]


def hand_over_page(request, found, *, tip_form=None, share_form=None, status=200):
    given = found.given_by(request.user)
    context = {
        "hand_over": found,
        "community": found.community,
        "place": found.place,
        "crumbs": crumbs_of(found.community),
        "given": given,
        "tip_count": max(0, found.thread.post_count - 1),
        "tip_form": tip_form or TipForm(),
        "form": share_form or ShareForm(),
        "may_write": found.place.accepts_words_from(request.user),
    }
    return render(request, "courses/hand_over.html", context, status=status)
