from tests.access.words import MEMBERS, WRITE
from tests.factories import a_preview, a_resource

TABLE = f"""
shelf                   GET   {MEMBERS}
shelf                   POST  {WRITE}
preview                 GET   {MEMBERS}
preview_picture         GET   {MEMBERS}
"""


def arguments(world):
    resource = a_preview(a_resource(world.place, sharer=world.bo)).resource
    return {
        "shelf": [world.community.slug, world.place.pk],
        "preview": [world.community.slug, resource.pk],
        "preview_picture": [world.community.slug, resource.pk],
    }
