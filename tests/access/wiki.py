from tests.access.words import MEMBERS, WRITE
from tests.factories import a_wiki_page

TABLE = f"""
wiki_index              GET   {MEMBERS}
wiki_titled             GET   in   to  to  to  to  404 404
rename_wiki_page        GET   {MEMBERS}
rename_wiki_page        POST  {WRITE}
new_wiki_page           GET   {MEMBERS}
new_wiki_page           POST  {WRITE}
edit_wiki_page          GET   {MEMBERS}
edit_wiki_page          POST  {WRITE}
merge_wiki_page         POST  {WRITE}
wiki_history            GET   {MEMBERS}
wiki_revision           GET   {MEMBERS}
"""


def arguments(world):
    page = a_wiki_page(world.place, author=world.alice)
    of_it = [world.community.slug, page.slug]
    return {
        **{name: [world.community.slug] for name in ["wiki_index", "wiki_titled"]},
        "new_wiki_page": [world.community.slug, world.place.pk],
        **dict.fromkeys(["edit_wiki_page", "merge_wiki_page", "rename_wiki_page", "wiki_history"], of_it),
        "wiki_revision": [*of_it, 1],
    }
