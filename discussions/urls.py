from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:community>/t/<int:thread_id>/", views.thread, name="thread"),
    path("c/<slug:community>/t/<int:thread_id>/replies/", views.post_reply, name="reply"),
    path("c/<slug:community>/p/<int:place_id>/threads/", views.threads, name="threads"),
    path("c/<slug:community>/p/<int:place_id>/threads/new/", views.new_thread, name="new_thread"),
    path("c/<slug:community>/p/<int:place_id>/preview/", views.preview_post, name="preview_post"),
    path("c/<slug:community>/p/<int:place_id>/people/", views.mentionable, name="mentionable"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/mine/", views.my_drafts, name="my_drafts"),
    path("drafts/save/", views.save_draft, name="save_draft"),
    path("drafts/discard/", views.discard_draft, name="discard_draft"),
]
