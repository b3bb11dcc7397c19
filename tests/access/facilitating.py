from tests.access.words import GUIDES, GUIDES_POST
from tests.factories import a_thread

TABLE = f"""
facilitate              GET   {GUIDES}
announce                GET   {GUIDES}
announce                POST  {GUIDES_POST.format(422)}
tend                    POST  {GUIDES_POST.format(404)}
"""


def arguments(world):
    slug = world.community.slug
    return {
        **{name: [slug] for name in ["facilitate", "announce"]},
        "tend": [slug, a_thread(world.place, author=world.bo).pk],
    }
