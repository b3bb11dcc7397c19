"""Pages of the shelf, for the test that looks at every page."""

from django.urls import reverse

from resources.actions import remove_resource
from resources.models import Resource, Tag
from tests.factories import a_resource, a_thread


def shelved(world):
    """Share what several do, and take one thing back; paths of the pages of the shelf for Alice."""
    slug, link = world.community.slug, "https://example.org/herons"
    resources = [a_resource(world.place, sharer=who, url=link, tags=["birds"]) for who in (world.bo, world.alice)]
    a_resource(world.place, sharer=world.alice, text="Bring **boots**.", tags=["bird"])
    remove_resource(by=world.fay, resource=a_resource(world.place, sharer=world.bo))
    gone, tag = Resource.objects.latest("pk"), Tag.objects.latest("pk")
    pages = [(name, [resources[0].pk]) for name in ("resource", "edit_resource")] + [("resource", [gone.pk])]
    pages += [("community_shelf", []), ("community_tags", []), ("edit_tag", [tag.pk])]
    links = a_thread(world.place, author=world.bo, body="https://example.org/herons and https://example.org/boats")
    filled_in = [reverse("share") + "?url=https://example.org"]
    filled_in.append(reverse("shelve_post", args=[slug, links.pk, links.posts.get().pk]))
    return [*filled_in, *(reverse(name, args=[slug, *more]) for name, more in pages)]
