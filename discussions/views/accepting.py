"""Accepting the answer of a question."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views import signed_in

from .. import actions
from .found import address_after, answer_of, post_changed, said, visible_post


@signed_in
@require_POST
def accept_post(request, community, thread_id, post_id):
    """Let a post stand as the answer of its question."""
    return answered(request, actions.accept_post, visible_post(request, community, thread_id, post_id))


@signed_in
@require_POST
def unaccept_post(request, community, thread_id, post_id):
    """Open a question again."""
    return answered(request, actions.unaccept_post, visible_post(request, community, thread_id, post_id))


def answered(request, act, post):
    before = answer_of(post.thread)
    try:
        post = act(by=request.user, post=post)
    except actions.NotTheirs:
        raise PermissionDenied from None
    if not request.htmx:
        return redirect(address_after(request, post))
    also = [before] if before and before.pk != post.pk else []
    words = _("This is the accepted answer now.") if post.is_accepted else _("The question is open again.")
    return said(post_changed(request, post, also=also), words)
