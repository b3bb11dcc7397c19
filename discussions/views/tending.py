"""For guides: taking care of a conversation, letting go of it, and letting it rest."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import TendingForm
from ..models import Rights, Thread
from .found import said, visible_thread


@signed_in
@require_POST
def tend(request, community, thread_id):
    """Share out among guides who looks after a conversation, and when."""
    thread = visible_thread(request, community, thread_id)
    if not Rights.at(thread.place, request.user).may_tend:
        raise PermissionDenied
    form = TendingForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        words, status = tended(request.user, thread, **form.cleaned_data), 200
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.Claimed as meanwhile:
        words, status = _("Meanwhile %(name)s takes care of it.") % {"name": meanwhile.by.name}, 409
    if not request.htmx:
        messages.add_message(request, messages.SUCCESS if status == 200 else messages.WARNING, words)
        return redirect(f"{reverse('facilitate', args=[community])}#tend-{thread.pk}")
    return said(tended_row(request, thread, status=status), words)


def tended(user, thread, *, claim, rest, instead_of):
    """Do what a valid form says; returns what was done, in words."""
    if claim == "yes":
        actions.claim(by=user, thread=thread, instead_of=instead_of)
        return _("You take care of it.")
    if claim == "no":
        actions.release(by=user, thread=thread)
        return _("You let go of it.")
    actions.let_rest(by=user, thread=thread, days=rest)
    return _("It rests.") if rest else _("It is back.")


def tended_row(request, thread, *, status):
    """The conversation as it stands among what needs guides now."""
    rows = Thread.objects.visible_to(request.user).with_places().knowing_tending()
    thread = get_object_or_404(rows.knowing_openings().knowing_unwanted_by(request.user.pk), pk=thread.pk)
    context = {"thread": thread, "community": thread.place.community, "may_tend": True, "swapped": True}
    return render(request, "discussions/_tended.html", context, status=status)
