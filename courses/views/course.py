from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.models import new_counts_for
from notifications.views import saw
from pieces import kept

from ..models import Course, Shift, cohorts_of, cohorts_taking, course_of, outline_of
from ..models.page_rows import rows_of_course, rows_of_my_courses

FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # an SVG opened by itself runs nothing


@signed_in
@require_safe
def courses(request):
    """The courses one takes or took, with how far one is; an L&D admin's other courses are under /manage/."""
    return kept(
        request,
        "courses/courses.html",
        rows=lambda: rows_of_my_courses(request.user.pk),
        build=lambda: ({"mine": mine(request.user)}, ()),
    )


def mine(user):
    """The cohorts, each with the outline of its course."""
    cohorts, new = cohorts_of(user), new_counts_for(user)
    return [(cohort, outline_of(cohort.community.membership_of(user), new=new)) for cohort in cohorts]


@signed_in
@require_safe
def course(request, course):
    """A course's outline as one of the reader's communities takes it; `?with=` chooses among several."""
    return kept(
        request,
        "courses/course.html",
        rows=lambda: rows_of_course(course, request.user.pk),
        build=lambda: (laid_out(request, course), ()),
    )


def laid_out(request, course):
    found = course_of(request.user, course)
    if not found:
        raise Http404
    course, cohorts = found[0], cohorts_taking(found[0].pk, request.user)
    chosen = next((cohort for cohort in cohorts if cohort.community.slug == request.GET.get("with")), None)
    chosen = chosen or next(iter(cohorts), None)
    if chosen:
        saw(request, Shift.objects.of(chosen))
    return {
        "course": course,
        "crumbs": [(_("Courses"), reverse("courses"))],
        "cohorts": cohorts,
        "cohort": chosen,
        "community": chosen.community if chosen else None,
        "outline": outline_for(request.user, chosen.community) if chosen else None,
        "may_edit": course.may_be_edited_by(request.user),
    }


def outline_for(user, community):
    """The outline of the course that `community` takes, with how far `user` is and what is new to them."""
    new = new_counts_for(user, community)
    return outline_of(community.membership_of(user), new=new)


@signed_in
@require_safe
def course_file(request, course, version, path):
    """A picture of a course. `version` changes with its content, so a browser may keep it."""
    course = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    file = get_object_or_404(course.files, path=path)
    if not file.sha256.startswith(version) or len(version) < 12:
        raise Http404
    response = FileResponse(file.file.open(), content_type=file.content_type)
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cache-Control"] = "private, max-age=604800, immutable"
    return response
