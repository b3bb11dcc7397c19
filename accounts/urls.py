from django.urls import path

from . import views

urlpatterns = [
    path("settings/profile/", views.profile, name="profile_settings"),
    path("settings/directory/", views.directory_settings, name="directory_settings"),
    path("settings/blocked/", views.blocked, name="blocked"),
    path("settings/blocked/<str:handle>/unblock/", views.unblock, name="unblock"),
]
