"""Pages of the shelf, for the test that looks at every page."""

from django.urls import reverse

from resources.actions import remove_resource
from resources.models import Resource, Tag
from tests.factories import a_resource


def shelved(world):
    """Share what several do, and take one thing back; paths of the pages of the shelf for Alice."""
    slug, link = world.community.slug, "https://example.org/herons"
    resources = [a_resource(world.place, sharer=who, url=link, tags=["birds"]) for who in (world.bo, world.alice)]
    a_resource(world.place, sharer=world.alice, text="Bring **boots**.", tags=["bird"])
    remove_resource(by=world.fay, resource=a_resource(world.place, sharer=world.bo))
    gone, tag = Resource.objects.latest("pk"), Tag.objects.latest("pk")
    pages = [(name, [resources[0].pk]) for name in ("resource", "edit_resource")] + [("resource", [gone.pk])]
    pages += [("community_shelf", []), ("community_tags", []), ("edit_tag", [tag.pk])]
    return [
        reverse("share") + "?url=https://example.org",
        *(reverse(name, args=[slug, *more]) for name, more in pages),
    ]
