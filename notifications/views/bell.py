"""The bell on every page, and reading by opening the thing itself."""

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from .. import actions
from ..models import Bell, bell_for


@signed_in
@require_safe
def bell(request):
    """For the page's script: what the bell says now."""
    now = bell_of(request)
    response = JsonResponse({"bell": now.sign, "count": now.count, "shown": now.shown, "words": now.words})
    response["Cache-Control"] = "no-store"
    return response


def bell_of(request: HttpRequest) -> Bell:
    """What is unread to who asks; asked once for a page."""
    if not hasattr(request, "bell"):
        user = getattr(request, "user", None)  # an error page may come before there is one
        is_known = user is not None and user.is_authenticated
        request.bell = bell_for(user) if is_known else Bell()  # type: ignore[attr-defined]
    return request.bell  # type: ignore[attr-defined]


def saw(request: HttpRequest, *targets: QuerySet) -> None:
    """Mark as read what told who asks of `targets`, which the page shows them: they have read the thing itself.

    Costs nothing where nothing is unread. A page that a browser fetches ahead, or only its head, shows nobody anything.
    """
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "") or request.method != "GET"
    if is_ahead or not request.user.is_authenticated or not bell_of(request).count:
        return
    if actions.mark_told_read(request.user, *targets):
        del request.bell  # type: ignore[attr-defined]
