"""One process for pages and live connections: pages are plain WSGI in a pool of threads, as under any WSGI server;
only the connections of open pages are asynchronous. Why, and with which figures: docs/adr/0006.
"""

import os
from urllib.parse import urlsplit
from wsgiref.util import FileWrapper

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import Error
from django.http.request import split_domain_port, validate_host
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config import reporting

reporting.start()
THREADS = 8
TRY_AGAIN_LATER = 1013
PIECE_BYTES = 64 * 1024
wsgi, shared = get_wsgi_application(), {name: caches[name] for name in settings.CACHES}

from config.measures import CONNECTED  # noqa: E402 needs the apps
from config.outages import outage_of  # noqa: E402
from config.requests import new_id, request_id  # noqa: E402
from notifications.urls import sockets  # noqa: E402


def page(environ, start_response):
    """With the same caches for all: Django makes them for each context, so for each request, which would connect to
    Redis. Files go out in large pieces, since each crosses from its thread to the loop."""
    for name, cache in shared.items():
        caches[name] = cache
    environ["wsgi.file_wrapper"] = lambda file, _size: FileWrapper(file, PIECE_BYTES)
    return wsgi(environ, start_response)


def for_pages(app):
    """Without headers whose names have an underscore: WSGI can't tell them from those that a proxy sets."""

    async def guarded(scope, receive, send):
        async def received():  # some servers give what is no coroutine
            return await receive()

        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        await app(scope | {"headers": headers}, received, send)

    return guarded


def from_this_site(app):
    """Only pages of this site connect: a browser sends the cookies of its user from any page, and says from which."""

    async def guarded(scope, receive, send):
        headers = dict(scope["headers"])
        origin, host = (headers.get(name, b"").decode("latin1") for name in (b"origin", b"host"))
        await (app if is_ours(origin, host) else WebsocketDenier())(scope, receive, send)

    return guarded


def while_it_lasts(app):
    """Without a database nobody can be let in: the page hears 503, or that it has to connect again, and does so later
    by itself."""

    async def guarded(scope, receive, send):
        accepted = False

        async def noted(message):
            nonlocal accepted
            accepted = accepted or message["type"] == "websocket.accept"
            await send(message)

        try:
            await app(scope, receive, noted)
        except Error as error:
            if outage_of(error) is None:
                raise
            if accepted or "websocket.http.response" not in scope.get("extensions", {}):
                await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            else:
                await send({"type": "websocket.http.response.start", "status": 503, "headers": []})
                await send({"type": "websocket.http.response.body", "body": b""})

    return guarded


def watched_live(app):
    """With an id in the logs for each connection, and a count of those that are open."""

    async def watched(scope, receive, send):
        request_id.set(new_id())
        with CONNECTED.track_inprogress():
            await app(scope, receive, send)

    return watched


def is_ours(origin, host):
    schemes = {"https"} if settings.SESSION_COOKIE_SECURE else {"http", "https"}
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return False
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    parts = urlsplit(origin)
    return parts.scheme in schemes and parts.netloc == host


application = ProtocolTypeRouter(
    {
        "http": for_pages(WSGIMiddleware(page, workers=THREADS)),
        "websocket": from_this_site(
            watched_live(
                while_it_lasts(
                    AuthMiddlewareStack(URLRouter([*sockets, re_path("", WebsocketDenier.as_asgi())]))  # type: ignore[arg-type]
                )
            )
        ),
    }
)
