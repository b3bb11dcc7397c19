"""Pictures in posts: put at a place, and shown to whoever may see what shows them."""

from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import NotAPicture
from accounts.views import signed_in
from community.forms import ImageForm
from community.models import PlaceImage
from community.views import FILE_POLICY

from .. import actions
from ..models import may_see_upload
from .found import crumbs, visible_place


@signed_in
@require_http_methods(["GET", "POST"])
def add_image(request, community, place_id):
    """Put a picture at a place; the answer says what to write to show it, as JSON for a script that asks for it."""
    place = visible_place(request, community, place_id)
    if request.method == "GET":
        return answered(request, place, ImageForm())
    form = ImageForm(request.POST, request.FILES)
    if not form.is_valid():
        return answered(request, place, form, status=422)
    given = form.cleaned_data
    try:
        image = actions.add_image(by=request.user, place=place, upload=given["file"], key=given["key"])
    except NotAPicture:
        form.add_error("file", _("That file can't be shown as a picture. Try a JPEG, PNG, GIF or WebP of up to 10 MB."))
        return answered(request, place, form, status=422)
    except actions.TooFast as pause:
        form.add_error(
            None, _("That were many pictures at once. Try again in %(s)s seconds.") % {"s": pause.retry_after_s}
        )
        response = answered(request, place, form, status=429)
        response["Retry-After"] = str(pause.retry_after_s)
        return response
    alt = given["alt"] or _("what it shows")
    words = "".join("\\" + letter if letter in "\\[]" else letter for letter in alt)
    return answered(request, place, ImageForm(), image=image, markdown=f"![{words}]({image.get_absolute_url()})")


@signed_in
@require_safe
def image(request, community, image_id):
    """A picture, for whoever may see it at this moment."""
    images = PlaceImage.objects.with_communities()
    image = get_object_or_404(images, pk=image_id, place__community__slug=community)
    if not may_see_upload(request.user, image):
        raise Http404
    etag = f'"{image.key}"'
    known = get_conditional_response(request, etag=etag)
    response = known or FileResponse(image.file.open(), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"  # kept by the browser, and asked for each time
    response["Content-Security-Policy"] = FILE_POLICY
    return response


def answered(request, place, form, *, image=None, markdown="", status=200):
    if request.headers.get("Accept") == "application/json":
        errors = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"markdown": markdown, "errors": errors}, status=status)
    context = {"place": place, "community": place.community, "form": form, "image": image, "markdown": markdown}
    return render(request, "discussions/add_image.html", context | {"crumbs": crumbs(place)}, status=status)
