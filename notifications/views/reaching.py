"""Addresses that take no mail: what mail services report, and trying again."""

import logging
from importlib import import_module

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBasicAuthMixin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.views import page_before, signed_in

from .. import actions

SERVICES = {  # address → module and beginning of its views' names in anymail.webhooks
    "amazon_ses": "AmazonSES",
    "brevo": "Brevo",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mailjet": "Mailjet",
    "mailtrap": "Mailtrap",
    "postal": "Postal",
    "postmark": "Postmark",
    "resend": "Resend",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
    "unisender_go": "UnisenderGo",
}
logger = logging.getLogger(__name__)


@csrf_exempt  # a mail service proves by the secret in the address, and by its signature, who it is
@require_POST
def mail_report(request, service):
    """What a mail service reports of mail that went out. Without a secret in the settings nobody may report
    anything, and there is no such address."""
    reports = posted_events(request, service, "Tracking")
    if isinstance(reports, HttpResponse):
        return reports
    for report in reports:
        actions.note_report(report)
    return HttpResponse("ok\n", content_type="text/plain")


def posted_events(request, service, what, *, bytes_max=None):
    """The events of `what` ("Tracking", "Inbound") that django-anymail reads in a request of a mail service, or the
    answer to one that proves nothing or says nothing. With `bytes_max` they may be that large."""
    if service not in SERVICES or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    views = import_module(f"anymail.webhooks.{service}")
    try:
        view = getattr(views, f"{SERVICES[service]}{what}WebhookView")()
        AnymailBasicAuthMixin.validate_request(view, request)  # before anything of it is read
        if bytes_max:
            take_whole(request, bytes_max)
        view.run_validators(request)
    except AnymailWebhookValidationFailure:
        logger.warning("A report that claims to come from %s was refused.", service)
        return HttpResponseForbidden("refused\n", content_type="text/plain")
    except (AnymailConfigurationError, AttributeError) as error:
        logger.warning("Nothing can be taken from %s: %s", service, error)
        raise Http404 from error
    try:
        return view.parse_events(request)
    except (ValueError, KeyError, TypeError, AttributeError, AnymailConfigurationError) as error:
        logger.warning("A report of %s says nothing: %s", service, error)
        return HttpResponseBadRequest("not understood\n", content_type="text/plain")


def take_whole(request, bytes_max):
    """Read what a program sends that is no form. Django's own limit is for pages, and there is one for all of them."""
    if request.content_type in ("application/json", "text/plain"):
        if int(request.META.get("CONTENT_LENGTH") or 0) > bytes_max:
            raise RequestDataTooBig
        request._body = request.read()


@signed_in
@require_POST
def try_mail_again(request):
    """Let mail go to one's own address again."""
    if actions.try_again(person=request.user):
        messages.success(request, _("Mail goes to %(email)s again.") % {"email": request.user.email})
    return redirect(page_before(request))
