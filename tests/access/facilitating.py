from discussions.actions import keep_prompt
from tests.access.words import GUIDES, GUIDES_POST
from tests.factories import a_prompt, a_thread

TABLE = f"""
facilitate              GET   {GUIDES}
announce                GET   {GUIDES}
announce                POST  {GUIDES_POST.format(422)}
library                 GET   {GUIDES}
new_library_prompt      GET   {GUIDES}
new_library_prompt      POST  {GUIDES_POST.format(422)}
take_out_prompt         POST  {GUIDES_POST.format("to")}
put_back_library_prompt POST  {GUIDES_POST.format("to")}
keep_prompt             POST  {GUIDES_POST.format("to")}
tend                    POST  {GUIDES_POST.format(404)}
"""


def arguments(world):
    slug = world.community.slug
    asked = a_prompt(world.place, asker=world.fay)
    kept = keep_prompt(by=world.fay, thread=asked)
    return {
        **{name: [slug] for name in ["facilitate", "announce", "library", "new_library_prompt"]},
        "keep_prompt": [slug, asked.pk],
        **{name: [slug, kept.pk] for name in ["take_out_prompt", "put_back_library_prompt"]},
        "tend": [slug, a_thread(world.place, author=world.bo).pk],
    }
