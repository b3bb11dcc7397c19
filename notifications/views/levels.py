"""How much one hears of something: said where one reads it, on a page of its own, and for everything together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from accounts.views import signed_in

from .. import actions
from ..models import Followed, Hearing, Level, followable, hearings_around, visible_followable

ROWS_A_PAGE = 50
AS_AROUND = ""  # what a form sends to choose nothing


@signed_in
@require_http_methods(["GET", "POST"])
def following(request, kind, pk):
    """Everything of a thing that one can hear more or less of: itself and what is around it. POST chooses for itself;
    `?at=` says from where."""
    subject = found(request, kind, pk)
    asked = request.POST.get("level")
    if asked in [AS_AROUND, *Level.values]:
        actions.follow(person=request.user, subjects=[subject], level=Level(asked) if asked else None)
        return followed(request, kind, pk)
    context = {"hearings": hearings_around(subject, request.user)}
    return render(request, "notifications/following.html", context, status=422 if request.method == "POST" else 200)


def found(request, kind, pk):
    if kind not in followable():
        raise Http404
    return get_object_or_404(visible_followable(kind, request.user), pk=pk)


def followed(request, kind, pk):
    """What one chose, in the place of the buttons; the page around them follows."""
    hearing = Hearing.of(found(request, kind, pk), request.user.pk)
    words = _("%(title)s: %(level)s") % {"title": hearing.title, "level": hearing.level.label}
    at = request.GET.get("at", "")
    if request.htmx:
        answer = render(request, "notifications/_level.html", {"hearing": hearing, "at": at, "swapped": True})
        return trigger_client_event(trigger_client_event(answer, "announce", {"value": words}), "level", hearing.news)
    messages.success(request, words)
    return HttpResponseRedirect(hearing.seen_from(at))


@signed_in
@require_http_methods(["GET", "POST"])
def followings(request):
    """Everything that one follows, community by community; `?level=` chooses among it. POST changes many at once."""
    mine = Followed(request.user, request.GET.get("level", ""))
    if request.method == "POST":
        return changed(request, mine)
    page = Paginator(mine.keys, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "notifications/followings.html", {"page": page, "mine": mine, "hearings": mine.hearings(list(page))}
    )


def changed(request, mine):
    """The chosen ones, or `all` that the list shows on its pages, are heard of at one level."""
    asked = request.POST.get("level")
    if asked not in [AS_AROUND, *Level.values]:
        return redirect("followings")
    subjects = mine.subjects(None if "all" in request.POST else request.POST.getlist("subject"))
    actions.follow(person=request.user, subjects=subjects, level=Level(asked) if asked else None)
    words = ngettext("Changed for %(n)s.", "Changed for %(n)s.", len(subjects)) % {"n": len(subjects)}
    messages.success(request, words)
    return HttpResponseRedirect(request.get_full_path())
