"""Files that were put at places, for whoever may see them at this moment."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.models import PlaceFile
from community.views import serve_file

from ..models import may_see_file


@signed_in
@require_safe
def file(request, community, file_id, name):
    """The content; `name` is for people, the id says which. Shown in a page only what we wrote ourselves."""
    file = seen_file(request, community, file_id)
    about = {"mime": file.served_as, "name": file.name, "inline": file.is_picture}
    return serve_file(request, file.file, size=file.size_bytes, etag=file.sha256, **about)


@signed_in
@require_safe
def file_preview(request, community, file_id):
    """The small picture of it."""
    file = seen_file(request, community, file_id)
    if not file.preview:
        raise Http404
    etag = file.preview.name.rpartition("/")[2]
    return serve_file(request, file.preview, size=file.preview.size, etag=etag, mime="image/webp", inline=True)


def seen_file(request, community, file_id):
    files = PlaceFile.objects.stored().with_communities()
    file = get_object_or_404(files, pk=file_id, place__community__slug=community)
    if not may_see_file(request.user, file):
        raise Http404
    return file
