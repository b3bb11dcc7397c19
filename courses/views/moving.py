"""Moving people to another cohort."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in

from .. import actions
from ..forms import MoveForm
from ..models import Cohort
from .cohorts import PEOPLE_A_PAGE, managed_cohort
from .roster import about

COHORTS_TO_CHOOSE = 200


@signed_in
@require_http_methods(["GET", "POST"])
def move_to_cohort(request, community):
    """Tick people of a cohort and say where they are to be instead; long moves go on by themselves."""
    cohort = managed_cohort(request, community)
    others = Cohort.objects.managed_by(request.user).with_courses().running().besides(cohort)[:COHORTS_TO_CHOOSE]
    posted = request.method == "POST"
    form = MoveForm(request.POST if posted else None, cohorts=others)
    if posted and form.is_valid():
        try:
            return moved(request, cohort, form)
        except actions.NobodyToMove:
            form.add_error(None, _("They are not here any more."))
    members = cohort.community.memberships.current().with_people().by_role_and_name()
    page = Paginator(members, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = about(cohort) | {"form": form, "page": page, "tab": "people"}
    return render(request, "courses/move_to_cohort.html", context, status=422 if form.errors else 200)


def moved(request, cohort, form):
    """Do what a valid form says; where one is led then. Raises NobodyToMove."""
    asked = {"memberships": form.memberships, "key": form.cleaned_data["key"]}
    of = {"by": request.user, "source": cohort.community, "target": form.target.community}
    move = actions.move_people(**of, **asked, path=form.target.get_absolute_url())
    if move.finished_at is None and move.job:
        return redirect(move.job)
    n = move.people.count()
    words = ngettext("%(n)s person is in %(community)s now.", "%(n)s people are in %(community)s now.", n)
    messages.success(request, words % {"n": n, "community": move.target.title})
    if move.stayed:
        words = ngettext("%(n)s could not be moved.", "%(n)s could not be moved.", move.stayed)
        messages.warning(request, words % {"n": move.stayed})
    return redirect(cohort)
