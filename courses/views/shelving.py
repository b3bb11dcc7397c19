"""Taking a link from what somebody said to the shelf of its place."""

import re
from html import unescape
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.views import crumbs, is_covered, visible_post

LINK = re.compile(r'href="(https?://[^"]+)"')
LINKS_SHOWN = 20


@signed_in
@require_safe
def shelve_post(request, community, thread_id, post_id):
    """Choose which of the links of a post to share; where there is one, its form comes up at once. Nothing is shared
    before that is sent."""
    post = visible_post(request, community, thread_id, post_id)
    links = list(dict.fromkeys(map(unescape, LINK.findall(post.html))))[:LINKS_SHOWN]
    if not links or post.is_gone or is_covered(request, post):
        raise Http404
    talk = post.thread.place
    place = talk.within or talk
    shelf = reverse("shelf", args=[community, place.pk])
    found = [(link, f"{shelf}?{urlencode({'what': link})}#share") for link in links]
    if len(found) == 1:
        return redirect(found[0][1])
    context = {"found": found, "post": post, "community": talk.community, "crumbs": crumbs(talk)}
    return render(request, "courses/shelve_post.html", context)
