"""Whether this web process takes more requests. Before it ends, `deploy/web` closes its door: the proxy sees that and
sends everybody to the others, while what is under way is finished."""

import os
from pathlib import Path

from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def door(request):
    """For the proxy in front. Not whether all is well: a site without Redis still lets people read and write."""
    file = os.environ.get("DOOR_FILE")
    if file and Path(file).exists():
        return HttpResponse("closed\n", status=410, content_type="text/plain")  # no 503: nothing is wrong here
    return HttpResponse("open\n", content_type="text/plain")
