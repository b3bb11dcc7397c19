"""Links by which people get in: making them, taking them back, and following one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.adapter import note_invited
from accounts.views import signed_in

from .. import actions
from ..forms import InviteLinkForm
from ..models import InviteLink
from .running import run_community

LINKS_A_PAGE = 50


@signed_in
@require_http_methods(["GET", "POST"])
def invite_links(request, community):
    """The links to a community, and a new one; for who runs it."""
    community = run_community(request, community)
    roles = actions.roles_to_grant(request.user, community)
    form = InviteLinkForm(request.POST if request.method == "POST" else None, roles=roles)
    if form.is_bound and form.is_valid():
        link = actions.make_link(community=community, by=request.user, **form.terms)
        messages.success(request, _("The link is ready: copy it, and send it to whom you want."))
        return redirect(f"{request.path}#link-{link.pk}")
    links = InviteLink.objects.to(community).with_all().newest_first()
    context = {
        "community": community,
        "form": form,
        "page": Paginator(links, LINKS_A_PAGE).get_page(request.GET.get("page")),
        "crumbs": [(community.title, community.get_absolute_url())],
    }
    return render(request, "community/invite_links.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def revoke_invite_link(request, community, pk):
    """Take a link back; who came by it stays."""
    link = get_object_or_404(InviteLink.objects.to(run_community(request, community)).with_all(), pk=pk)
    actions.revoke_link(link=link, by=request.user)
    messages.success(request, _("Nobody gets in by that link any more."))
    return redirect("invite_links", community)


@require_http_methods(["GET", "POST"])
def invite_link(request, token):
    """What such a link opens. Looking changes nothing; joining is a button."""
    link = InviteLink.objects.for_token(token).with_all().first()
    if link is None:
        return gone(request)
    user = request.user
    if user.is_authenticated and link.community.membership_of(user):
        return redirect(link.community)
    if not actions.works(link):
        return gone(request)
    if request.method == "POST" and user.is_authenticated:
        return come_in_by(request, link)
    if not user.is_authenticated:
        note_invited(request)
    return link_page(request, link, not_yours=user.is_authenticated and not link.lets_in(user))


def come_in_by(request, link):
    try:
        actions.use_link(link=link, user=request.user)
    except actions.LinkNotForYou:
        return link_page(request, link, not_yours=True, status=403)
    except actions.WasRemoved:
        return link_page(request, link, was_removed=True, status=403)
    except actions.LinkOver:
        return gone(request)
    messages.success(request, _("Welcome to %(community)s.") % {"community": link.community.title})
    return redirect(link.community)


def link_page(request, link, *, not_yours=False, was_removed=False, status=200):
    context = {"link": link, "community": link.community, "not_yours": not_yours, "was_removed": was_removed}
    return render(request, "community/invite_link.html", context, status=status)


def gone(request):
    """The same for what never was, is full, is over or was taken back."""
    return render(request, "community/invite_link_gone.html", status=404)
