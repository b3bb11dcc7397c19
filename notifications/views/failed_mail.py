"""Mail that did not go out, for L&D admins."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..models import Delivery, MailHold, MailSettings, backlogs

MAILS_A_PAGE = 50
PEOPLE_SHOWN = 50


def for_admins(view):
    @signed_in
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_admins
@require_safe
def manage_mail(request):
    """What failed and why, what waits and for how long, whom no mail reaches. No words of any mail."""
    failed = Delivery.objects.failed().with_people().newest_first()
    off = MailSettings.objects.unreachable().with_people()
    rows = backlogs()
    context = {
        "page": Paginator(failed, MAILS_A_PAGE).get_page(request.GET.get("page")),
        "waiting": [row for row in rows if row.due],
        "oldest": max((row for row in rows if row.due), key=lambda row: row.age_s, default=None),
        "due": sum(row.due for row in rows),
        "to_come": sum(row.to_come for row in rows),
        "hold": MailHold.objects.select_related("by").first(),
        "unreachable": off[:PEOPLE_SHOWN],
        "unreachable_count": off.count(),
    }
    return render(request, "notifications/manage_mail.html", context)


@for_admins
@require_POST
def retry_mail(request):
    """Send what failed once more: one, or all."""
    ids = chosen(request)
    count = actions.retry_mail(by=request.user, ids=ids)
    words = ngettext("%(n)d mail is on its way again.", "%(n)d mails are on their way again.", count)
    messages.success(request, words % {"n": count})
    return redirect("manage_mail")


@for_admins
@require_POST
def give_up_mail(request):
    """Let what failed be."""
    if actions.give_up_mail(by=request.user, ids=chosen(request) or []):
        messages.success(request, _("Given up. It is in the log."))
    return redirect("manage_mail")


@for_admins
@require_POST
def hold_mail(request):
    """Hold all mail back, or let it go."""
    if request.POST.get("go"):
        actions.let_mail_go(by=request.user)
        messages.success(request, _("Mail goes out again."))
    else:
        actions.hold_mail(by=request.user)
        messages.success(request, _("Mail is held back. What is due waits for you to let it go."))
    return redirect("manage_mail")


def chosen(request):
    """The mails that a form names; None where it names none, for all."""
    ids = [int(pk) for pk in request.POST.getlist("mail") if pk.isdecimal() and len(pk) < 19]
    return ids or None
