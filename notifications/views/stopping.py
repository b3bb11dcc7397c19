"""The page behind the link in every mail that stops more of it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.models import Community, Place

from .. import actions
from ..mail.stopping import DIGEST, MORNING, StopLink


@dataclass(frozen=True)
class Size:
    """How far mail can be stopped: `name` stands in the form, `words` say it, `title` names it where its person may
    see it now."""

    name: str
    words: str
    title: str
    is_stopped: bool


@csrf_exempt  # the token is the right to it: mail programs send neither a cookie nor a form's token (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request, token):
    """Choose how much mail to stop, or undo it, signed in or not. A GET changes nothing; a POST that names no size, as
    mail programs send it, stops what the mail was about."""
    link = StopLink.read(token)
    if link is None:
        raise Http404
    done = status = None
    if request.method == "POST":
        done = changed(link, request.POST)
        status = 200 if done else 422
    sizes = sizes_of(link)
    context = {"link": link, "done": done, "is_refused": status == 422}
    context["stopped"] = [size for size in sizes if size.is_stopped]
    context["going_on"] = [size for size in sizes if not size.is_stopped]
    response = render(request, "notifications/stop.html", context, status=status or 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def changed(link, posted):
    """Do what was asked for; "stopped" or "undone", None where the form names nothing that the link may stop."""
    size = posted.get("undo") or posted.get("size") or link.size
    if size not in link.sizes:
        return None
    subject, wants = link.sizes[size], bool(posted.get("undo"))
    if subject == MORNING:
        actions.want_morning_mail(person=link.person, wants=wants)
    elif subject == DIGEST:
        actions.want_digest(person=link.person, wants=wants)
    elif posted.get("undo"):
        actions.undo_stop(person=link.person, subject=subject)
    else:
        actions.stop_mail(person=link.person, subject=subject)
    return "undone" if posted.get("undo") else "stopped"


def sizes_of(link):
    return [
        Size(name, words_for(subject), link.title_of(subject), actions.is_stopped(link.person, subject))
        for name, subject in link.sizes.items()
    ]


def words_for(subject: Any) -> str:
    if subject is None:
        return _("All mail but the essential")
    if subject == MORNING:
        return _("The mail of the morning")
    if subject == DIGEST:
        return _("The digest")
    if isinstance(subject, Community):
        return _("Everything in this community")
    if isinstance(subject, Place):
        return {
            Place.Kind.COMMONS: _("Everything in the commons of this community"),
            Place.Kind.UNIT: _("Everything at this unit"),
            Place.Kind.WIKI: _("Everything at this wiki page"),
            Place.Kind.RESOURCE: _("Everything about this shared thing"),
            Place.Kind.SUGGESTION: _("Everything about this suggestion"),
        }[Place.Kind(subject.kind)]
    return _("This conversation")
