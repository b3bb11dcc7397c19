from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import hide_person
from accounts.adapter import note_invited
from accounts.models import HiddenPerson
from accounts.views import own_path, page_before, signed_in

from .. import actions
from ..forms import CommunityForm
from ..models import (
    Community,
    Invitation,
    Place,
    found_people,
    note_reading,
    others_reading,
    people_visible_to,
    roles_granted_by,
    show_people,
    shown_to,
)

PEOPLE_A_PAGE = 60


@signed_in
@require_safe
def people(request, community):
    """Who is in a community."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    membership = community.membership_of(request.user)
    search = Search.asked(request.GET)
    members = community.memberships.current().with_people().knowing_hidden_from(request.user).by_role_and_name()
    found = found_people(members, request.user, is_guide=membership.is_guide, **vars(search))
    page = Paginator(found.select_related("user__profile"), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = show_people(list(page), request.user, is_guide=membership.is_guide)
    context = {
        "community": community,
        "page": page,
        "search": search,
        "crumbs": [(_("Communities"), reverse("communities")), (community.title, community.get_absolute_url())],
        "is_guide": membership.is_guide,
        "grants": roles_granted(request.user, membership),
    }
    return render(request, "community/people.html", context)


@dataclass
class Search:
    """Whom a reader looks for: words of a name or an interest, and interests exactly."""

    words: str
    knows: str
    wants: str

    @classmethod
    def asked(cls, query):
        q, knows, wants = (query.get(name, "").replace("\0", " ").strip()[:100] for name in ("q", "knows", "wants"))
        return cls(q, knows, wants)

    @property
    def is_asked(self):
        return bool(self.words or self.knows or self.wants)


def roles_granted(user, membership):
    """The roles that they may give here, with their names."""
    return [(role.value, role.label) for role in roles_granted_by(membership.role, is_admin=user.is_staff)]


@signed_in
@require_POST
def trust(request, community, handle):
    """Let a new member write as much as everybody; for guides."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    if request.user.pk not in community.guide_roles():
        raise PermissionDenied
    membership = get_object_or_404(community.memberships.current().with_people(), user__handle=handle)
    actions.trust(membership, by=request.user)
    words = _("%(name)s can write as much as everybody now.") % {"name": membership.user.name}
    messages.success(request, words)
    return redirect("people", community.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def community_settings(request, community):
    """How things are done in a community; for its hosts."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    if not community.membership_of(request.user).is_host:
        raise PermissionDenied
    posted = request.method == "POST"
    form = CommunityForm(request.POST if posted else None, instance=community)
    if posted and form.is_valid():
        actions.change_settings(community=community, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(community)
    crumbs = [(community.title, community.get_absolute_url())]
    context = {"community": community, "form": form, "crumbs": crumbs}
    return render(request, "community/settings.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def readers(request, community, place_id):
    """Who else reads at a place just now, as a fragment. With that its reader says that they do, or with `left` that
    they don't any more; it is seen by others only if they want that, and written down nowhere."""
    places = Place.objects.visible_to(request.user).select_related("within")
    place = get_object_or_404(places, pk=place_id, community__slug=community)
    note_reading(place, request.user, is_here="left" not in request.POST)
    return render(request, "community/_readers.html", {"people": others_reading(place, request.user)})


@signed_in
@require_safe
def person(request, handle):
    """What somebody says about themselves, and the communities one shares with them."""
    person = get_object_or_404(people_visible_to(request.user).select_related("profile"), handle=handle)
    shared = Community.objects.visible_to(request.user).with_member(person).by_title()
    is_hidden = HiddenPerson.objects.of(request.user).of_person(person).exists()
    context = {"person": person, "communities": shared, "is_hidden": is_hidden}
    context["shown"] = shown_to(person, request.user)
    return render(request, "community/person.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def block(request, handle):
    """Not see somebody's words any more. The page says what that does; then one goes on where one was."""
    person = get_object_or_404(people_visible_to(request.user), handle=handle)
    if person == request.user:
        raise Http404
    if request.method == "GET":
        return render(request, "community/block.html", {"person": person, "back": page_before(request)})
    hide_person(person=request.user, hidden=person)
    words = _("You don't see the words of %(name)s any more. Your settings undo that, under Blocked people.")
    messages.success(request, words % {"name": person.name})
    return HttpResponseRedirect(own_path(request, request.POST.get("next", "")))


@signed_in
@require_safe
def avatar(request, handle, name):
    """A person's picture. `name` changes with the picture, so a browser may keep it."""
    person = get_object_or_404(people_visible_to(request.user), handle=handle)
    if not person.avatar or person.avatar.name.rpartition("/")[2] != name:
        raise Http404
    response = FileResponse(person.avatar.open(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=604800, immutable"
    return response


@require_http_methods(["GET", "POST"])
def invitation(request, token):
    """What a link in an invitation opens. Looking changes nothing; joining is a button."""
    invitation = Invitation.objects.for_token(token).select_related("community", "invited_by").first()
    if invitation is None:
        return render(request, "community/invitation_gone.html", status=404)
    note_invited(request)
    if request.method == "POST" and request.user.is_authenticated:
        try:
            actions.accept_invitation(invitation, request.user)
        except actions.InvitationNotYours:
            context = {"invitation": invitation, "not_yours": True}
            return render(request, "community/invitation.html", context, status=403)
        except Invitation.DoesNotExist:
            return render(request, "community/invitation_gone.html", status=404)
        messages.success(request, _("Welcome to %(community)s.") % {"community": invitation.community.title})
        return redirect(invitation.community)
    not_yours = request.user.is_authenticated and not invitation.is_for(request.user)
    return render(request, "community/invitation.html", {"invitation": invitation, "not_yours": not_yours})


@require_POST
def decline_invitation(request, token):
    """Hear no more of an invitation; for whoever has its link, signed in or not."""
    invitation = get_object_or_404(Invitation.objects.for_token(token))
    actions.decline_invitation(invitation)
    messages.success(request, _("We won't write to you about it again."))
    return redirect("today")
