"""Small steps around every request."""

from django.http import Http404
from django.utils import timezone

from community.actions import note_visit
from community.views import refuse_in_archive


def person(get_response):
    """Show times in the time zone of whoever asks."""

    def middleware(request):
        if request.user.is_authenticated:
            timezone.activate(request.user.zone)
        else:
            timezone.deactivate()
        return get_response(request)

    return middleware


def visits(get_response):
    """Note once a day that somebody was in the community whose page they opened."""

    def middleware(request):
        response = get_response(request)
        slug = request.resolver_match.kwargs.get("community") if request.resolver_match else None
        if slug and request.method == "GET" and response.status_code == 200 and request.user.is_authenticated:
            note_visit(request.user, slug)
        return response

    return middleware


class Archives:
    """Keep archived communities as they are, whatever is asked."""

    process_view = staticmethod(refuse_in_archive)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


def private_pages(get_response):
    """Keep pages out of shared caches, unless the view says that it is for everybody. It stands around all the others:
    a cache that kept their refusal of a forged host, or of a form, would give it to everybody."""

    def middleware(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response

    return middleware


def sound_paths(get_response):
    """Nothing has a NUL in its address; PostgreSQL would answer the question for it with an error."""

    def middleware(request):
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware
