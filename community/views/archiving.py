"""Putting a community away, and bringing it back; and keeping those that are away as they are."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import page_before, signed_in, typed_words

from .. import actions
from ..models import Community
from .running import run_community

# What may be done in an archived community by their names: what is one's own, and looking after what is there.
STILL_DONE = {
    *("read_posts", "read_thread", "mark_unread", "catch_up_community", "readers", "unit_read", "unit_done"),
    *("choose_carrying", "flag_post", "care_post", "undo_care", "change_role", "remove_person", "revoke_invite_link"),
    *("bring_back_community", "leave_community", "show_name_again"),
}


@signed_in
@require_http_methods(["GET", "POST"])
def archive_community(request, community):
    """Put a community away; the page says what that does."""
    community = run_community(request, community)
    if request.method == "POST":
        actions.archive(community=community, by=request.user)
        messages.success(request, _("Archived. Everybody reads on; hosts can bring it back."))
        return redirect(community)
    crumbs = [(community.title, community.get_absolute_url())]
    return render(request, "community/archive.html", {"community": community, "crumbs": crumbs})


@signed_in
@require_POST
def bring_back_community(request, community):
    community = run_community(request, community)
    if actions.bring_back(community=community, by=request.user):
        messages.success(request, _("It is back, and goes on where it stopped."))
    return redirect(community)


def refuse_in_archive(request, view, args, kwargs):
    """Before any view that would change something in an archived community: nothing is, and the words are given back.
    Whoever can't see it gets what they get everywhere."""
    slug, is_asking = kwargs.get("community"), request.method in ("GET", "HEAD", "OPTIONS")
    if is_asking or not slug or not request.user.is_authenticated or request.resolver_match.url_name in STILL_DONE:
        return None
    community = Community.objects.visible_to(request.user).archived().of_slug(slug).first()
    if community is None:
        return None
    context = {"community": community, "typed": typed_words(request), "back": page_before(request)}
    response = render(request, "community/archived.html", context, status=403)
    response["HX-Reswap"] = "none"  # the page keeps its form, with the words in it
    return response
