"""The door of a community: joining it, asking to, and deciding on who asks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.actions import AskedLately, Decided, NotOpen, enter
from community.actions import decline as decline_request
from community.actions import withdraw_request as withdraw
from community.forms import DeclineRequestForm, JoinRequestForm
from community.models import Community, JoinRequest
from community.views import run_community
from notifications.views import saw

from .. import actions

REQUESTS_A_PAGE = 50


@signed_in
@require_http_methods(["GET", "POST"])
def join_community(request, community):
    """What a community says of itself to who is not in it; they join, or ask to."""
    mine = Community.objects.visible_to(request.user).of_slug(community).first()
    if mine:
        return redirect(mine)
    community = get_object_or_404(Community.objects.with_a_door_for(request.user), slug=community)
    if request.method == "GET":
        return door(request, community, JoinRequestForm())
    return come_in(request, community) if community.takes_at_once(request.user) else ask(request, community)


def come_in(request, community):
    try:
        enter(community=community, user=request.user)
    except NotOpen:
        return door(request, community, JoinRequestForm(), status=409)
    messages.success(request, _("Welcome to %(community)s.") % {"community": community.title})
    return redirect(community)


def ask(request, community):
    form = JoinRequestForm(request.POST)
    if not form.is_valid():
        return door(request, community, form, status=422)
    try:
        actions.ask_to_join(community=community, person=request.user, words=form.cleaned_data["words"])
    except (AskedLately, NotOpen):
        return door(request, community, form, status=409)
    messages.success(request, _("You have asked. The hosts have it now; the bell tells you when you are in."))
    return redirect("join_community", community.slug)


def door(request, community, form, *, status=200):
    asked = JoinRequest.objects.to(community).of(request.user).newest()
    hosts = community.memberships.current().hosts().with_people().by_role_and_name()
    again_at = asked and asked.may_be_asked_again_at
    context = {
        "community": community,
        "member_count": community.memberships.current().count(),
        "hosts": [host.user.name for host in hosts],
        "takes_at_once": community.takes_at_once(request.user),
        "asked": asked if asked and (asked.is_open or asked.declined_at) else None,
        "is_too_early": again_at is not None and again_at > timezone.now(),
        "form": form,
        "crumbs": [(_("Find a community"), reverse("find_communities"))],
    }
    return render(request, "courses/join_community.html", context, status=status)


@signed_in
@require_POST
def withdraw_request(request, community):
    """Take back one's request."""
    community = get_object_or_404(Community.objects.with_a_door_for(request.user), slug=community)
    if withdraw(community=community, person=request.user):
        messages.success(request, _("Your request is taken back."))
    return redirect("find_communities")


@signed_in
@require_safe
def join_requests(request, community):
    """Who asks to join; for who runs the community."""
    community = run_community(request, community)
    saw(request, JoinRequest.objects.to(community))
    return requests_page(request, community, DeclineRequestForm())


@signed_in
@require_POST
def admit(request, community, pk):
    """Let somebody in."""
    asked = asked_for(request, run_community(request, community), pk)
    try:
        actions.admit(request=asked, by=request.user)
    except Decided:
        messages.error(request, _("That was decided or taken back meanwhile."))
    else:
        messages.success(request, _("%(name)s is in.") % {"name": asked.person.name})
    return redirect("join_requests", community)


@signed_in
@require_POST
def decline(request, community, pk):
    """Say no, with a few words."""
    community = run_community(request, community)
    asked, form = asked_for(request, community, pk), DeclineRequestForm(request.POST)
    if not form.is_valid():
        return requests_page(request, community, form, refused=asked, status=422)
    try:
        decline_request(request=asked, by=request.user, reason=form.cleaned_data["reason"])
    except Decided:
        messages.error(request, _("That was decided or taken back meanwhile."))
    else:
        messages.success(request, _("Declined. %(name)s reads your words at the door.") % {"name": asked.person.name})
    return redirect("join_requests", community.slug)


def asked_for(request, community, pk):
    return get_object_or_404(JoinRequest.objects.to(community).select_related("community", "person"), pk=pk)


def requests_page(request, community, form, *, refused=None, status=200):
    waiting = JoinRequest.objects.to(community).open().oldest_first()
    context = {
        "community": community,
        "page": Paginator(waiting, REQUESTS_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "refused": refused,
        "crumbs": [(community.title, community.get_absolute_url())],
    }
    return render(request, "courses/join_requests.html", context, status=status)
