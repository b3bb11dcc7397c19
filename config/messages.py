"""Where what a page says once ("Saved.") waits for the next page: a cookie, or the session for what is too long."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OurCookie(CookieStorage):
    """Named as our other cookies: with `__Host-`, no other site of the domain can set it."""

    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "weft-messages"


class Storage(FallbackStorage):
    storage_classes = (OurCookie, SessionStorage)
