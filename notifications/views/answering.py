"""Answers by mail that a mail service hands in."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .. import actions
from .reaching import posted_events

BYTES_MAX = 40 * 1024 * 1024  # a mail of 20 MB, written in letters; more than we take, so that its words can go back


@csrf_exempt  # a mail service proves by the secret in the address, and by its signature, who it is
@require_POST
def mail_answer(request, service):
    """A mail that came in at a mail service. It is kept when this says so; else the service tries again."""
    try:
        mails = posted_events(request, service, "Inbound", bytes_max=BYTES_MAX)
    except RequestDataTooBig:
        return HttpResponse("too large\n", content_type="text/plain", status=413)
    if isinstance(mails, HttpResponse):
        return mails
    for mail in mails:
        actions.receive_handed_in(mail.message)
    return HttpResponse("ok\n", content_type="text/plain")
