"""Pictures of links: they are served from here, so a reader's browser asks nobody else."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from ..models import LinkPreview

FILE_POLICY = "default-src 'none'; sandbox"


@signed_in
@require_safe
def preview_picture(request, community, resource_id):
    """The picture of a link, for whoever may see the link at this moment."""
    previews = LinkPreview.objects.visible_to(request.user).with_picture()
    preview = get_object_or_404(previews, resource=resource_id, resource__place__community__slug=community)
    etag = f'"{preview.picture.name}"'
    known = get_conditional_response(request, etag=etag)
    response = known or FileResponse(preview.picture.open(), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"  # kept by the browser, and asked for each time
    response["Content-Security-Policy"] = FILE_POLICY
    return response
