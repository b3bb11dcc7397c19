from tests.access.words import ANYBODY, AUTHOR, AUTHOR_POST, HOST, MEMBERS, READERS, SELF, WRITE
from tests.factories import a_block, a_resource, a_suggestion, a_thread, a_wiki_page

OF_A_SUGGESTION = [f"{verb}_suggestion" for verb in ("edit", "withdraw", "accept", "change", "decline")]

TABLE = f"""
today                   GET   {ANYBODY}
courses                 GET   {SELF}
communities             GET   {SELF}
course                  GET   {READERS}
course_file             GET   {READERS}
community               GET   {MEMBERS}
unit                    GET   {MEMBERS}
unit_done               POST  401  to  to  to  to  404 404 to  to  404 404
unit_read               POST  {WRITE}
reading_settings        GET   {SELF}
reading_settings        POST  401  to  to  to  to  to  to  to  to  to  to
unit_done_when          GET   {AUTHOR}
unit_done_when          POST  {AUTHOR_POST.format(422)}
block_talk              GET   in   to  to  to  to  404 404 to  to  404 404
unit_history            GET   {READERS}
unit_revision           GET   {READERS}
compare_unit            GET   in   to  to  to  to  404 404 to  to  to  to
restore_unit            POST  {AUTHOR_POST.format(404)}
helpers                 GET   {MEMBERS}
offer_help              POST  401  to  to  to  to  404 404 to  to  404 404
suggest_edit            GET   {MEMBERS}
suggest_edit            POST  {WRITE}
preview_suggestion      POST  {WRITE}
suggestions             GET   {MEMBERS}
suggestion              GET   {READERS}
edit_suggestion         GET   in   200 403 403 403 404 404 403 403 403 403
edit_suggestion         POST  401  422 403 403 403 404 404 403 403 403 403
withdraw_suggestion     POST  401  to  403 403 403 404 404 403 403 403 403
accept_suggestion       POST  {AUTHOR_POST.format(409)}
change_suggestion       GET   {AUTHOR}
change_suggestion       POST  {AUTHOR_POST.format(422)}
decline_suggestion      POST  {AUTHOR_POST.format(422)}
authors                 GET   in   403 403 200 403 404 404 403 403 200 403
authors                 POST  401  403 403 422 403 404 404 403 403 422 403
dismiss_author          POST  401  403 403 404 403 404 404 403 403 404 403
course_suggestions      GET   {AUTHOR}
threads                 GET   {MEMBERS}
conversation            GET   in   to  to  to  to  404 404 to  to  404 404
pieces                  GET   in   to  to  to  to  404 404 to  to  404 404
linkable                GET   {MEMBERS}
shelve_post             GET   in   to  to  to  to  404 404 to  to  404 404
resource                GET   {MEMBERS}
wiki_page               GET   {MEMBERS}
wiki_block_talk         GET   in   to  to  to  to  404 404 to  to  404 404
manage                  GET   in   403 200 200 403 403 403 403 200 200 200
new_course              GET   in   403 403 200 403 403 403 403 403 200 403
new_course              POST  401  403 403 422 403 403 403 403 403 422 403
manage_course           GET   {AUTHOR}
new_section             GET   {AUTHOR}
new_section             POST  {AUTHOR_POST.format(422)}
new_unit                GET   {AUTHOR}
new_unit                POST  {AUTHOR_POST.format(422)}
edit_unit               GET   {AUTHOR}
edit_unit               POST  {AUTHOR_POST.format(422)}
preview_unit            POST  {AUTHOR_POST.format(422)}
move_section            POST  {AUTHOR_POST.format("to")}
move_unit               POST  {AUTHOR_POST.format("to")}
new_cohort              GET   in   403 403 200 403 404 404 403 403 200 403
new_cohort              POST  401  403 403 422 403 404 404 403 403 422 403
manage_cohort           GET   {HOST}
add_people              POST  401  404 404 422 404 404 404 404 422 422 404
remove_person           POST  401  404 404 to  404 404 404 404 to  to  404
"""


def arguments(world):
    slug, place, course, unit = world.community.slug, world.place, world.course.slug, world.unit.slug
    file = world.course.files.get()
    block_id, _text = a_block(world.unit, "Counting posts")
    page = a_wiki_page(place, author=world.alice)
    linking = a_thread(place, author=world.alice, body="See https://example.org/herons.")
    shared = a_resource(place, sharer=world.alice)
    suggestion = a_suggestion(world.unit, by=world.bo, community=world.community)
    bo_is_in = world.community.memberships.current().get(user=world.bo)
    return {
        **{name: [slug] for name in ["community", "linkable", "manage_cohort", "add_people"]},
        **{name: [slug, place.pk] for name in ["threads", "conversation", "pieces"]},
        **{name: [course] for name in ["course", "manage_course", "new_section", "new_unit", "new_cohort"]},
        **{name: [course] for name in ["course_suggestions", "authors"]},
        "dismiss_author": [course, world.bo.handle],
        "course_suggestions": [course],
        **{name: [slug, unit] for name in ["suggest_edit", "preview_suggestion", "suggestions"]},
        **{name: [slug, unit, suggestion.pk] for name in ["suggestion", *OF_A_SUGGESTION]},
        **{name: [course, unit] for name in ["edit_unit", "preview_unit", "move_unit"]},
        **{name: [course, unit] for name in ["unit_history", "compare_unit", "restore_unit"]},
        "unit_revision": [course, unit, 1],
        "course_file": [course, file.sha256[:12], file.path],
        "unit": [slug, unit],
        **{name: [slug, unit] for name in ["unit_done", "helpers", "offer_help"]},
        "unit_read": [slug, unit],
        "unit_done_when": [course, unit],
        "block_talk": [slug, unit, block_id],
        "shelve_post": [slug, linking.pk, linking.posts.get().pk],
        "resource": [slug, shared.pk],
        "wiki_page": [slug, page.slug],
        "wiki_block_talk": [slug, page.slug, next(iter(page.standing_blocks()))],
        "move_section": [course, world.unit.section_id],
        "remove_person": [slug, bo_is_in.pk],
    }
