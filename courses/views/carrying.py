"""What goes to later cohorts: how one's own words are shown there, what is put forward, and carrying it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from discussions.actions import NotTheirs, StaysBehind
from discussions.forms import ConsentForm
from discussions.models import CarriedThread, Consent, Nomination, Thread, agreement_in
from notifications.views import saw

from .. import actions
from ..forms import CarryForm
from ..models import CarriedThing, Cohort, ThingNomination, agreements, communities_carried_to

NOMINATED_SHOWN = 100  # conversations, and other things, from the most put forward on
COMMUNITIES_SHOWN = 50


@dataclass(frozen=True)
class Forward:
    """What is put forward in a community, for one who sees it there: conversations, and things that are none."""

    threads: list
    things: list

    def __bool__(self):
        return bool(self.threads or self.things)

    def note_agreement(self):
        """Note how many people each is of and how many of them agree, and where it was carried."""
        of_threads, of_things = agreement_in(self.threads), agreements(self.things)
        carried, things = CarriedThread.objects.by_thread(self.threads), CarriedThing.objects.by_thing(self.things)
        for thread in self.threads:
            thread.writers, thread.agreeing = of_threads.get(thread.pk, (0, 0))
            thread.carried_to = carried.get(thread.pk, ())
        for thing in self.things:
            thing.writers, thing.agreeing = of_things[thing]
            thing.carried_to = things.get(thing, ())


@signed_in
@require_safe
def carrying(request, community):
    cohort = visible_cohort(request, community)
    saw(request, *(kind.objects.in_community(cohort.community) for kind in (Nomination, ThingNomination)))
    return carrying_page(request, cohort)


@signed_in
@require_POST
def choose_carrying(request, community):
    """Say how what one writes here may be shown to later cohorts."""
    cohort = visible_cohort(request, community)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return carrying_page(request, cohort, consent_form=form, status=422)
    actions.choose(by=request.user, community=cohort.community, choice=form.cleaned_data["choice"])
    messages.success(request, _("Kept. It holds from now on, for all that you wrote here."))
    return redirect("carrying", community)


@signed_in
@require_POST
def carry(request, community):
    """Show what was put forward to a later cohort of the course."""
    cohort = visible_cohort(request, community)
    if not cohort.may_be_carried_from_by(request.user):
        raise PermissionDenied
    forward = put_forward(request, cohort)
    form = CarryForm(request.POST, **vars(forward), communities=later_communities(request, cohort))
    if not form.is_valid():
        return carrying_page(request, cohort, carry_form=form, status=422)
    try:
        with transaction.atomic():
            n = len(actions.carry_threads(by=request.user, threads=form.threads, to=form.target))
            n += len(actions.carry_things(by=request.user, things=form.things, to=form.target))
    except (NotTheirs, StaysBehind):
        form.add_error(None, _("One of them can't be carried any more. Look at the list and try again."))
        return carrying_page(request, cohort, carry_form=form, status=409)
    said = ngettext("%(n)s of them is shown in %(to)s.", "%(n)s of them are shown in %(to)s.", n)
    messages.success(request, said % {"n": n, "to": form.target.title})
    return redirect("carrying", community)


def visible_cohort(request, community):
    return get_object_or_404(Cohort.objects.visible_to(request.user).with_courses(), community__slug=community)


def put_forward(request, cohort):
    known = Thread.objects.visible_to(request.user).of(cohort.community).knowing_unwanted_by(request.user.pk)
    things = ThingNomination.objects.visible_to(request.user).in_community(cohort.community).standing()
    return Forward(
        list(known.nominated().with_places()[:NOMINATED_SHOWN]), things.things(NOMINATED_SHOWN, by=request.user)
    )


def later_communities(request, cohort):
    return list(communities_carried_to(cohort.community, by=request.user)[:COMMUNITIES_SHOWN])


def carrying_page(request, cohort, *, consent_form=None, carry_form=None, status=200):
    community, forward = cohort.community, put_forward(request, cohort)
    may_carry = cohort.may_be_carried_from_by(request.user)
    if may_carry:
        forward.note_agreement()
    given = Consent.objects.of(community).by(request.user).first()
    context = {
        "community": community,
        "crumbs": [(community.title, community.get_absolute_url())],
        "form": consent_form or ConsentForm(initial={"choice": given.choice if given else ""}),
        "given": given,
        "forward": forward,
        "may_carry": may_carry,
        "communities": later_communities(request, cohort) if may_carry else (),
        "carry_form": carry_form or CarryForm(threads=(), things=(), communities=()),
    }
    return render(request, "courses/carrying.html", context, status=status)
