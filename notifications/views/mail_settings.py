"""When mail comes: the page of one's own settings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in
from community.models import Community
from outbound.push import public_key

from .. import actions
from ..forms import MailSettingsForm
from ..models import Browser, MailSettings


@signed_in
@require_http_methods(["GET", "POST"])
def mail_settings(request):
    """How often a digest comes and when, and what is mailed beside it."""
    mine = MailSettings.of(request.user)
    guides = Community.objects.guided_by(request.user).exists()
    posted = request.method == "POST"
    form = MailSettingsForm(request.POST if posted else None, settings=mine, guides=guides)
    if posted and form.is_valid():
        actions.change_mail(person=request.user, **form.changes)
        messages.success(request, _("Saved."))
        return redirect("mail_settings")
    if mine.next_digest_at is None:
        mine.plan(timezone.now())  # for the page; a worker does it for good within a minute
    context = {"form": form, "mine": mine, "now": timezone.localtime(timezone=request.user.zone)}
    context |= {"push_key": public_key(), "browser_count": Browser.objects.of(request.user).signed_in().count()}
    return render(request, "notifications/mail_settings.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def restart_mail(request):
    """Let mail come as one once said: digests that were slowed down as often as before, and mail that was stopped."""
    actions.undo_stop(person=request.user)
    actions.change_mail(person=request.user, stopped_at=None)
    messages.success(request, _("It comes as before again."))
    return redirect("mail_settings")
