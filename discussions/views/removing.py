"""Removing posts, and undoing that."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in

from .. import actions
from .found import around_post, post_changed, said, visible_post


@signed_in
@require_http_methods(["GET", "POST"])
def delete_post(request, community, thread_id, post_id):
    """Remove a post. The page asks beforehand, and offers to undo it afterwards."""
    post = visible_post(request, community, thread_id, post_id)
    if not post.is_tended_by(request.user):
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "discussions/delete_post.html", around_post(request, post))
    try:
        post = actions.delete_post(by=request.user, post=post)
    except actions.NotTheirs:
        raise PermissionDenied from None
    if request.htmx:
        return said(post_changed(request, post), _("The post is removed. You can undo it."))
    page = "?page=thread" if request.POST.get("page") == "thread" else ""
    return redirect(f"{request.path}{page}")


@signed_in
@require_POST
def restore_post(request, community, thread_id, post_id):
    """Bring a removed post back."""
    post = visible_post(request, community, thread_id, post_id)
    try:
        post = actions.restore_post(by=request.user, post=post)
    except actions.NotTheirs:
        raise PermissionDenied from None
    if request.htmx:
        return said(post_changed(request, post), _("The post is back."))
    return redirect(around_post(request, post)["back"])
