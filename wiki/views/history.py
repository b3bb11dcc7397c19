"""The versions of a wiki page: what changed, and letting an earlier one stand again."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from markup import settle
from notifications.views import saw

from .. import actions, models
from ..forms import CompareForm, RestoreForm
from .editing import saved_or_asked
from .found import around, is_host, visible_page

REVISIONS_A_PAGE = 50


@signed_in
@require_safe
def history(request, community, slug):
    """Who wrote what when, newest first; those before the number in the address."""
    page = visible_page(request, community, slug)
    before = int(text) if (text := request.GET.get("before", "")).isdecimal() and len(text) < 10 else page.version + 1
    known = page.revisions.below(before).newest_first().with_authors().with_hidings().with_sizes()
    found = list(known[: REVISIONS_A_PAGE + 1])
    for newer, older in zip(found, [*found[1:], None], strict=False):
        newer.grown_by = newer.size - (older.size if older else 0)
    context = {"revisions": found[:REVISIONS_A_PAGE], "has_more": len(found) > REVISIONS_A_PAGE}
    return render(request, "wiki/history.html", around(page) | context)


@signed_in
@require_safe
def revision(request, community, slug, number):
    """One version, unless its words are hidden; to be compared, restored and, for hosts, hidden."""
    page = visible_page(request, community, slug)
    revision = get_object_or_404(page.revisions.with_authors().with_hidings(), number=number)
    saw(request, page.revisions.numbered(number))
    html = "" if revision.hiding else actions.rendered_version(page, revision.source)
    may_hide = is_host(request, page)
    context = {
        "revision": revision,
        "html": html,
        "names": models.Names.in_texts(request.user, page.community, [html]),
        "may_write": page.place.accepts_words_from(request.user),
        "is_host": may_hide,
        "past_hidings": revision.hidings.past().with_people() if may_hide else [],
    }
    return render(request, "wiki/revision.html", around(page) | context)


@signed_in
@require_safe
def compare(request, community, slug):
    """What changed between two versions, as they read or as they were typed. Of hidden words nothing is shown."""
    page = visible_page(request, community, slug)
    form = CompareForm(request.GET)
    if not form.is_valid():
        return redirect("wiki_history", community, page.slug)
    numbers = sorted(form.cleaned_data[name] for name in ("older", "newer"))
    found = {each.number: each for each in page.revisions.numbered(*numbers).with_authors().with_hidings()}
    if set(numbers) - set(found):
        raise Http404
    older, newer = (found[number] for number in numbers)
    is_typed, is_hidden = form.cleaned_data["typed"], bool(older.hiding or newer.hiding)
    context = {"older": older, "newer": newer, "is_typed": is_typed, "is_hidden": is_hidden}
    if not is_hidden:
        draw = None if is_typed else lambda text: without_links(actions.rendered_version(page, text))
        context["comparison"] = models.compare(older, newer, draw)
    return render(request, "wiki/compare.html", around(page) | context)


def without_links(html):
    """With the words of links by a title instead of links: where they led then is not known."""
    return settle(html, lambda title, words: words, lambda title: f"<p>[[{escape(title)}]]</p>")


@signed_in
@require_POST
def restore(request, community, slug, number):
    """Let an earlier version stand again, as a new one. What was saved since the page was shown is merged, as ever."""
    page = visible_page(request, community, slug)
    revision = get_object_or_404(page.revisions.readable(), number=number)
    if not page.place.accepts_words_from(request.user):
        raise PermissionDenied
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Http404
    fields = form.cleaned_data | {"body": revision.source, "summary": _("Version %(n)s again") % {"n": number}}
    return saved_or_asked(request, page, fields)
