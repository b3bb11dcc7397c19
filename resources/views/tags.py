"""The tags of a community: completed as one types, renamed and brought together by its hosts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Community

from .. import actions
from ..forms import TagForm
from ..models import Resource, Tag

TAGS_COMPLETED = 8
TAGS_A_PAGE = 100


@signed_in
@require_safe
def tags(request, community):
    """Tags that begin with `q`, of what the reader sees on the community's shelves; the most used first."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    part = request.GET.get("q", "").strip().lower()[: Tag.NAME_MAX]
    if "\0" in part:
        return JsonResponse({"found": []})
    found = used_tags(request, community).starting_with(part)[:TAGS_COMPLETED]
    return JsonResponse({"found": [tag.name for tag in found]})


def used_tags(request, community):
    resources = Resource.objects.visible_to(request.user).shared_in(community).wanted_by(request.user)
    return Tag.objects.of(community).used_in(resources)


@signed_in
@require_safe
def community_tags(request, community):
    """All tags of a community; for its hosts."""
    community = hosted(request, community)
    page = Paginator(used_tags(request, community), TAGS_A_PAGE).get_page(request.GET.get("page"))
    crumbs = [(community.title, community.get_absolute_url())]
    return render(request, "resources/tags.html", {"community": community, "page": page, "crumbs": crumbs})


@signed_in
@require_http_methods(["GET", "POST"])
def edit_tag(request, community, tag_id):
    """Rename a tag. Where another one is called so, the page asks first whether both shall become one."""
    community = hosted(request, community)
    tag = get_object_or_404(Tag.objects.of(community), pk=tag_id)
    form = TagForm(request.POST if request.method == "POST" else None, initial={"name": tag.name})
    if not form.is_valid():
        return tag_page(request, community, tag, form, status=422 if form.errors else 200)
    name = form.cleaned_data["name"]
    other = Tag.objects.of(community).named(name).first()
    if other and other != tag and request.POST.get("merge") != "yes":
        return tag_page(request, community, tag, form, other=other, status=409)
    actions.rename_tag(tag, name)
    messages.success(request, _("It is called %(name)s now.") % {"name": name})
    return redirect("community_tags", community.slug)


@signed_in
@require_POST
def remove_tag(request, community, tag_id):
    """Take a tag from everything that has it; what was shared stays."""
    community = hosted(request, community)
    tag = get_object_or_404(Tag.objects.of(community), pk=tag_id)
    actions.drop_tag(tag)
    messages.success(request, _("Nothing is tagged %(name)s any more.") % {"name": tag.name})
    return redirect("community_tags", community.slug)


def tag_page(request, community, tag, form, *, other=None, status=200):
    crumbs = [
        (community.title, community.get_absolute_url()),
        (_("Tags"), reverse("community_tags", args=[community.slug])),
    ]
    context = {"community": community, "tag": tag, "form": form, "other": other, "crumbs": crumbs}
    return render(request, "resources/edit_tag.html", context, status=status)


def hosted(request, community):
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    if not community.membership_of(request.user).is_host:
        raise PermissionDenied
    return community
