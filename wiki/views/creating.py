"""Beginning a wiki page."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.models import Place
from markup import folded

from .. import actions
from ..forms import NewPageForm
from ..models import Names, PageTemplate, WikiPage
from .found import crumbs, refused_for_pause


@signed_in
@require_http_methods(["GET", "POST"])
def new_page(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    place = get_object_or_404(places, pk=place_id, community__slug=community)
    if request.method == "GET" or "template" in request.POST:
        return answered(request, place, begun(request, place))
    form = NewPageForm(request.POST)
    if not form.is_valid() or refused_for_pause(request, place, form):
        return answered(request, place, form, status=422)
    same = page_called_the_same(request, place, form.cleaned_data)
    if same and "anyway" not in request.POST:
        return answered(request, place, form, same=same, status=409)
    return redirect(actions.create_page(author=request.user, place=place, **form.cleaned_data))


def answered(request, place, form, *, same=None, status=200):
    context = {
        "form": form,
        "same": same,
        "place": place,
        "community": place.community,
        "templates": PageTemplate.objects.offered(place.community),
        "crumbs": crumbs(place.community, place),
    }
    return render(request, "wiki/new_page.html", context, status=status)


def page_called_the_same(request, place, given):
    """Another page of this title that the writer may see: somebody else began it, perhaps just now. None for the page
    that this very form made."""
    row = Names.titled(request.user, place.community, [given["title"]]).row(given["title"], place.pk)
    is_other = row and not row.retired_at and row.name == folded(given["title"]) and row.page.key != given["key"]
    return row.page if is_other else None


def begun(request, place):
    """The form with the title in `?title=`, of a page that a text names already, or with what was written so far, and
    with the template that was chosen below it; one that nobody wrote in makes room."""
    written, name = request.POST, request.POST.get("template") or request.GET.get("template")
    body = written.get("body", "").replace("\r\n", "\n")
    if name:
        offered = {template.name: template.body for template in PageTemplate.objects.offered(place.community)}
        body = "" if body.strip() in {text.strip() for text in offered.values()} else body
        body = "\n\n".join(text for text in (body.rstrip(), offered.get(name)) if text)
    initial = {"title": written.get("title") or asked_title(request), "body": body, "summary": written.get("summary")}
    return NewPageForm(initial=initial | ({"key": written["key"]} if written.get("key") else {}))


def asked_title(request):
    return " ".join(request.GET.get("title", "").replace("\0", "").split())[: WikiPage.TITLE_MAX]
