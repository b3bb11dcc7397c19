"""The versions of a wiki page."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from .found import around, visible_page

REVISIONS_A_PAGE = 50


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
