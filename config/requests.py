"""One request from door to door: the id by which its lines in the logs are found again, and how long it took."""

import logging
import re
import secrets
from contextvars import ContextVar
from time import perf_counter

from django.conf import settings

from .discretion import route_of

HEADER = "X-Request-ID"
SOUND = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
request_id: ContextVar[str] = ContextVar("request_id", default="")  # of what this thread or task works at
task_name: ContextVar[str] = ContextVar("task_name", default="")
logger = logging.getLogger(__name__)


def watched(get_response):
    """Give a request its id, say it in the answer, and note what came of it."""
    from .measures import count_request  # for who answers requests; others would count nothing

    def middleware(request):
        began = perf_counter()
        request.id = id_of(request)
        before = request_id.set(request.id)
        try:
            response = get_response(request)
            response[HEADER] = request.id
            took_s = perf_counter() - began
            if found := request.resolver_match:  # static files and what monitors ask are not worth a line
                count_request(found.view_name, request.method, response.status_code, took_s)
                note(request, response, took_s)
            return response
        finally:
            request_id.reset(before)

    return middleware


def id_of(request):
    """A proxy's where one is in front, so that its lines are found by it, too; else anybody could say anything."""
    said = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return said if SOUND.fullmatch(said) else new_id()


def new_id():
    return secrets.token_hex(8)


def note(request, response, took_s):
    """A line for each page."""
    if not logger.isEnabledFor(logging.INFO):
        return
    person = vars(request).get("_cached_user")  # as Django remembers who asks; who wasn't looked up, isn't now
    more = {
        "method": request.method,
        "route": route_of(request),
        "status": response.status_code,
        "ms": round(took_s * 1000, 1),
        "user": person.pk if person and person.pk else "",
    }
    logger.info("answered", extra=more)
