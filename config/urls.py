from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from . import health, views

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("courses.urls")),
    path("", include("discussions.urls")),
    path("", include("resources.urls")),
    path("", include("wiki.urls")),
    path("", include("notifications.urls")),
    path("", include("community.urls")),
    path("offline/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("token/", views.fresh_token, name="fresh_token"),
    *(path(f"health/{name}", view, name=name) for name, view in health.VIEWS.items()),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
]
if settings.EMBEDDED:
    urlpatterns += [
        path("dev/mail/", views.mail_list, name="mail_list"),
        path("dev/mail/<str:name>/", views.mail_message, name="mail_message"),
    ]
