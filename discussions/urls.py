from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:community>/t/<int:thread_id>/", views.thread, name="thread"),
    path("c/<slug:community>/t/<int:thread_id>/replies/", views.post_reply, name="reply"),
    path("c/<slug:community>/p/<int:place_id>/threads/", views.threads, name="threads"),
    path("c/<slug:community>/p/<int:place_id>/threads/new/", views.new_thread, name="new_thread"),
    path("c/<slug:community>/p/<int:place_id>/read/", views.read_posts, name="read_posts"),
    path("c/<slug:community>/p/<int:place_id>/read/all/", views.catch_up, name="catch_up"),
    path("c/<slug:community>/read/all/", views.catch_up_community, name="catch_up_community"),
    path("c/<slug:community>/t/<int:thread_id>/read/", views.read_thread, name="read_thread"),
    path("c/<slug:community>/posts/<int:post_id>/unread/", views.mark_unread, name="mark_unread"),
]
