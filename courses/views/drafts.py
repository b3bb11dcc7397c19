"""One's own words that are not posted yet. Nobody else ever sees them."""

from uuid import UUID

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community.actions import discard_draft as discard
from community.models import Draft
from discussions.forms import DraftForm
from discussions.models import standings as standings_of_talk
from wiki.models import standings as standings_of_pages

from ..actions import AlreadySent, sent_among
from ..actions import save_draft as keep

FORMS_ON_A_PAGE = 300  # asked about at once


@signed_in
@require_safe
def drafts(request):
    """All of them, with the way to where they stand; what is no longer open to their writer has none."""
    mine = list(Draft.objects.visible_to(request.user).newest_first())
    stand = standings(request.user, [draft.slot for draft in mine])
    return render(request, "courses/drafts.html", {"drafts": [(draft, stand.get(draft.slot)) for draft in mine]})


@signed_in
@require_safe
def my_drafts(request):
    """For the forms of a page: the drafts in their `slot`s, and with which of their `key`s something was posted."""
    slots = request.GET.getlist("slot")[:FORMS_ON_A_PAGE]
    found = Draft.objects.visible_to(request.user).in_slots(slots)
    keys = [key for text in request.GET.getlist("key")[:FORMS_ON_A_PAGE] if (key := as_key(text))]
    return JsonResponse(
        {
            "drafts": {draft.slot: as_json(draft) for draft in found},
            "posted": [str(key) for key in sent_among(request.user, keys)] if keys else [],
        }
    )


@signed_in
@require_POST
def save_draft(request):
    """Keep the words of a form whose thread or place the writer may see; `saved_at` is null when there are none, and
    where something was made with the form's key, which `is_sent` then says."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    if form.cleaned_data["slot"] not in standings(request.user, [form.cleaned_data["slot"]]):
        raise Http404
    try:
        draft = keep(person=request.user, **form.cleaned_data)
    except AlreadySent:
        return JsonResponse({"saved_at": None, "is_sent": True})
    return JsonResponse({"saved_at": as_milliseconds(draft.saved_at) if draft else None})


@signed_in
@require_POST
def discard_draft(request):
    discard(person=request.user, slot=request.POST.get("slot", ""))
    return redirect("drafts")


def standings(user, slots):
    """Slot → Standing, for those of `slots` whose form `user` may see."""
    return standings_of_talk(user, slots) | standings_of_pages(user, slots)


def as_json(draft):
    return {"title": draft.title, "body": draft.body, "saved_at": as_milliseconds(draft.saved_at)}


def as_milliseconds(moment):
    return int(moment.timestamp() * 1000)


def as_key(text):
    try:
        return UUID(text)
    except ValueError:
        return None
