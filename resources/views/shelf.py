"""The shelf of a place, and that of a whole community: what was shared, as one chooses, and a form to share more."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from accounts.views import signed_in
from community.models import Community

from ..forms import ShareForm
from ..models import Choice, Resource, Sharing, Tag
from .found import crumbs, visible_place
from .sharing import paced, shared

RESOURCES_A_PAGE = 40
TAGS_SHOWN = 24
PEOPLE_SHOWN = 60


@signed_in
@require_http_methods(["GET", "POST"])
def shelf(request, community, place_id):
    """What was shared at a place; share something there. `?what=`, `?title=` and `?why=` fill the form in."""
    place = visible_place(request, community, place_id)
    if request.method == "GET":
        asked = {name: request.GET[name] for name in ("what", "why", "title") if name in request.GET}
        return shelf_of(request, place, ShareForm(initial=asked))
    form = ShareForm(request.POST, request.FILES)
    sharing, status = shared(request, form, place)
    if sharing is None:
        return paced(refused(request, place, form, status=status), form)
    if not request.htmx:
        return HttpResponseRedirect(sharing.get_absolute_url())
    return on_the_shelf(request, sharing)


@signed_in
@require_safe
def community_shelf(request, community):
    """What was shared anywhere in a community, as far as its reader may see it."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    resources = Resource.objects.visible_to(request.user).shared_in(community)
    context = {"community": community, "place": None, "crumbs": [(community.title, community.get_absolute_url())]}
    context |= chosen(request, Sharing.objects.shelf_in(community, request.user), resources, community)
    return render(request, "resources/shelf.html", context)


def on_the_shelf(request, sharing):
    """The answer in place: a fresh form, and the row on top of the shelf; what was there already comes up again."""
    place, resource = sharing.resource.place, sharing.resource
    row = Sharing.objects.leading_for(request.user).of(resource).first() or sharing
    context = {"sharing": row, "place": place, "community": place.community, "form": ShareForm()}
    response = render(request, "resources/_shared.html", context)
    return trigger_client_event(response, "announce", {"value": _("Shared.")})


def shelf_of(request, place, form, *, status=200):
    rows = Sharing.objects.leading_for(request.user).at(place)
    context = {"place": place, "community": place.community, "form": form, "crumbs": crumbs(place)}
    context |= chosen(request, rows, Resource.objects.visible_to(request.user).at(place), place.community)
    context["may_write"] = place.accepts_words_from(request.user)
    return render(request, "resources/shelf.html", context, status=status)


def chosen(request, rows, resources, community):
    """Of the `rows` of a shelf those that the address asks for, and what else one can ask for: tags and people of the
    `resources` that its reader sees on it."""
    choice, resources = Choice.asked(request.GET), resources.wanted_by(request.user)
    tags = Tag.objects.of(community).used_in(resources)[:TAGS_SHOWN]
    people = Sharing.objects.wanted_by(request.user).of_resources(resources).sharers()[:PEOPLE_SHOWN]
    return {
        "choice": choice,
        "page": Paginator(rows.chosen(choice, request.user), RESOURCES_A_PAGE).get_page(request.GET.get("page")),
        "tags": choice.tags([tag.name for tag in tags]),
        "people": choice.people(list(people)),
    }


def refused(request, place, form, *, status):
    if not request.htmx:
        return shelf_of(request, place, form, status=status)
    context = {"place": place, "community": place.community, "form": form}
    return render(request, "resources/_share_form.html", context, status=status)
