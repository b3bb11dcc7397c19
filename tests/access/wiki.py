from tests.access.words import AUTHOR, AUTHOR_POST, MEMBERS, WRITE
from tests.factories import a_wiki_page

TABLE = f"""
wiki_index              GET   {MEMBERS}
wiki_titled             GET   in   to  to  to  to  404 404
wiki_templates          GET   {AUTHOR}
new_wiki_template       GET   {AUTHOR}
new_wiki_template       POST  {AUTHOR_POST.format(422, 422)}
edit_wiki_template      GET   {AUTHOR}
edit_wiki_template      POST  {AUTHOR_POST.format(422, 422)}
take_wiki_template      POST  {AUTHOR_POST.format("to", "to")}
bring_wiki_template_back POST {AUTHOR_POST.format("to", "to")}
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

OF_A_COMMUNITY = ["wiki_index", "wiki_titled", "wiki_templates", "new_wiki_template"]


def arguments(world):
    page = a_wiki_page(world.place, author=world.alice)
    of_it = [world.community.slug, page.slug]
    return {
        **{name: [world.community.slug] for name in OF_A_COMMUNITY},
        **{
            name: [world.community.slug, "glossary"]
            for name in ["edit_wiki_template", "take_wiki_template", "bring_wiki_template_back"]
        },
        "new_wiki_page": [world.community.slug, world.place.pk],
        **dict.fromkeys(["edit_wiki_page", "merge_wiki_page", "rename_wiki_page", "wiki_history"], of_it),
        "wiki_revision": [*of_it, 1],
    }
