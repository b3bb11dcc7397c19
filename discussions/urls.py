from django.urls import path

from . import views

POST = "c/<slug:community>/t/<int:thread_id>/posts/<int:post_id>/"

urlpatterns = [
    path("c/<slug:community>/t/<int:thread_id>/", views.thread, name="thread"),
    path("c/<slug:community>/t/<int:thread_id>/replies/", views.post_reply, name="reply"),
    path("c/<slug:community>/p/<int:place_id>/threads/new/", views.new_thread, name="new_thread"),
    path("c/<slug:community>/p/<int:place_id>/prompts/new/", views.new_prompt, name="new_prompt"),
    path("c/<slug:community>/topics/", views.topics, name="topics"),
    path("c/<slug:community>/topics/new/", views.new_topic, name="new_topic"),
    path("c/<slug:community>/topics/<int:thread_id>/cancel/", views.cancel_topic, name="cancel_topic"),
    path("c/<slug:community>/topics/<int:thread_id>/put-back/", views.put_back_topic, name="put_back_topic"),
    path("c/<slug:community>/topics/series/", views.topic_series, name="topic_series"),
    path("c/<slug:community>/topics/series/rest/", views.rest_series, name="rest_series"),
    path("c/<slug:community>/topics/proposed/", views.proposed_topics, name="proposed_topics"),
    path("c/<slug:community>/topics/proposed/new/", views.propose_topic, name="propose_topic"),
    path("c/<slug:community>/topics/<int:thread_id>/vote/", views.vote, name="vote"),
    path("c/<slug:community>/topics/<int:thread_id>/pick/", views.pick_topic, name="pick_topic"),
    path("c/<slug:community>/rota/", views.rota, name="rota"),
    path("c/<slug:community>/rota/seats/", views.take_seat, name="take_seat"),
    path("c/<slug:community>/rota/seats/<str:handle>/leave/", views.leave_seat, name="leave_seat"),
    path("c/<slug:community>/rota/<int:turn_id>/skip/", views.skip_turn, name="skip_turn"),
    path("c/<slug:community>/rota/<int:turn_id>/swap/", views.swap_turns, name="swap_turns"),
    path("c/<slug:community>/rota/<int:turn_id>/take/", views.take_turn, name="take_turn"),
    path("c/<slug:community>/prompts/", views.library, name="library"),
    path("c/<slug:community>/prompts/new/", views.new_library_prompt, name="new_library_prompt"),
    *(
        path(f"c/<slug:community>/prompts/<int:prompt_id>/{rest}/", view, name=name)
        for rest, view, name in (
            ("take-out", views.take_out_prompt, "take_out_prompt"),
            ("put-back", views.put_back_library_prompt, "put_back_library_prompt"),
        )
    ),
    path("c/<slug:community>/t/<int:thread_id>/keep/", views.keep_prompt, name="keep_prompt"),
    path("c/<slug:community>/announcements/new/", views.announce, name="announce"),
    path("c/<slug:community>/questions/", views.questions, name="questions"),
    path("c/<slug:community>/t/<int:thread_id>/move/", views.move_thread, name="move_thread"),
    path("c/<slug:community>/t/<int:thread_id>/split/", views.split_thread, name="split_thread"),
    path("c/<slug:community>/t/<int:thread_id>/merge/", views.merge_threads, name="merge_threads"),
    path(
        "c/<slug:community>/t/<int:thread_id>/transfers/<int:transfer_id>/undo/",
        views.undo_transfer,
        name="undo_transfer",
    ),
    path("c/<slug:community>/t/<int:thread_id>/tending/", views.tend, name="tend"),
    path("c/<slug:community>/t/<int:thread_id>/nomination/", views.nominate, name="nominate"),
    path("c/<slug:community>/carried/<int:carried_id>/", views.carried, name="carried"),
    path("c/<slug:community>/carried/<int:carried_id>/take-back/", views.take_back_carried, name="take_back_carried"),
    path("c/<slug:community>/t/<int:thread_id>/summary/", views.distil, name="distil"),
    path("c/<slug:community>/t/<int:thread_id>/summary/history/", views.summary_history, name="summary_history"),
    path("c/<slug:community>/t/<int:thread_id>/summary/restore/", views.restore_summary, name="restore_summary"),
    path("c/<slug:community>/t/<int:thread_id>/terms/", views.terms, name="terms"),
    path("c/<slug:community>/p/<int:place_id>/changes/", views.changes, name="changes"),
    path("c/<slug:community>/p/<int:place_id>/read/", views.read_posts, name="read_posts"),
    path("c/<slug:community>/p/<int:place_id>/read/all/", views.catch_up, name="catch_up"),
    path("c/<slug:community>/read/all/", views.catch_up_community, name="catch_up_community"),
    path("c/<slug:community>/t/<int:thread_id>/read/", views.read_thread, name="read_thread"),
    path("c/<slug:community>/posts/<int:post_id>/unread/", views.mark_unread, name="mark_unread"),
    path(POST, views.post, name="post"),
    path(f"{POST}menu/", views.post_menu, name="post_menu"),
    path(f"{POST}edit/", views.edit_post, name="edit_post"),
    path(f"{POST}edit/here/", views.edit_post_here, name="edit_post_here"),
    path(f"{POST}history/", views.post_history, name="post_history"),
    path(f"{POST}delete/", views.delete_post, name="delete_post"),
    path(f"{POST}restore/", views.restore_post, name="restore_post"),
    path(f"{POST}reactions/", views.reactions, name="reactions"),
    path(f"{POST}flag/", views.flag_post, name="flag_post"),
    path(f"{POST}answer/", views.answer_post, name="answer_post"),
    path(f"{POST}accept/", views.accept_post, name="accept_post"),
    path(f"{POST}unaccept/", views.unaccept_post, name="unaccept_post"),
    path("c/<slug:community>/p/<int:place_id>/preview/", views.preview_post, name="preview_post"),
    path("c/<slug:community>/p/<int:place_id>/people/", views.mentionable, name="mentionable"),
    path("c/<slug:community>/care/", views.care, name="care"),
    path("c/<slug:community>/care/log/", views.care_log, name="care_log"),
    path("c/<slug:community>/care/posts/<int:post_id>/", views.care_post, name="care_post"),
    path("c/<slug:community>/care/log/<int:entry_id>/", views.care_entry, name="care_entry"),
    path("c/<slug:community>/care/log/<int:entry_id>/undo/", views.undo_care, name="undo_care"),
]

for pattern in urlpatterns:
    if {"thread_id", "post_id"} & set(pattern.pattern.converters):
        pattern.callback = views.leads_on(pattern.callback)
    elif "place_id" in pattern.pattern.converters:
        pattern.callback = views.keeps_words(pattern.callback)
