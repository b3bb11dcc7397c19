from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import RoleForm
from ..models import Beyond, Community, Power, Role, role_table


@signed_in
@require_safe
def roles(request, community):
    """What can I do here? All roles side by side, one's own first in mind."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    membership = community.membership_of(request.user)
    context = {
        "community": community,
        "membership": membership,
        "roles": [*Beyond, *Role],
        "table": role_table(),
        "mine": [power for power in Power if membership.may(power)],
        "guides": community.memberships.current().guides().with_people().by_role_and_name()[:20],
        "crumbs": [(community.title, community.get_absolute_url())],
    }
    return render(request, "community/roles.html", context)


@signed_in
@require_POST
def change_role(request, community, handle):
    """Give somebody who is in another role; for who runs the community."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    grants = actions.roles_to_grant(request.user, community)
    if not grants:
        raise PermissionDenied
    membership = get_object_or_404(community.memberships.current().with_people(), user__handle=handle)
    form = RoleForm(request.POST, roles=grants)
    if not form.is_valid():
        messages.error(request, _("Choose a role."))
    else:
        say_changed(request, membership, form.cleaned_data["role"])
    return redirect("people", community.slug)


def say_changed(request, membership, role):
    try:
        membership = actions.change_role(by=request.user, membership=membership, role=role)
    except actions.LastHost:
        messages.error(request, _("Every community keeps a host. Make somebody else host first."))
    except actions.RoleNotYours:
        raise PermissionDenied from None
    else:
        words = _("%(name)s is %(role)s now.") % {"name": membership.user.name, "role": Role(role).label}
        messages.success(request, words)
