"""A cohort in one page: what it is, when, its days off, its people and its welcome; looked at first, then made."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reselect, retarget

from accounts.models import User
from accounts.views import signed_in
from community.actions import invite

from .. import actions
from ..forms import CohortForm
from ..models import Course, PlanTerms, preview_of
from .authoring import crumbs, editable_course


@signed_in
@require_http_methods(["GET", "POST"])
def start_cohort(request):
    return new_cohort(request)


@signed_in
@require_http_methods(["GET", "POST"])
def new_cohort(request, course=None):
    """Start a run of a course. Whoever starts it hosts it."""
    form = cohort_form(request, course)
    if request.method == "GET" or not form.is_valid():
        return form_page(request, form)
    cohort = actions.start_cohort(host=request.user, **form.words)
    invite_all(cohort, form.people, by=request.user)
    messages.success(request, _("The cohort is ready."))
    return redirect(cohort)


@signed_in
@require_POST
def preview_cohort(request):
    """The cohort as it would be: its dates, who comes, its welcome. Nothing is made and nobody hears of it."""
    form = cohort_form(request)
    if not form.is_valid():
        response = reselect(retarget(form_page(request, form), "#cohort-form"), "#cohort-form")
        response["HX-Reswap"] = "outerHTML show:[aria-invalid=true]:top"
        return response
    words = form.words
    terms = PlanTerms(words["starts_on"], words["time_zone"], words["holidays"])
    emails = [email for some in form.people.values() for email in some]
    known = User.objects.active().confirmed_among(emails)
    preview = {
        "plan": None if words["is_self_paced"] else preview_of(words["course"], terms),
        "zone": words["time_zone"],
        "is_self_paced": words["is_self_paced"],
        "people": [(role.label, some) for role, some in form.people.items() if some],
        "known_count": known,
        "invited_count": len(emails) - known,
        "welcome": actions.preview_welcome(words["welcome"]),
    }
    return form_page(request, form, preview=preview)


def cohort_form(request, course=None):
    """The form, for who may start cohorts."""
    chosen = editable_course(request, course) if course else None
    if not request.user.is_staff:
        raise PermissionDenied
    initial = {"time_zone": request.user.time_zone, "starts_on": timezone.localdate()}
    data = request.POST if request.method == "POST" else None
    courses = Course.objects.editable_by(request.user).by_title()
    return CohortForm(data, initial=initial, courses=courses, course=chosen)


def form_page(request, form, *, preview=None):
    context = {"form": form, "preview": preview, "crumbs": crumbs(form.course)}
    page = "courses/_cohort_preview.html" if preview and request.htmx else "courses/new_cohort.html"
    return render(request, page, context, status=422 if form.errors else 200)


def invite_all(cohort, people, *, by):
    for role, emails in people.items():
        for email in emails:
            invite(community=cohort.community, email=email, role=role, invited_by=by)
