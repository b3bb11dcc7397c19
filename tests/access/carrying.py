from tests.access.words import MEMBERS, WRITE
from tests.carried import a_carried_page
from tests.factories import a_wiki_page

TABLE = f"""
carrying                GET   {MEMBERS}
choose_carrying         POST  {WRITE}
carry                   POST  401  403 422 422 403 404 404 403 422 404 404
forward                 POST  401  to  to  to  to  404 404 403 to  404 404
earlier_page            GET   {MEMBERS}
take_back_thing         POST  401  403 to  to  403 404 404 403 to  404 404
"""


def arguments(world):
    slug, page = world.community.slug, a_wiki_page(world.place, author=world.alice)
    earlier = a_carried_page(world.place, by=world.alice)
    return {
        **{name: [slug] for name in ["carrying", "choose_carrying", "carry"]},
        **{name: [slug, earlier.pk] for name in ["earlier_page", "take_back_thing"]},
        "forward": [slug, "wiki", page.pk],
    }
