"""Old addresses: what was moved is found where it stands now, by who may see it there."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.views import typed_words
from notifications.views import saw

from ..forms import post_id
from ..models import Post, PostRevision, SummaryRevision, Thread


def leads_on(view):
    """Let a thread's or a post's address lead on when it stands elsewhere now. What is sent to the old address is
    taken as if it had been sent to the new one."""

    @wraps(view)
    def led(request, **names):
        try:
            return view(request, **names)
        except Http404:
            now = names_now(request.user, names)
            if now is None or now == names:
                return not_there(request)
        if request.method not in ("GET", "HEAD"):
            return view(request, **now)
        query = request.GET.urlencode()
        return redirect(reverse(request.resolver_match.view_name, kwargs=now) + (f"?{query}" if query else ""))

    return led


def keeps_words(view):
    """Let what somebody sent to a place that they may not see (any more) be given back."""

    @wraps(view)
    def kept(request, **names):
        try:
            return view(request, **names)
        except Http404:
            return not_there(request)

    return kept


def not_there(request):
    """404; words that were sent are given back."""
    if request.method != "POST" or request.htmx or not (typed := typed_words(request)):
        raise Http404
    return render(request, "discussions/not_there.html", {"typed": typed}, status=404)


def names_now(user, names):
    """What an address calls its thread and its post now; None where `user` may not see them."""
    if "post_id" in names:
        post = Post.objects.visible_to(user).with_ids([names["post_id"]]).with_communities().first()
        thread = post and post.thread
    else:
        thread = Thread.objects.numbered(names["thread_id"]).first()
        home = thread.lives_in.pk if thread else None
        thread = Thread.objects.visible_to(user).numbered(home).with_places().first()
    if not thread:
        return None
    now = {"community": thread.place.community.slug, "thread_id": thread.pk}
    return names | {name: value for name, value in now.items() if name in names}


def led_on(request, thread):
    """The way on from the page of `thread` when the post that `?post=` or `?answer=` asks for stands in another one;
    None when there is no such post for this reader."""
    name = "answer" if request.GET.get("answer") else "post"
    asked = post_id(request.GET.get(name, ""))
    post = Post.objects.visible_to(request.user).with_ids([asked]).with_communities().first() if asked else None
    if post is None or post.thread_id == thread.pk:
        return None
    return redirect(f"{post.thread.get_absolute_url()}?{name}={post.pk}#post-{post.pk}")


def led_elsewhere(request, place):
    """The way on from the page of `place` that `?post=` was sent to, when that post stands elsewhere, or in a topic
    that is no longer on top. 404 when there is no such post for this reader. None when it stands here: then what told
    of an edit of it, or of a summary above it, is read."""
    asked = post_id(request.GET.get("post", "") or request.GET.get("answer", ""))
    if asked is None:
        return None
    post = Post.objects.visible_to(request.user).with_ids([asked]).with_communities().first()
    if post is None and "post" in request.GET:
        raise Http404
    if post is None:
        return None
    if post.thread.place_id == place.pk:
        saw(request, PostRevision.objects.of_posts([post]), SummaryRevision.objects.of_threads([post.thread]))
        return to_topic(request, post.thread)
    return redirect(f"{post.thread.place.path}?{request.GET.urlencode()}#post-{post.pk}")


def to_topic(request, thread):
    """The way on to the page of a topic that is not on top of its community's page; None for what stands there."""
    apart = Thread.objects.numbered(thread.pk).topics()
    if not thread.is_topic or not apart.exists() or apart.current().exists():
        return None
    asked = request.GET.get("post") or request.GET.get("answer")
    return redirect(f"{thread.get_absolute_url()}?{request.GET.urlencode()}#post-{asked}")
