"""Previews of links. Their pictures are served from here, so a reader's browser asks nobody else."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.views import serve_file

from ..models import LinkPreview


@signed_in
@require_safe
def preview(request, community, resource_id):
    """The preview alone, for a page that waits for it; what the link's page is called comes with it."""
    previews = LinkPreview.objects.visible_to(request.user).with_places()
    preview = get_object_or_404(previews, resource=resource_id, resource__place__community__slug=community)
    context = {"resource": preview.resource, "community": preview.resource.place.community, "title_too": True}
    return render(request, "resources/_preview.html", context)


@signed_in
@require_safe
def preview_picture(request, community, resource_id):
    """The picture of a link, for whoever may see the link at this moment."""
    previews = LinkPreview.objects.visible_to(request.user).with_picture()
    preview = get_object_or_404(previews, resource=resource_id, resource__place__community__slug=community)
    picture = preview.picture
    return serve_file(request, picture, size=picture.size, etag=picture.name, mime="image/webp", inline=True)
