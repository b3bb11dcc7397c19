"""What a conversation's page says of what guides took out of it and into it, and how they take that back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views import signed_in

from .. import actions
from ..models import Thread, Transfer
from .found import thread_to_arrange


@dataclass(frozen=True)
class Note:
    """One transfer, as the page of one of its two threads tells it."""

    transfer: Any
    other: Any  # the other thread, where it is now; None where the reader may not see it
    came: bool  # in, rather than went
    may_undo: bool


def notes_on(thread, rights, user):
    """Two queries, and one for each conversation that was merged since."""
    told = list(Transfer.objects.of_thread(thread).for_telling(user))
    others = {it.pk: (it.source if it.target_id == thread.pk else it.target).lives_in for it in told}
    ids = {other.pk for other in others.values()}
    visible = Thread.objects.visible_to(user).with_places().knowing_unwanted_by(user.pk).in_bulk(ids) if told else {}
    notes = []
    for it in told:
        came, other = it.target_id == thread.pk, others[it.pk]
        if other.pk == thread.pk and it.is_split:
            continue  # what went has come back, and what brought it back is told
        may_undo = rights.may_arrange and it.may_be_undone and (other.pk in visible or not it.is_split)
        notes.append(Note(it, visible.get(other.pk), came, may_undo))
    return notes


@signed_in
@require_POST
def undo_transfer(request, community, thread_id, transfer_id):
    """Take a split or a merge back."""
    thread = thread_to_arrange(request, community, thread_id)
    transfer = get_object_or_404(Transfer.objects.with_thread(thread).select_related("source"), pk=transfer_id)
    try:
        home = actions.undo_transfer(by=request.user, transfer=transfer)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.StaysHere as stays:
        messages.error(request, str(stays))
        return redirect(thread)
    messages.success(request, _("Everything is back."))
    return redirect(home)
