from django.urls import path

from . import consumers, views

urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.mark_read, name="mark_notifications_read"),
]

sockets = [path("live/<int:place_id>/", consumers.PageConsumer.as_asgi())]
