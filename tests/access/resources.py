from resources.models import Tag
from tests.access.words import MEMBERS, SELF, WRITE
from tests.factories import a_preview, a_sharing

TABLE = f"""
share                   GET   {SELF}
share                   POST  401  422 422 422 422 422 422 422 422 422 422
community_shelf         GET   {MEMBERS}
shelf                   GET   {MEMBERS}
shelf                   POST  {WRITE}
preview                 GET   {MEMBERS}
preview_picture         GET   {MEMBERS}
useful                  POST  401  to  to  to  to  404 404 403 to  404 404
edit_resource           GET   in   403 200 200 403 404 404 403 200 404 404
edit_resource           POST  401  403 422 422 403 404 404 403 422 404 404
remove_resource         POST  401  403 to  to  403 404 404 403 to  404 404
restore_resource        POST  401  403 to  to  403 404 404 403 to  404 404
remove_sharing          POST  401  403 to  to  403 404 404 403 to  404 404
restore_sharing         POST  401  403 403 403 403 404 404 403 403 404 404
tags                    GET   {MEMBERS}
community_tags          GET   in   403 403 200 403 404 404 403 200 404 404
edit_tag                GET   in   403 403 200 403 404 404 403 200 404 404
edit_tag                POST  401  403 403 422 403 404 404 403 422 404 404
remove_tag              POST  401  403 403 to  403 404 404 403 to  404 404
"""


def arguments(world):
    slug, sharing = world.community.slug, a_sharing(world.place, sharer=world.alice, tags=["herons"])
    shared, tag = [slug, sharing.resource_id], [slug, Tag.objects.get().pk]
    a_preview(sharing.resource)
    return {
        "shelf": [slug, world.place.pk],
        **{name: [slug] for name in ["community_shelf", "tags", "community_tags"]},
        "preview": shared,
        **dict.fromkeys(["preview_picture", "useful", "edit_resource", "remove_resource", "restore_resource"], shared),
        **{name: [*shared, sharing.pk] for name in ["remove_sharing", "restore_sharing"]},
        **dict.fromkeys(["edit_tag", "remove_tag"], tag),
    }
