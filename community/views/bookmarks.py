"""What one keeps for oneself, across everything; nobody else ever sees it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.views import signed_in

from .. import actions
from ..forms import BookmarkNoteForm
from ..models import KIND_NAMES, Bookmark, Community, bookmarkable, with_targets

BOOKMARKS_A_PAGE = 40


@signed_in
@require_safe
def bookmarks(request):
    """All of them, newest first; `?kind=` and `?in=` choose among them, `?removed=` offers to undo."""
    mine = Bookmark.objects.visible_to(request.user)
    communities = list(Community.objects.visible_to(request.user).by_title())
    kind, community = request.GET.get("kind", ""), request.GET.get("in", "")
    if kind in bookmarkable():
        mine = mine.of_kind(kind)
    chosen = next((one for one in communities if one.slug == community), None)
    if chosen:
        mine = mine.in_community(chosen)
    page = Paginator(mine.newest_first(), BOOKMARKS_A_PAGE).get_page(request.GET.get("page"))
    gone = request.GET.get("removed", "")
    gone = Bookmark.objects.of(request.user).removed().numbered(gone) if gone.isdecimal() and len(gone) < 19 else None
    context = {
        "page": page,
        "bookmarks": with_targets(page, request.user),
        "kinds": [(name, KIND_NAMES[name][1]) for name in bookmarkable()],
        "kind": kind if kind in bookmarkable() else "",
        "communities": communities,
        "chosen": chosen,
        "removed": gone.first() if gone is not None else None,
    }
    return render(request, "community/bookmarks.html", context)


@signed_in
@require_POST
def bookmark(request, kind, pk):
    """Keep something that one may see, or with `keep=no` keep it no longer. Each says what shall be."""
    if kind not in bookmarkable():
        raise Http404
    target = get_object_or_404(bookmarkable()[kind].objects.as_bookmarks(request.user), pk=pk)
    target.is_kept = request.POST.get("keep") != "no"
    if target.is_kept:
        actions.keep_bookmark(person=request.user, target=target)
        words = _("Bookmarked. Your menu leads to your bookmarks.")
    else:
        actions.remove_bookmark(Bookmark.objects.of_target(target), person=request.user)
        words = _("No longer among your bookmarks.")
    if request.htmx:
        name = "community/_bookmark_in_menu.html" if "menu" in request.POST else "community/_bookmark.html"
        return said(render(request, name, {"target": target, "swapped": True}), words)
    messages.success(request, words)
    return HttpResponseRedirect(target.get_absolute_url())


@signed_in
@require_http_methods(["GET", "POST"])
def bookmark_note(request, pk):
    """What one kept it for, in one's own words."""
    bookmark = get_object_or_404(Bookmark.objects.visible_to(request.user), pk=pk)
    posted = request.method == "POST"
    form = BookmarkNoteForm(request.POST if posted else None, instance=bookmark)
    if posted and form.is_valid():
        actions.note_bookmark(bookmark, form.cleaned_data["note"])
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(f"{reverse('bookmarks')}#bookmark-{bookmark.pk}")
    context = {"form": form, "bookmark": with_targets([bookmark], request.user)[0]}
    return render(request, "community/bookmark_note.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def remove_bookmark(request, pk):
    mine = Bookmark.objects.visible_to(request.user)
    bookmark = get_object_or_404(mine, pk=pk)
    actions.remove_bookmark(Bookmark.objects.of(request.user).numbered(pk), person=request.user)
    if request.htmx:
        return said(render(request, "community/_bookmark_removed.html", {"bookmark": bookmark}), _("Removed."))
    return HttpResponseRedirect(f"{reverse('bookmarks')}?removed={pk}")


@signed_in
@require_POST
def restore_bookmark(request, pk):
    """Undo that one took it away."""
    bookmark = get_object_or_404(Bookmark.objects.of(request.user), pk=pk)
    actions.restore_bookmark(bookmark)
    shown = with_targets([bookmark], request.user)
    if request.htmx and shown:
        context = {"bookmark": shown[0], "swapped": True}
        return said(render(request, "community/_bookmark_row.html", context), _("It is back."))
    return redirect("bookmarks")


def said(response, words):
    """`response`, with `words` for who hears the page instead of seeing it."""
    return trigger_client_event(response, "announce", {"value": words})
