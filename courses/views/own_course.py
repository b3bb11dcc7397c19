"""A course that a community writes for itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.models import Community

from .. import actions
from ..forms import OwnCourseForm
from ..models import Cohort


@signed_in
@require_http_methods(["GET", "POST"])
def own_course(request, community):
    """Begin one, with its first unit; where there is a course already, go there."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    if not community.membership_of(request.user).may_write:
        raise PermissionDenied
    cohort = Cohort.objects.of_community(community).with_courses().first()
    if cohort:
        return redirect(cohort.course)
    form = OwnCourseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            unit = actions.begin_own_course(community=community, by=request.user, **form.words)
        except actions.TakesACourse:
            return redirect("own_course", community.slug)  # somebody was faster, or this is a second click
        messages.success(request, _("The course is begun. Write its first unit; everybody here can go on from there."))
        return redirect("edit_unit", unit.course.slug, unit.slug)
    crumbs = [(community.title, community.get_absolute_url())]
    context = {"community": community, "form": form, "crumbs": crumbs}
    return render(request, "courses/own_course.html", context, status=422 if form.errors else 200)
