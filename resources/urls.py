from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:community>/p/<int:place_id>/shelf/", views.shelf, name="shelf"),
    path("c/<slug:community>/r/<int:resource_id>/preview/", views.preview, name="preview"),
    path("c/<slug:community>/r/<int:resource_id>/picture/", views.preview_picture, name="preview_picture"),
]
