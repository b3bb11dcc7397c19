"""How far somebody has read: told by what was on the screen, or by a button."""

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views import signed_in
from community.models import Community

from .. import actions
from ..models import Post, new_counts_for, new_to_you_words, new_words
from .found import post_by_id, visible_place, visible_thread

SEEN_AT_MOST = 500  # posts a request; a page holds fewer


@signed_in
@require_POST
def read_posts(request, community, place_id):
    """Note the posts that were on the screen long enough: `posts` are their ids with commas. For the page's script."""
    place = visible_place(request, community, place_id)
    seen = [number for number in map(as_id, request.POST.get("posts", "").split(",")) if number]
    actions.read_posts(request.user, place=place, seen=seen[:SEEN_AT_MOST])
    return JsonResponse(what_is_new(request, place))


@signed_in
@require_POST
def catch_up(request, community, place_id):
    """Mark everything of a place as read, as far as the page showed it."""
    place = visible_place(request, community, place_id)
    actions.catch_up(request.user, among=Post.objects.at(place), up_to=as_id(request.POST.get("up_to")))
    return marked(request, place, _("You are caught up here."), place.path)


@signed_in
@require_POST
def catch_up_community(request, community):
    """Mark everything of a community as read, as far as the page showed it."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    among = Post.objects.in_community(community)
    actions.catch_up(request.user, among=among, up_to=as_id(request.POST.get("up_to")))
    messages.success(request, _("You are caught up here."))
    return redirect(community)


@signed_in
@require_POST
def read_thread(request, community, thread_id):
    """Mark a conversation as read, as far as the page showed it."""
    thread = visible_thread(request, community, thread_id)
    among = Post.objects.in_threads([thread])
    actions.catch_up(request.user, among=among, up_to=as_id(request.POST.get("up_to")))
    return marked(request, thread.place, _("Marked as read."), f"{thread.place.path}#conversation")


@signed_in
@require_POST
def mark_unread(request, community, post_id):
    """Make a post and what follows it new again."""
    post = post_by_id(request, community, post_id)
    actions.mark_unread(request.user, post)
    is_new = Post.objects.with_ids([post.pk]).new_to(request.user).exists()
    words = _("Marked unread from here.") if is_new else _("What was said before you joined stays read.")
    return marked(request, post.thread.place, words, post.get_absolute_url())


def marked(request, place, words, url):
    """For the page's script what is new now; else the way back to the page, which says so."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(what_is_new(request, place) | {"said": words})
    messages.success(request, words)
    return HttpResponseRedirect(url)


def what_is_new(request, place):
    """What a page says is new, by the names of its elements' `data-new`, the post of each thread from which on all are
    new, and which are `still` new before it. What is not named is read."""
    news = Post.objects.at(place).news_for(request.user)
    counts = new_counts_for(request.user, place.community)
    words = {
        "place": new_to_you_words(news.count),
        "community": new_to_you_words(counts.total),
        "unit": new_words(news.count),
    }
    words |= {f"block-{block_id}": new_words(count) for block_id, count in news.blocks.items()}
    words |= {f"thread-{thread}": new_words(of.count) for thread, of in news.threads.items()}
    still = [post for of in news.threads.values() for post in of.still]
    return {"words": words, "first": {thread: of.first for thread, of in news.threads.items()}, "still": still}


def as_id(text):
    """A post's id as a form sends it; 0 for nonsense."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
