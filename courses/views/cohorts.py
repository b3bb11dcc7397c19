"""Where cohorts are set up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community.actions import LastHost, invite, remove_member
from community.models import Membership

from ..forms import PeopleForm
from ..models import Cohort
from .authoring import crumbs

PEOPLE_A_PAGE = 100
INVITATIONS_BESIDE = 10


@signed_in
@require_safe
def manage_cohort(request, community):
    return cohort_page(request, managed_cohort(request, community), PeopleForm())


@signed_in
@require_POST
def add_people(request, community):
    """Add people by address: known ones are in at once, others get a mail with a link."""
    cohort = managed_cohort(request, community)
    form = PeopleForm(request.POST)
    if not form.is_valid():
        return cohort_page(request, cohort, form, status=422)
    made = [
        invite(community=cohort.community, email=email, role=form.cleaned_data["role"], invited_by=request.user)
        for email in form.cleaned_data["emails"]
    ]
    joined = sum(isinstance(one, Membership) for one in made)
    invited = len(made) - joined
    if joined:
        messages.success(request, ngettext("%(n)s person is in.", "%(n)s people are in.", joined) % {"n": joined})
    if invited:
        sent = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", invited)
        messages.success(request, sent % {"n": invited})
    return redirect(cohort)


@signed_in
@require_POST
def remove_person(request, community, membership_id):
    """End somebody's membership; their words stay."""
    cohort = managed_cohort(request, community)
    membership = get_object_or_404(cohort.community.memberships.current().with_people(), pk=membership_id)
    try:
        remove_member(membership, by=request.user)
    except LastHost:
        messages.error(request, _("Every community keeps a host. Make somebody else host first."))
    else:
        messages.success(request, _("%(name)s is out. Their words stay.") % {"name": membership.user.name})
    return redirect(cohort)


def managed_cohort(request, community):
    return get_object_or_404(Cohort.objects.managed_by(request.user).with_courses(), community__slug=community)


def cohort_page(request, cohort, form, *, status=200):
    members = cohort.community.memberships.current().with_people().by_role_and_name()
    context = {
        "cohort": cohort,
        "community": cohort.community,
        "course": cohort.course,
        "crumbs": crumbs(cohort.course),
        "form": form,
        "page": Paginator(members, PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "invitations": cohort.community.invitations.open().newest_first()[:INVITATIONS_BESIDE],
        "is_member": cohort.community.membership_of(request.user) is not None,
    }
    return render(request, "courses/manage_cohort.html", context, status=status)
