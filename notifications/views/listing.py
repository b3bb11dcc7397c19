"""What concerns somebody, one thing a conversation."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..models import Notification

GROUPS_A_PAGE = 30


@signed_in
@require_safe
def notifications(request):
    """What is unread first; each conversation opens to what was said in it."""
    mine = Notification.objects.visible_to(request.user)
    page = Paginator(mine.groups(), GROUPS_A_PAGE).get_page(request.GET.get("page"))
    groups = mine.gathered(list(page), request.user)
    context = {
        "page": page,
        "new": [group for group in groups if group.is_new],
        "earlier": [group for group in groups if not group.is_new],
        "up_to": max((row["newest"] for row in page), default=0),
    }
    return render(request, "notifications/notifications.html", context)


@signed_in
@require_POST
def mark_read(request):
    """Mark what the page showed as read; what came in meanwhile stays unread."""
    up_to = request.POST.get("up_to", "")
    if up_to.isdecimal() and len(up_to) < 19:
        actions.mark_read(request.user, up_to=int(up_to))
    return redirect("notifications")
