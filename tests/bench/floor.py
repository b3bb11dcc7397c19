"""The floor of the figures: the least that a page of this site can be. The site's own addresses, and one more whose
view asks one question and gives a ready-made body of as many bytes as it is asked for. Only the bench serves it.

It has the same middleware, session and user as every page, and stands in a community, so that the middleware has the
same to do for it."""

import tempfile
from functools import cache

from django.http import FileResponse, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from community.models import Membership
from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def floor(request, community, size):
    assert Membership.objects.filter(user=request.user, community__slug=community).exists()
    return HttpResponse(body(size))


@cache
def body(size):
    return b"x" * size


@csrf_exempt
def taken(request):
    """Takes an upload, and says how large it was."""
    return HttpResponse(str(request.FILES["file"].size))


def given(request, size):
    """A file of that size."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    file.truncate(size)
    return FileResponse(file)


urlpatterns = [
    *urlpatterns,
    path("c/<slug:community>/floor/<int:size>/", floor),
    path("floor/taken/", taken),
    path("floor/given/<int:size>/", given),
]
