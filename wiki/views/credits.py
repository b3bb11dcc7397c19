"""Who wrote a page, block by block."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from .. import actions
from ..models import Names
from .found import around, visible_page


@signed_in
@require_safe
def writers(request, community, slug):
    """The page with who wrote it beside each block."""
    page = visible_page(request, community, slug)
    authorship = actions.authorship_of(page, before=page.version + 1)
    people = authorship.people()
    context = {
        "authors": page.authors(),
        "names": Names.in_texts(request.user, page.community, [page.html]),
        "writers": {id: said_of(authorship, id, people) for id in page.standing_blocks()},
    }
    return render(request, "wiki/writers.html", around(page) | context)


def said_of(authorship, block_id, people):
    """Who wrote a block, the last one first, and since which version it has its words; None where nobody knows."""
    known = authorship.people_of(block_id)
    if known is None:
        return None
    ids, number = known
    return {"people": [people[id] for id in ids if id in people], "number": number}
