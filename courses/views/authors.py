"""Who writes a course, for L&D admins."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import AuthorForm
from ..models import CourseAuthor
from .authoring import crumbs, editable_course


@signed_in
@require_http_methods(["GET", "POST"])
def authors(request, course):
    """Who writes a course, and one more."""
    course = named_course(request, course)
    posted = request.method == "POST"
    form = AuthorForm(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            author = actions.name_author(by=request.user, course=course, email=form.cleaned_data["email"])
        except actions.NobodyThere:
            form.add_error("email", _("Nobody has an account with that address yet. Ask them to sign up first."))
        else:
            messages.success(request, _("%(name)s can write this course now.") % {"name": author.user.name})
            return redirect("authors", course.slug)
    context = {"course": course, "form": form, "crumbs": crumbs(course)}
    context["authors"] = CourseAuthor.objects.of(course).with_people()
    return render(request, "courses/authors.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def dismiss_author(request, course, handle):
    """Take somebody off the authors; what they wrote stays."""
    course = named_course(request, course)
    author = get_object_or_404(CourseAuthor.objects.of(course).with_people(), user__handle=handle)
    actions.dismiss_author(by=request.user, author=author)
    messages.success(request, _("%(name)s is no author of it any more.") % {"name": author.user.name})
    return redirect("authors", course.slug)


def named_course(request, slug):
    """The course, for who may name its authors."""
    course = editable_course(request, slug)
    if not request.user.is_staff:
        raise PermissionDenied
    return course
