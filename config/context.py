"""What every page needs to know."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from accounts.models import look
from markup import LIMITS, Profile
from notifications.models import MailSettings
from notifications.views import bell_of

THEMES = ("light", "dark")


def site(request):
    user = getattr(request, "user", None)  # an error page may come before there is one
    shown = look()
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": shown.name,
        "look": shown,
        "embedded": settings.EMBEDDED,
        "theme": theme if theme in THEMES else "",
        "post_limit": LIMITS[Profile.POST],
        "file_bytes_max": settings.FILE_BYTES_MAX,
        "mail_trouble": SimpleLazyObject(lambda: MailSettings.trouble_of(user)),
        "may_manage": bool(user and user.is_staff),
        "bell": SimpleLazyObject(lambda: bell_of(request)),
    }
