"""Copying a cohort for the next run of its course."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.actions import RoleNotYours
from discussions.actions import NotTheirs, StaysBehind
from discussions.models import Consent
from markup import TooLong

from .. import actions
from ..forms import CopyForm
from ..models import copyable
from .authoring import crumbs
from .cohorts import managed_cohort


@signed_in
@require_http_methods(["GET", "POST"])
def copy_cohort(request, community):
    """Start the next run with what helped in this one: guides, prompts, conversations, shelf and wiki, by ticks."""
    cohort = managed_cohort(request, community)
    if not request.user.is_staff:
        raise PermissionDenied
    given = Consent.objects.of(cohort.community).by(request.user).choice()
    known = {"cohort": cohort, "copyable": copyable(cohort, request.user), "given": given}
    welcome = getattr(cohort, "welcome", None)
    posted = request.POST if request.method == "POST" else None
    form = CopyForm(posted, welcome=welcome.source if welcome else "", **known)
    if not form.is_valid():
        return copy_page(request, cohort, form, status=422 if form.is_bound else 200)
    try:
        with transaction.atomic():
            if choice := form.cleaned_data.get("choice"):
                actions.choose(by=request.user, community=cohort.community, choice=choice)
            made = actions.copy_cohort(
                by=request.user, cohort=cohort, chosen=form.chosen, key=form.cleaned_data["key"], **form.words
            )
    except (NotTheirs, StaysBehind, RoleNotYours, TooLong):
        form.add_error(None, _("Something of it can't go along any more. Look at the lists and try again."))
        return copy_page(request, cohort, form, status=409)
    messages.success(request, _("The next run is ready. Add its people."))
    return redirect(made)


def copy_page(request, cohort, form, *, status):
    context = {
        "cohort": cohort,
        "community": cohort.community,
        "is_member": cohort.community.membership_of(request.user) is not None,
        "crumbs": [*crumbs(cohort.course), (cohort.community.title, cohort.get_absolute_url())],
        "form": form,
    }
    return render(request, "courses/copy_cohort.html", context, status=status)
