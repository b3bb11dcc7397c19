"""Which community those join who have taken a course, for L&D admins."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in

from .. import actions
from ..forms import PracticeForm
from .authoring import crumbs
from .authors import named_course


@signed_in
@require_http_methods(["GET", "POST"])
def course_practice(request, course):
    """Where the people of a course's cohorts can go on together when these end."""
    course = named_course(request, course)
    posted = request.method == "POST"
    form = PracticeForm(request.POST if posted else None, course=course, user=request.user)
    if posted and form.is_valid():
        actions.set_practice(by=request.user, course=course, community=form.cleaned_data["practice"])
        messages.success(
            request, _("Kept. Whether its people join it is said for each cohort, on the page of its season.")
        )
        return redirect("course_practice", course.slug)
    context = {"course": course, "form": form, "crumbs": crumbs(course)}
    return render(request, "courses/course_practice.html", context, status=422 if form.errors else 200)
