"""What monitors and proxies ask. They may come by plain http and by the address of one process, so that these pages are
answered before it is looked at which host was asked for, and how: they say the same to everybody."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from .door import door
from .metrics import figures
from .readiness import Lacks, lacks, lacks_for_pages


def health(get_response):
    """Answer these pages at once, and no others."""
    doors = {f"/health/{name}": view for name, view in VIEWS.items()}

    def middleware(request):
        try:
            return doors.get(request.path_info, get_response)(request)
        except Http404:
            return get_response(request)  # nothing is here for this one, and the page that says so asks who it is

    return middleware


@require_safe
def live(request):
    """Whether this process answers at all; it asks nothing and nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def serving(request):
    """Whether this process can answer pages, for whatever starts one process after the other."""
    return answer(lacks_for_pages())


@require_safe
def ready(request):
    """Whether everything is there, also what works behind the pages; for monitors and for who deploys."""
    return answer(lacks())


def answer(missing: Lacks) -> HttpResponse:
    response = JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)
    response["Cache-Control"] = "no-store"
    # As Django marks it: that somebody asks every few seconds is no error each time.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


@require_safe
def metrics(request):
    """Figures for a monitor: for who has the token of the settings, or, without one there, from this machine."""
    if not may_monitor(request):
        raise Http404
    return HttpResponse(figures(), content_type=CONTENT_TYPE_LATEST)


def may_monitor(request):
    """What came through a proxy may come from anywhere, whatever its last address."""
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    came_far = settings.BEHIND_PROXY or {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"} & set(request.headers)
    return not came_far and request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")


VIEWS = {"live": live, "door": door, "serving": serving, "ready": ready, "metrics": metrics}
