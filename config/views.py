"""Pages of the house itself: errors, offline, and the mail of the embedded mode."""

import email
import email.policy
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.views.decorators.http import require_safe

from accounts.views import typed_words

from .mail import SUFFIX
from .outages import RETRY_AFTER_S, outage_of


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    """The same words for what isn't there and for what is not for this person."""
    return render(request, "404.html", status=404)


def server_error(request):
    """Asks nothing: what failed may fail again."""
    if outage := outage_of(sys.exception()):
        return unavailable(request, outage)
    return HttpResponse(loader.get_template("500.html").render({"request_id": getattr(request, "id", "")}), status=500)


def unavailable(request, outage):
    """The database or the disk is away. Who sent something gets the words back, and can send it again."""
    posted = request.method == "POST"
    context = {
        "request_id": getattr(request, "id", ""),
        "outage": outage,
        "posted": posted,
        "typed": words_of(request) if posted else [],
    }
    response = HttpResponse(loader.get_template("503.html").render(context), status=503)
    response["Retry-After"] = str(RETRY_AFTER_S)
    response["Cache-Control"] = "no-store"
    return response


def words_of(request):
    """What was typed, as far as it came in."""
    try:
        return typed_words(request)
    except (OSError, ValueError, SuspiciousOperation):
        return []


def csrf_failure(request, reason=""):
    """A form that was open too long, or came from elsewhere: what was typed is given back."""
    response = render(request, "403_csrf.html", {"typed": typed_words(request)}, status=403)
    response["X-Refused"] = "csrf"  # js/token.js gets a new token and tries again
    return response


@require_safe
def fresh_token(request):
    """The token for forms of a page that is open since before somebody signed in again. Other sites can't read it."""
    response = HttpResponse(get_token(request), content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def offline(request):
    response = render(request, "offline.html")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def service_worker(request):
    """At the root, since a service worker answers only for what is below its own address."""
    script = Path(str(finders.find("sw.js") or f"{settings.STATIC_ROOT}/sw.js"))
    response = HttpResponse(script.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def mail_list(request):
    """Every mail the embedded mode wrote, newest first."""
    paths = sorted(mail_files(), key=lambda path: path.name, reverse=True)
    return render(request, "dev/mail.html", {"mails": [read_mail(path) for path in paths[:100]]})


@require_safe
def mail_message(request, name):
    path = next((path for path in mail_files() if path.name == name), None)
    if path is None:
        raise Http404
    return render(request, "dev/mail_message.html", {"mail": read_mail(path)})


def mail_files():
    return Path(getattr(settings, "EMAIL_FILE_PATH", settings.DATA_DIR / "mail")).glob(f"*{SUFFIX}")


def read_mail(path):
    """A message as the page shows it."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    text = message.get_body(("plain", "html"))
    return {
        "name": path.name,
        "from": message["From"],
        "to": message["To"],
        "subject": message["Subject"],
        "date": message["Date"],
        "text": text.get_content() if text else "",
    }
