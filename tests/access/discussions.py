from discussions.actions import Decision, decide
from tests.access.words import GUIDES, GUIDES_POST, MEMBERS, SELF, WRITE
from tests.carried import a_carried_thread
from tests.factories import a_post, a_summary, a_thread, a_thread_on, a_topic, split_off

TABLE = f"""
thread                  GET   {MEMBERS}
reply                   POST  {WRITE}
questions               GET   {MEMBERS}
topics                  GET   {MEMBERS}
new_topic               GET   {GUIDES}
new_topic               POST  {GUIDES_POST.format(422)}
cancel_topic            POST  401  404 to  to  404 404 404 404 to  404 404
put_back_topic          POST  401  404 to  to  404 404 404 404 to  404 404
changes                 GET   {MEMBERS}
new_thread              GET   {MEMBERS}
new_thread              POST  {WRITE}
read_posts              POST  401  200 200 200 200 404 404 200 200 404 404
catch_up                POST  401  to  to  to  to  404 404 to  to  404 404
catch_up_community      POST  401  to  to  to  to  404 404 to  to  404 404
read_thread             POST  401  to  to  to  to  404 404 to  to  404 404
mark_unread             POST  401  to  to  to  to  404 404 to  to  404 404
post                    GET   in   to  to  to  to  404 404 to  to  404 404
edit_post               GET   in   403 403 200 403 404 404 403 403 404 404
edit_post               POST  401  403 403 422 403 404 404 403 403 404 404
edit_post_here          GET   in   to  to  to  to  404 404 to  to  404 404
post_history            GET   {MEMBERS}
post_menu               GET   {MEMBERS}
delete_post             GET   in   403 200 200 403 404 404 403 200 404 404
delete_post             POST  401  403 to  to  403 404 404 403 to  404 404
restore_post            POST  401  403 to  to  403 404 404 403 to  404 404
reactions               POST  401  404 404 404 404 404 404 403 404 404 404
answer_post             GET   in   to  to  to  to  404 404 to  to  404 404
accept_post             POST  401  to  to  to  403 404 404 403 to  404 404
unaccept_post           POST  401  to  to  to  403 404 404 403 to  404 404
flag_post               GET   in   200 200 403 200 404 404 200 200 404 404
flag_post               POST  401  422 422 403 422 404 404 422 422 404 404
care                    GET   in   403 200 200 403 404 404 403 200 404 404
care_log                GET   in   403 200 200 403 404 404 403 200 404 404
care_post               GET   in   403 200 200 403 404 404 403 200 404 404
care_post               POST  401  403 422 422 403 404 404 403 422 404 404
care_entry              GET   in   404 200 200 404 404 404 404 200 404 404
undo_care               POST  401  403 to  403 403 404 404 403 to  404 404
new_prompt              GET   {GUIDES}
new_prompt              POST  {GUIDES_POST.format(422)}
distil                  GET   in   403 200 200 403 404 404 403 200 404 404
distil                  POST  401  403 422 422 403 404 404 403 422 404 404
summary_history         GET   {MEMBERS}
restore_summary         POST  401  403 404 404 403 404 404 403 404 404 404
move_thread             GET   in   403 200 200 403 404 404 403 200 404 404
move_thread             POST  401  403 422 422 403 404 404 403 422 404 404
split_thread            GET   in   403 200 200 403 404 404 403 200 404 404
split_thread            POST  401  403 422 422 403 404 404 403 422 404 404
merge_threads           GET   in   403 200 200 403 404 404 403 200 404 404
merge_threads           POST  401  403 422 422 403 404 404 403 422 404 404
undo_transfer           POST  401  403 to  to  403 404 404 403 to  404 404
nominate                POST  401  to  to  to  to  404 404 403 to  404 404
carried                 GET   {MEMBERS}
take_back_carried       POST  401  403 to  to  403 404 404 403 to  404 404
terms                   GET   {GUIDES}
terms                   POST  {GUIDES_POST.format("to")}
preview_post            POST  {WRITE}
mentionable             GET   {MEMBERS}
drafts                  GET   {SELF}
my_drafts               GET   {SELF}
save_draft              POST  401  422 422 422 422 422 422 422 422 422 422
discard_draft           POST  401  to  to  to  to  to  to to  to  to  to
"""

OF_A_POST = [
    "post", "edit_post", "edit_post_here", "post_history", "post_menu", "delete_post", "restore_post", "reactions",
    "answer_post", "flag_post",
]  # fmt: skip
OF_A_THREAD = [
    "thread", "nominate", "move_thread", "split_thread", "merge_threads", "reply", "read_thread", "distil",
    "summary_history", "restore_summary",
]  # fmt: skip
OF_A_PLACE = [
    "changes", "read_posts", "catch_up", "new_prompt", "new_thread", "preview_post", "mentionable",
]  # fmt: skip
OF_A_COMMUNITY = ["questions", "topics", "new_topic", "catch_up_community", "care", "care_log"]


def arguments(world):
    slug, place = world.community.slug, world.place
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    a_summary(thread, by=world.alice)
    post, question = [slug, thread.pk, thread.posts.get().pk], a_thread(place, author=world.bo, kind="question")
    to_come = [slug, a_topic(world.commons, asker=world.fay, days=1).pk]  # members know nothing of it yet
    answer = [slug, question.pk, a_post(question, author=world.fay).pk]
    made = split_off(question, a_post(question, author=world.al), by=world.fay)
    entry = [slug, decide(by=world.fay, post=thread.posts.get(), decision=Decision("warn", "Mind.")).pk]
    carried = [slug, a_carried_thread(place, by=world.alice).pk]
    return {
        **dict.fromkeys(OF_A_POST, post),
        **dict.fromkeys(OF_A_THREAD, post[:2]),
        **{name: [slug, place.pk] for name in OF_A_PLACE},
        **{name: [slug] for name in OF_A_COMMUNITY},
        **dict.fromkeys(["accept_post", "unaccept_post"], answer),
        **dict.fromkeys(["cancel_topic", "put_back_topic"], to_come),
        **dict.fromkeys(["carried", "take_back_carried"], carried),
        **dict.fromkeys(["care_entry", "undo_care"], entry),
        "mark_unread": [slug, post[2]],
        "undo_transfer": [slug, made.pk, made.taken_in.get().pk],
        "care_post": [slug, post[2]],
        "terms": [slug, place.threads.in_text().get().pk],
    }
