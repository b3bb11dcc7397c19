from django.urls import path

from . import views

urlpatterns = [path("c/<slug:community>/p/<int:place_id>/shelf/", views.shelf, name="shelf")]
