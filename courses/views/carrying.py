"""What goes to later cohorts: how one's own words are shown there, what is put forward, and carrying it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from discussions.actions import NotTheirs, StaysBehind, consent
from discussions.forms import ConsentForm
from discussions.models import CarriedThread, Consent, Thread, agreement_in

from .. import actions
from ..forms import CarryForm
from ..models import Cohort

NOMINATED_SHOWN = 100  # conversations, from the most put forward on
COHORTS_SHOWN = 50


@signed_in
@require_safe
def carrying(request, community):
    return carrying_page(request, visible_cohort(request, community))


@signed_in
@require_POST
def choose_carrying(request, community):
    """Say how what one writes here may be shown to later cohorts."""
    cohort = visible_cohort(request, community)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return carrying_page(request, cohort, consent_form=form, status=422)
    consent(by=request.user, community=cohort.community, choice=form.cleaned_data["choice"])
    messages.success(request, _("Kept. It holds from now on, for all that you wrote here."))
    return redirect("carrying", community)


@signed_in
@require_POST
def carry_threads(request, community):
    """Show conversations that were put forward to a later cohort of the course."""
    cohort = visible_cohort(request, community)
    if not cohort.may_be_carried_from_by(request.user):
        raise PermissionDenied
    threads = {thread.pk: thread for thread in nominated(request, cohort)}
    cohorts = {later.pk: later for later in later_cohorts(request, cohort)}
    form = CarryForm(request.POST, threads=threads, cohorts=cohorts)
    if not form.is_valid():
        return carrying_page(request, cohort, carry_form=form, status=422)
    try:
        carried = actions.carry_threads(by=request.user, threads=form.threads, cohort=form.target)
    except (NotTheirs, StaysBehind):
        form.add_error(None, _("One of them can't be carried any more. Look at the list and try again."))
        return carrying_page(request, cohort, carry_form=form, status=409)
    n, to = len(carried), form.target.community.title
    said = ngettext("%(n)s conversation is shown in %(to)s.", "%(n)s conversations are shown in %(to)s.", n)
    messages.success(request, said % {"n": n, "to": to})
    return redirect("carrying", community)


def visible_cohort(request, community):
    return get_object_or_404(Cohort.objects.visible_to(request.user).with_courses(), community__slug=community)


def nominated(request, cohort):
    known = Thread.objects.visible_to(request.user).of(cohort.community).knowing_unwanted_by(request.user.pk)
    return list(known.nominated().with_places()[:NOMINATED_SHOWN])


def later_cohorts(request, cohort):
    return list(Cohort.objects.after(cohort).carried_between_by(request.user).with_courses()[:COHORTS_SHOWN])


def carrying_page(request, cohort, *, consent_form=None, carry_form=None, status=200):
    community, threads = cohort.community, nominated(request, cohort)
    may_carry = cohort.may_be_carried_from_by(request.user)
    if may_carry:
        agreed, carried = agreement_in(threads), CarriedThread.objects.by_thread(threads)
        for thread in threads:
            thread.writers, thread.agreeing = agreed.get(thread.pk, (0, 0))
            thread.carried_to = carried.get(thread.pk, ())
    given = Consent.objects.of(community).by(request.user).first()
    context = {
        "community": community,
        "crumbs": [(community.title, community.get_absolute_url())],
        "form": consent_form or ConsentForm(initial={"choice": given.choice if given else ""}),
        "given": given,
        "threads": threads,
        "may_carry": may_carry,
        "cohorts": later_cohorts(request, cohort) if may_carry else (),
        "carry_form": carry_form or CarryForm(threads={}, cohorts={}),
    }
    return render(request, "courses/carrying.html", context, status=status)
