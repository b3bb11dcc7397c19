"""Beginning a wiki page."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.models import Place

from .. import actions
from ..forms import NewPageForm
from ..models import WikiPage
from .found import crumbs, refused_for_pause


@signed_in
@require_http_methods(["GET", "POST"])
def new_page(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    place = get_object_or_404(places, pk=place_id, community__slug=community)
    posted = request.method == "POST"
    form = NewPageForm(request.POST) if posted else NewPageForm(initial={"title": asked_title(request)})
    if posted and form.is_valid() and not refused_for_pause(request, place, form):
        page = actions.create_page(author=request.user, place=place, **form.cleaned_data)
        return redirect(page)
    context = {"form": form, "place": place, "community": place.community, "crumbs": crumbs(place.community, place)}
    return render(request, "wiki/new_page.html", context, status=422 if form.errors else 200)


def asked_title(request):
    """The title in `?title=`: of a page that a text names already."""
    return " ".join(request.GET.get("title", "").replace("\0", "").split())[: WikiPage.TITLE_MAX]
