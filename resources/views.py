from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from accounts.views import signed_in
from community.models import Place

from . import actions
from .forms import LinkForm
from .models import Resource

RESOURCES_A_PAGE = 40


@signed_in
@require_http_methods(["GET", "POST"])
def shelf(request, community, place_id):
    """Everything that was shared at a place; share something there."""
    places = Place.objects.visible_to(request.user).select_related("community")
    place = get_object_or_404(places, pk=place_id, community__slug=community)
    if request.method == "GET":
        return whole_shelf(request, place, LinkForm())
    form = LinkForm(request.POST)
    if not form.is_valid():
        return refused(request, place, form)
    if not place.accepts_words_from(request.user):
        form.add_error(None, _("Your writing here is paused. What you filled in is still here."))
        return refused(request, place, form, status=409)
    resource = actions.share_link(sharer=request.user, place=place, **form.cleaned_data)
    if request.htmx:
        context = {"resource": resource, "place": place, "community": place.community, "form": LinkForm()}
        response = render(request, "resources/_link_shared.html", context)
        return trigger_client_event(response, "announce", {"value": _("Shared.")})
    return HttpResponseRedirect(resource.get_absolute_url())


def whole_shelf(request, place, form, *, status=200):
    page = Paginator(Resource.objects.shelf_of(place, request.user), RESOURCES_A_PAGE).get_page(request.GET.get("page"))
    context = {"place": place, "community": place.community, "page": page, "form": form}
    return render(request, "resources/shelf.html", context, status=status)


def refused(request, place, form, *, status=422):
    if not request.htmx:
        return whole_shelf(request, place, form, status=status)
    context = {"place": place, "community": place.community, "form": form}
    return render(request, "resources/_link_form.html", context, status=status)
