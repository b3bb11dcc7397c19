"""The Content-Security-Policy, for the settings."""

from typing import Any

from csp.constants import NONE, SELF

NOTHING = ["default-src", "base-uri", "object-src", "frame-ancestors"]
OURS = ["script-src", "style-src", "font-src", "manifest-src", "worker-src", "form-action"]


def content_security_policy(hosts: list[str], *, plain_http: bool) -> dict[str, Any]:
    """Everything comes from here, and nothing stands in the page itself.

    To some browsers 'self' means pages, and not the live connections of the same host; so those are named.
    """
    names = [f"*{host}" if host[0] == "." else host for host in hosts if host[0] not in "*["]
    sockets = [f"{'ws' if plain_http else 'wss'}://{name}:*" for name in names]
    directives = {
        **dict.fromkeys(NOTHING, (NONE,)),
        **dict.fromkeys(OURS, (SELF,)),
        "img-src": [SELF, "blob:"],
        "connect-src": [SELF, *sockets],
    }
    return {"DIRECTIVES": directives}
