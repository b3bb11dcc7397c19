from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/mine/", views.my_drafts, name="my_drafts"),
    path("drafts/save/", views.save_draft, name="save_draft"),
    path("drafts/discard/", views.discard_draft, name="discard_draft"),
    path("words/", views.my_words, name="my_words"),
    path("courses/", views.courses, name="courses"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/files/<str:version>/<path:path>", views.course_file, name="course_file"),
    *(
        path(f"courses/<slug:course>/units/<slug:unit>/history/{rest}", view, name=name)
        for rest, view, name in (
            ("", views.unit_history, "unit_history"),
            ("compare/", views.compare_unit, "compare_unit"),
            ("<int:number>/", views.unit_revision, "unit_revision"),
        )
    ),
    path("settings/reading/", views.reading_settings, name="reading_settings"),
    path("communities/", views.communities, name="communities"),
    path("c/<slug:community>/", views.community, name="community"),
    path("c/<slug:community>/facilitate/", views.facilitate, name="facilitate"),
    path("c/<slug:community>/join/", views.join_community, name="join_community"),
    path("c/<slug:community>/join/withdraw/", views.withdraw_request, name="withdraw_request"),
    path("c/<slug:community>/course/new/", views.own_course, name="own_course"),
    path("c/<slug:community>/leave/", views.leave_community, name="leave_community"),
    path("c/<slug:community>/leave/undo/", views.show_name_again, name="show_name_again"),
    path("c/<slug:community>/requests/", views.join_requests, name="join_requests"),
    path("c/<slug:community>/requests/<int:pk>/admit/", views.admit, name="admit"),
    path("c/<slug:community>/requests/<int:pk>/decline/", views.decline, name="decline"),
    path("c/<slug:community>/names/", views.linkable, name="linkable"),
    *(
        path(f"c/<slug:community>/hand-over/{rest}", view, name=name)
        for rest, view, name in (
            ("", views.hand_over, "hand_over"),
            ("open/", views.open_hand_over, "open_hand_over"),
            ("tip/", views.leave_tip, "leave_tip"),
            ("link/", views.leave_link, "leave_link"),
        )
    ),
    path("c/<slug:community>/carrying/", views.carrying, name="carrying"),
    path("c/<slug:community>/carrying/choice/", views.choose_carrying, name="choose_carrying"),
    path("c/<slug:community>/carrying/carry/", views.carry, name="carry"),
    path("c/<slug:community>/carrying/forward/<slug:kind>/<int:thing_id>/", views.forward, name="forward"),
    path("c/<slug:community>/earlier/<int:carried_id>/", views.earlier_page, name="earlier_page"),
    path("c/<slug:community>/earlier/<int:carried_id>/back/", views.take_back_thing, name="take_back_thing"),
    path("c/<slug:community>/hello/", views.hello, name="hello"),
    path("c/<slug:community>/hello/<int:membership_id>/", views.say_hello, name="say_hello"),
    path("c/<slug:community>/u/<slug:unit>/", views.unit, name="unit"),
    path("c/<slug:community>/u/<slug:unit>/done/", views.unit_done, name="unit_done"),
    path("c/<slug:community>/u/<slug:unit>/read/", views.unit_read, name="unit_read"),
    path("c/<slug:community>/u/<slug:unit>/talk/<slug:block_id>/", views.block_talk, name="block_talk"),
    path("c/<slug:community>/u/<slug:unit>/helpers/", views.helpers, name="helpers"),
    path("c/<slug:community>/u/<slug:unit>/helpers/offer/", views.offer_help, name="offer_help"),
    path("c/<slug:community>/u/<slug:unit>/suggest/", views.suggest_edit, name="suggest_edit"),
    path("c/<slug:community>/u/<slug:unit>/suggest/preview/", views.preview_suggestion, name="preview_suggestion"),
    path("c/<slug:community>/u/<slug:unit>/suggestions/", views.suggestions, name="suggestions"),
    path("c/<slug:community>/u/<slug:unit>/suggestions/<int:number>/", views.suggestion, name="suggestion"),
    *(
        path(f"c/<slug:community>/u/<slug:unit>/suggestions/<int:number>/{verb}/", view, name=f"{verb}_suggestion")
        for verb, view in (
            ("edit", views.edit_suggestion),
            ("withdraw", views.withdraw_suggestion),
            ("accept", views.accept_suggestion),
            ("change", views.change_suggestion),
            ("decline", views.decline_suggestion),
        )
    ),
    path("c/<slug:community>/p/<int:place_id>/threads/", views.threads, name="threads"),
    path("c/<slug:community>/p/<int:place_id>/conversation/", views.conversation, name="conversation"),
    path("c/<slug:community>/p/<int:place_id>/pieces/", views.pieces, name="pieces"),
    path("c/<slug:community>/t/<int:thread_id>/posts/<int:post_id>/shelf/", views.shelve_post, name="shelve_post"),
    path("c/<slug:community>/r/<int:resource_id>/", views.resource, name="resource"),
    path("c/<slug:community>/w/<slug:slug>/", views.wiki_page, name="wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/talk/<slug:block_id>/", views.wiki_block_talk, name="wiki_block_talk"),
    path("manage/", views.manage, name="manage"),
    path("manage/courses/new/", views.new_course, name="new_course"),
    path("manage/courses/<slug:course>/", views.manage_course, name="manage_course"),
    path("manage/courses/<slug:course>/authors/", views.authors, name="authors"),
    path("manage/courses/<slug:course>/authors/<str:handle>/dismiss/", views.dismiss_author, name="dismiss_author"),
    path("manage/courses/<slug:course>/report/", views.course_report, name="course_report"),
    path("manage/courses/<slug:course>/suggestions/", views.course_suggestions, name="course_suggestions"),
    *(
        path(f"manage/courses/<slug:course>/schedule/{rest}", view, name=name)
        for rest, view, name in (
            ("", views.course_schedule, "course_schedule"),
            ("new/", views.new_step, "new_step"),
            ("<int:step_id>/", views.edit_step, "edit_step"),
            ("<int:step_id>/remove/", views.remove_step, "remove_step"),
            ("<int:step_id>/put-back/", views.put_step_back, "put_step_back"),
        )
    ),
    path("manage/courses/<slug:course>/practice/", views.course_practice, name="course_practice"),
    path("manage/courses/<slug:course>/sections/new/", views.new_section, name="new_section"),
    path("manage/courses/<slug:course>/sections/<int:section_id>/move/", views.move_section, name="move_section"),
    path("manage/courses/<slug:course>/units/new/", views.new_unit, name="new_unit"),
    path("manage/courses/<slug:course>/units/<slug:unit>/", views.edit_unit, name="edit_unit"),
    path("manage/courses/<slug:course>/units/<slug:unit>/preview/", views.preview_unit, name="preview_unit"),
    path("manage/courses/<slug:course>/units/<slug:unit>/done/", views.unit_done_when, name="unit_done_when"),
    path("manage/courses/<slug:course>/units/<slug:unit>/restore/", views.restore_unit, name="restore_unit"),
    path("manage/courses/<slug:course>/units/<slug:unit>/move/", views.move_unit, name="move_unit"),
    path("manage/courses/<slug:course>/cohorts/new/", views.new_cohort, name="new_cohort"),
    path("manage/cohorts/new/", views.start_cohort, name="start_cohort"),
    path("manage/cohorts/new/preview/", views.preview_cohort, name="preview_cohort"),
    *(
        path(f"manage/cohorts/<slug:community>/{rest}", view, name=name)
        for rest, view, name in (
            ("schedule/", views.cohort_schedule, "cohort_schedule"),
            ("schedule/plan/", views.replan_cohort, "replan_cohort"),
            ("schedule/<int:date_id>/", views.move_date, "move_date"),
            ("welcome/", views.cohort_welcome, "cohort_welcome"),
        )
    ),
    path("manage/cohorts/<slug:community>/", views.manage_cohort, name="manage_cohort"),
    path("manage/cohorts/<slug:community>/report/", views.cohort_report, name="cohort_report"),
    path("manage/cohorts/<slug:community>/report/units/<slug:unit>/", views.unit_report, name="unit_report"),
    path("manage/cohorts/<slug:community>/report/<slug:table>.csv", views.report_sheet, name="report_sheet"),
    path(
        "manage/cohorts/<slug:community>/report/units/<slug:unit>/<slug:table>.csv",
        views.report_sheet,
        name="unit_report_sheet",
    ),
    *(
        path(f"manage/cohorts/<slug:community>/season/{rest}", view, name=name)
        for rest, view, name in (
            ("", views.season, "season"),
            ("end/", views.set_end, "set_end"),
            ("turn/", views.turn_season, "turn_season"),
            ("undo/", views.undo_turn, "undo_turn"),
        )
    ),
    path("manage/cohorts/<slug:community>/copy/", views.copy_cohort, name="copy_cohort"),
    path("manage/cohorts/<slug:community>/people/", views.add_people, name="add_people"),
    *(
        path(f"manage/cohorts/<slug:community>/roster/{rest}", view, name=name)
        for rest, view, name in (
            ("", views.roster, "roster"),
            ("export/", views.export_roster, "export_roster"),
            ("<int:list_id>/", views.roster_list, "roster_list"),
            ("<int:list_id>/read/", views.read_roster, "read_roster"),
            ("<int:list_id>/apply/", views.apply_roster, "apply_roster"),
            ("<int:list_id>/discard/", views.discard_roster, "discard_roster"),
        )
    ),
    path("manage/cohorts/<slug:community>/move/", views.move_to_cohort, name="move_to_cohort"),
    *(
        path(f"manage/cohorts/<slug:community>/invitations/{rest}", view, name=name)
        for rest, view, name in (
            ("", views.invitations, "invitations"),
            ("<int:invitation_id>/remind/", views.remind_invited, "remind_invited"),
            ("<int:invitation_id>/withdraw/", views.withdraw_invitation, "withdraw_invitation"),
        )
    ),
    path(
        "manage/cohorts/<slug:community>/people/<int:membership_id>/remove/", views.remove_person, name="remove_person"
    ),
]
