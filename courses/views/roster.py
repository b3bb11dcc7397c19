"""Many people at once: a list is brought, looked through line by line, and then done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community import actions as community_actions
from community.models import RosterImport, RosterLine

from ..forms import RosterForm, RosterReadingForm
from .authoring import crumbs
from .cohorts import managed_cohort

LINES_A_PAGE = 100
LISTS_SHOWN = 20
REFUSED = (community_actions.NotText, community_actions.NobodyInIt, community_actions.TooManyLines)


@signed_in
@require_http_methods(["GET", "POST"])
def roster(request, community):
    """Bring a list of people; what it would change is shown before anything is."""
    cohort = managed_cohort(request, community)
    posted = request.method == "POST"
    of = {"by": request.user, "community": cohort.community}
    form = RosterForm(request.POST if posted else None, request.FILES if posted else None, **of)
    if posted and form.is_valid():
        try:
            brought = community_actions.bring_roster(**of, **form.brought)
        except REFUSED as refused:
            form.add_error(None, why_refused(refused))
        else:
            return redirect("roster_list", community, brought.pk)
    lists = RosterImport.objects.of(cohort.community).with_people().newest_first()[:LISTS_SHOWN]
    context = about(cohort) | {"form": form, "lists": lists}
    return render(request, "courses/roster.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def roster_list(request, community, list_id):
    """A list line by line: what it would change, or what came of it."""
    cohort, brought = managed_list(request, community, list_id)
    return list_page(request, cohort, brought, RosterReadingForm(by=request.user, roster=brought))


@signed_in
@require_POST
def read_roster(request, community, list_id):
    """Read a list in another way than it was guessed."""
    cohort, brought = managed_list(request, community, list_id)
    form = RosterReadingForm(request.POST, by=request.user, roster=brought)
    if brought.is_applied:
        return redirect("roster_list", community, list_id)
    if form.is_valid():
        said = {"reading": form.reading, "role": form.cleaned_data["role_of_all"]}
        try:
            community_actions.read_roster(by=request.user, roster=brought, **said)
        except REFUSED as refused:
            form.add_error(None, why_refused(refused))
        else:
            return redirect("roster_list", community, list_id)
    brought.refresh_from_db()
    return list_page(request, cohort, brought, form, status=422)


@signed_in
@require_POST
def apply_roster(request, community, list_id):
    """Do what the lines of a list say."""
    _cohort, brought = managed_list(request, community, list_id)
    here = reverse("roster_list", args=[community, list_id])
    community_actions.apply_roster(by=request.user, roster=brought, removes="removes" in request.POST, path=here)
    return redirect(here)


@signed_in
@require_POST
def discard_roster(request, community, list_id):
    """Forget a list, with the addresses in it; what was done of it stays done."""
    _cohort, brought = managed_list(request, community, list_id)
    community_actions.discard_roster(brought)
    messages.success(request, _("The list is gone. Nobody in the cohort noticed."))
    return redirect("roster", community)


@signed_in
@require_safe
def export_roster(request, community):
    """Who is in and who is invited, as a CSV that can be brought again."""
    cohort = managed_cohort(request, community)
    lines = community_actions.export_roster(by=request.user, community=cohort.community)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{cohort.community.slug}-roster.csv"'
    return response


def managed_list(request, community, list_id):
    cohort = managed_cohort(request, community)
    return cohort, get_object_or_404(RosterImport.objects.of(cohort.community).with_people(), pk=list_id)


def list_page(request, cohort, brought, form, *, status=200):
    show = request.GET.get("show", "")
    show = show if show in RosterLine.Verdict.values else ""
    lines = brought.lines.that_are(show).in_order()
    counts = brought.lines.counts()
    context = about(cohort) | {
        "brought": brought,
        "form": form,
        "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "counts": [(verdict.value, verdict.label, n) for verdict, n in counts.items() if n],
        "count": {verdict.value: n for verdict, n in counts.items()},
        "total": sum(counts.values()),
        "outcomes": [(RosterLine.Outcome(name).label, n) for name, n in brought.lines.outcomes().items()],
        "job": brought.job if brought.is_applied else None,
    }
    return render(request, "courses/roster_list.html", context, status=status)


def about(cohort):
    """What each page of a cohort's management needs."""
    here = [*crumbs(cohort.course), (cohort.community.title, cohort.get_absolute_url())]
    return {"cohort": cohort, "community": cohort.community, "crumbs": here, "tab": "roster"}


def why_refused(error):
    """What to say to somebody whose list can't be read, and what to do about it."""
    if isinstance(error, community_actions.TooManyLines):
        return _("That list has more than 12,000 lines. Bring it in two parts.")
    if isinstance(error, community_actions.NobodyInIt):
        return _("There is nobody in that list.")
    return _("That can't be read as text. Save it as CSV, or paste the cells. A spreadsheet file itself is not read.")
