from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import signed_in

from .. import actions
from ..mail.caught_up import CaughtUp


@signed_in
@require_safe
def digest_preview(request):
    """What a digest would say if it came now; looking at it changes nothing."""
    digest = actions.digest_of(request.user)
    return render(request, "notifications/digest_preview.html", {"digest": digest})


@csrf_exempt  # the token says who means it, whoever is signed in here
@require_http_methods(["GET", "HEAD", "POST"])
def caught_up(request, token):
    """Where a digest leads those who are caught up: they press once more, since mail programs follow links, too."""
    told = CaughtUp.read(token)
    if told is None:
        raise Http404
    of_it = {"since": told.since, "up_to": told.up_to}
    if request.method == "POST":
        actions.catch_up_with_digest(told.person, **of_it)
        return render(request, "notifications/caught_up.html", {"count": 0, "is_done": True})
    count = actions.still_unread(told.person, **of_it)
    return render(request, "notifications/caught_up.html", {"count": count, "is_done": False})
