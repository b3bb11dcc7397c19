"""Who was invited to a cohort and hasn't answered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community import actions as community_actions

from .cohorts import managed_cohort
from .roster import about

INVITATIONS_A_PAGE = 100


@signed_in
@require_safe
def invitations(request, community):
    """Whose answer is open, and how often they were written to."""
    cohort = managed_cohort(request, community)
    waiting = cohort.community.invitations.open().with_community().newest_first()
    page = Paginator(waiting, INVITATIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/invitations.html", about(cohort) | {"page": page, "tab": "invitations"})


@signed_in
@require_POST
def remind_invited(request, community, invitation_id):
    """Write to somebody again, now."""
    invitation = open_invitation(request, community, invitation_id)
    if community_actions.remind(invitation.pk, at_once=True):
        messages.success(request, _("A mail to %(email)s is on its way.") % {"email": invitation.email})
    else:
        messages.info(request, _("%(email)s has had mail about it just now, or often.") % {"email": invitation.email})
    return redirect("invitations", community)


@signed_in
@require_POST
def withdraw_invitation(request, community, invitation_id):
    """Take an invitation back."""
    invitation = open_invitation(request, community, invitation_id)
    community_actions.withdraw_invitation(by=request.user, invitation=invitation)
    messages.success(request, _("%(email)s is not invited any more.") % {"email": invitation.email})
    return redirect("invitations", community)


def open_invitation(request, community, invitation_id):
    cohort = managed_cohort(request, community)
    return get_object_or_404(cohort.community.invitations.open(), pk=invitation_id)
