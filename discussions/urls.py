from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:community>/t/<int:thread_id>/", views.thread, name="thread"),
    path("c/<slug:community>/t/<int:thread_id>/replies/", views.post_reply, name="reply"),
    path("c/<slug:community>/p/<int:place_id>/threads/", views.threads, name="threads"),
    path("c/<slug:community>/p/<int:place_id>/threads/new/", views.new_thread, name="new_thread"),
]
