from tests.access.words import GUIDES, GUIDES_POST, MEMBERS, WRITE
from tests.factories import a_wiki_page

TABLE = f"""
wiki_index              GET   {MEMBERS}
wiki_titled             GET   in   to  to  to  to  404 404 to  to  404 404
wiki_templates          GET   {GUIDES}
new_wiki_template       GET   {GUIDES}
new_wiki_template       POST  {GUIDES_POST.format(422)}
edit_wiki_template      GET   {GUIDES}
edit_wiki_template      POST  {GUIDES_POST.format(422)}
take_wiki_template      POST  {GUIDES_POST.format("to")}
bring_wiki_template_back POST {GUIDES_POST.format("to")}
rename_wiki_page        GET   {MEMBERS}
rename_wiki_page        POST  {WRITE}
new_wiki_page           GET   {MEMBERS}
new_wiki_page           POST  {WRITE}
edit_wiki_page          GET   {MEMBERS}
edit_wiki_page          POST  {WRITE}
editing_wiki_page       POST  401  200 200 200 200 404 404 200 200 404 404
merge_wiki_page         POST  {WRITE}
wiki_writers            GET   {MEMBERS}
wiki_history            GET   {MEMBERS}
wiki_revision           GET   {MEMBERS}
compare_wiki_page       GET   in   to  to  to  to  404 404 to  to  404 404
restore_wiki_page       POST  401  404 404 404 404 404 404 403 404 404 404
hide_wiki_text          GET   in   403 403 200 403 404 404 403 200 404 404
hide_wiki_text          POST  401  403 403 422 403 404 404 403 422 404 404
show_wiki_text          POST  401  403 403 to  403 404 404 403 to  404 404
"""

OF_A_COMMUNITY = ["wiki_index", "wiki_titled", "wiki_templates", "new_wiki_template"]


def arguments(world):
    page = a_wiki_page(world.place, author=world.alice)
    of_it = [world.community.slug, page.slug]
    first = [*of_it, 1]
    return {
        **{name: [world.community.slug] for name in OF_A_COMMUNITY},
        **{
            name: [world.community.slug, "glossary"]
            for name in ["edit_wiki_template", "take_wiki_template", "bring_wiki_template_back"]
        },
        "new_wiki_page": [world.community.slug, world.place.pk],
        **dict.fromkeys(["edit_wiki_page", "editing_wiki_page", "merge_wiki_page", "rename_wiki_page"], of_it),
        **dict.fromkeys(["wiki_history", "wiki_writers", "compare_wiki_page"], of_it),
        **dict.fromkeys(["wiki_revision", "restore_wiki_page", "hide_wiki_text", "show_wiki_text"], first),
    }
