from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import signed_in
from community.models import EditConflict, Place

from . import actions
from .forms import EditForm, NewPageForm
from .models import WikiPage

REVISIONS_A_PAGE = 50


@signed_in
@require_http_methods(["GET", "POST"])
def new_page(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    place = get_object_or_404(places, pk=place_id, community__slug=community)
    posted = request.method == "POST"
    form = NewPageForm(request.POST if posted else None)
    if posted and form.is_valid() and not refused_for_pause(request, place, form):
        page = actions.create_page(author=request.user, place=place, **form.cleaned_data)
        return redirect(page)
    context = {"form": form, "place": place, "community": place.community, "crumbs": crumbs(place.community, place)}
    return render(request, "wiki/new_page.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request, community, slug):
    """Edit a page. When somebody saved meanwhile, both texts are shown and nothing is overwritten."""
    page = visible_page(request, community, slug)
    if request.method == "GET":
        form = EditForm(initial={"body": page.source, "version": page.version})
        return render(request, "wiki/edit.html", around(page) | {"form": form})
    form = EditForm(request.POST)
    if not form.is_valid():
        return render(request, "wiki/edit.html", around(page) | {"form": form}, status=422)
    if refused_for_pause(request, page.place, form):
        return render(request, "wiki/edit.html", around(page) | {"form": form}, status=409)
    try:
        page = actions.edit_page(author=request.user, page=page, **form.cleaned_data)
    except EditConflict as conflict:
        mine = form.cleaned_data["body"]
        form = EditForm(initial=form.cleaned_data | {"version": conflict.text.version})
        context = around(conflict.text) | {"form": form, "mine": mine, "theirs": conflict.text.source}
        return render(request, "wiki/conflict.html", context, status=409)
    messages.success(request, _("Saved as version %(n)s.") % {"n": page.version})
    return redirect(page)


@signed_in
@require_safe
def history(request, community, slug):
    page = visible_page(request, community, slug)
    revisions = Paginator(page.revisions.with_authors().defer("source").newest_first(), REVISIONS_A_PAGE)
    return render(request, "wiki/history.html", around(page) | {"page": revisions.get_page(request.GET.get("page"))})


@signed_in
@require_safe
def revision(request, community, slug, number):
    page = visible_page(request, community, slug)
    revision = get_object_or_404(page.revisions.with_authors(), number=number)
    return render(request, "wiki/revision.html", around(page) | {"revision": revision})


def refused_for_pause(request, place, form):
    """Whether its writer may not write here; the form then says so and keeps the words."""
    if place.accepts_words_from(request.user):
        return False
    form.add_error(None, _("Your writing here is paused. Your words are still here."))
    return True


def visible_page(request, community, slug):
    """The page with where it hangs and where it is talked about."""
    pages = WikiPage.objects.visible_to(request.user).select_related("place", "talk", "community", "last_edited_by")
    return get_object_or_404(pages, slug=slug, community__slug=community)


def around(page):
    way = [*crumbs(page.community, page.place), (page.title, page.get_absolute_url())]
    return {"wiki_page": page, "place": page.place, "community": page.community, "crumbs": way}


def crumbs(community, place):
    """The way down to a page at `place`, which is in `community`."""
    way = [(community.title, community.get_absolute_url())]
    return way if place.kind == Place.Kind.COMMONS else [*way, (place.title, place.path)]
