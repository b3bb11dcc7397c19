"""Leaving one of three words on a post, and taking it back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views import signed_in

from .. import actions
from ..models import Reaction
from .found import address_after, post_changed, said, visible_post


@signed_in
@require_POST
def reactions(request, community, thread_id, post_id):
    """Leave the word in `leave`, or take back the one in `take`. Each says what shall be, so twice does it once."""
    post = visible_post(request, community, thread_id, post_id)
    act, word = (actions.take_back, "take") if "take" in request.POST else (actions.react, "leave")
    word = request.POST.get(word)
    if not post.thread.place.takes_part(request.user):
        raise PermissionDenied
    if word not in Reaction.Word.values:
        raise Http404
    try:
        act(person=request.user, post=post, word=word)
    except actions.NotTheirs:
        raise PermissionDenied from None
    if not request.htmx:
        return redirect(address_after(request, post))
    words = _("You said: %s.") if act is actions.react else _("You took back: %s.")
    return said(post_changed(request, post, word=word), words % Reaction.Word(word).label)
