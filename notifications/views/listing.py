from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..models import Notification

NOTIFICATIONS_A_PAGE = 40


@signed_in
@require_safe
def notifications(request):
    mine = Notification.objects.visible_to(request.user).with_events(request.user).newest_first()
    page = Paginator(mine, NOTIFICATIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/notifications.html", {"page": page})


@signed_in
@require_POST
def mark_read(request):
    """Mark what the page showed as read; what came in meanwhile stays unread."""
    up_to = request.POST.get("up_to", "")
    if up_to.isdecimal() and len(up_to) < 19:
        actions.mark_read(request.user, up_to=int(up_to))
    return redirect("notifications")
