"""Pictures and files: put at a place, and given to whoever may see what shows them at this moment."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import FileForm, why_refused
from ..models import Place, PlaceFile, PlaceImage
from .serving import FILE_POLICY, serve_file


@signed_in
@require_http_methods(["GET", "POST"])
def add_file(request, community, place_id):
    """Put a picture or a file at a place; the answer says what to write to show it, as JSON for a script that asks."""
    places = Place.objects.visible_to(request.user).select_related("community")
    place = get_object_or_404(places, pk=place_id, community__slug=community)
    if not place.takes_part(request.user):
        raise PermissionDenied
    if request.method == "GET":
        return answered(request, place, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return answered(request, place, form, status=422)
    given = form.cleaned_data
    try:
        upload = actions.add_upload(by=request.user, place=place, upload=given["file"], key=given["key"])
    except actions.FileRefused as refusal:
        form.add_error("file", why_refused(refusal))
        return answered(request, place, form, status=422)
    except actions.TooFast as pause:
        form.add_error(None, why_refused(pause))
        response = answered(request, place, form, status=429)
        response["Retry-After"] = str(pause.retry_after_s)
        return response
    return answered(request, place, FileForm(), upload=upload, markdown=upload.in_words(given["words"]))


def answered(request, place, form, *, upload=None, markdown="", status=200):
    if request.headers.get("Accept") == "application/json":
        errors = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"markdown": markdown, "errors": errors}, status=status)
    community = place.community
    crumbs = [(community.title, community.get_absolute_url())]
    if place.kind != Place.Kind.COMMONS:
        crumbs.append((place.title, place.path))
    shown = upload.picture if isinstance(upload, PlaceImage) else None
    context = {"place": place, "community": community, "form": form, "picture": shown, "markdown": markdown}
    return render(request, "community/add_file.html", context | {"crumbs": crumbs}, status=status)


@signed_in
@require_safe
def image(request, community, image_id):
    """A picture in somebody's words."""
    image = seen_upload(request, PlaceImage.objects.with_communities(), community, image_id)
    etag = f'"{image.key}"'
    known = get_conditional_response(request, etag=etag)
    response = known or FileResponse(image.file.open(), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"  # kept by the browser, and asked for each time
    response["Content-Security-Policy"] = FILE_POLICY
    return response


@signed_in
@require_safe
def file(request, community, file_id, name):
    """The content; `name` is for people, the id says which. Shown in a page only what we wrote ourselves."""
    file = seen_upload(request, PlaceFile.objects.stored().with_communities(), community, file_id)
    about = {"mime": file.served_as, "name": file.name, "inline": file.is_picture}
    return serve_file(request, file.file, size=file.size_bytes, etag=file.sha256, **about)


@signed_in
@require_safe
def file_preview(request, community, file_id):
    """The small picture of it."""
    file = seen_upload(request, PlaceFile.objects.stored().with_communities(), community, file_id)
    if not file.preview:
        raise Http404
    etag = file.preview.name.rpartition("/")[2]
    return serve_file(request, file.preview, size=file.preview.size, etag=etag, mime="image/webp", inline=True)


def seen_upload(request, uploads, community, upload_id):
    upload = get_object_or_404(uploads, pk=upload_id, place__community__slug=community)
    if not upload.may_be_seen_by(request.user):
        raise Http404
    return upload
