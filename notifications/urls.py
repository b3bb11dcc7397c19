from django.urls import path

from . import consumers, views

urlpatterns = [
    path("settings/digest/preview/", views.digest_preview, name="digest_preview"),
    path("digest/caught-up/<str:token>/", views.caught_up, name="caught_up"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/bell/", views.bell, name="bell"),
    path("settings/push/", views.push_on, name="push_on"),
    path("settings/push/off/", views.push_off, name="push_off"),
    path("notifications/read/", views.mark_read, name="mark_notifications_read"),
    path("following/<str:kind>/<int:pk>/", views.following, name="following"),
    path("settings/following/", views.followings, name="followings"),
    path("settings/notifications/", views.mail_settings, name="mail_settings"),
    path("settings/notifications/restart/", views.restart_mail, name="restart_mail"),
    path("stop/<str:token>/", views.stop_mail, name="stop_mail"),
    path("settings/mail/try-again/", views.try_mail_again, name="try_mail_again"),
    path("mail/answers/<slug:service>/", views.mail_answer, name="mail_answer"),
    path("mail/reports/<slug:service>/", views.mail_report, name="mail_report"),
    path("manage/mail/", views.manage_mail, name="manage_mail"),
    path("manage/mail/retry/", views.retry_mail, name="retry_mail"),
    path("manage/mail/give-up/", views.give_up_mail, name="give_up_mail"),
    path("manage/mail/hold/", views.hold_mail, name="hold_mail"),
]

sockets = [
    path("live/", consumers.PageConsumer.as_asgi()),
    path("live/<int:place_id>/", consumers.PageConsumer.as_asgi()),
]
