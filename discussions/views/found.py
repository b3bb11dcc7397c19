"""What the views of conversations share: finding things through the reader's rights, and answering calmly."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from community.models import Place

from ..models import Post, Thread


def visible_place(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(places, pk=place_id, community__slug=community)


def visible_thread(request, community, thread_id):
    threads = Thread.objects.visible_to(request.user).with_places()
    return get_object_or_404(threads, pk=thread_id, place__community__slug=community)


def visible_post(request, community, post_id):
    posts = Post.objects.visible_to(request.user).as_targets().with_communities()
    return get_object_or_404(posts, pk=post_id, thread__place__community__slug=community)


def crumbs(place):
    return [(place.community.title, place.community.get_absolute_url()), (place.title, place.path)]


def said_too_fast(form, pause):
    form.add_error(
        None,
        _("That was a lot at once. Your words are still here; try again in %(s)s seconds.")
        % {"s": pause.retry_after_s},
    )
    return form


def too_fast(response, pause):
    response["Retry-After"] = str(pause.retry_after_s)
    return response


def posted_context(request, thread):
    """A thread somebody just wrote in, with the number of posts its knot shows."""
    visible = Thread.objects.visible_to(request.user)
    counts = visible.at(thread.place).about(thread.block_id).post_counts_by_block()
    news = Post.objects.in_threads([thread]).news_for(request.user)
    return {
        "thread": visible.numbered(thread.pk).with_places().with_last_posts(news=news)[0],
        "community": thread.place.community,
        "guides": thread.place.community.guide_roles(),
        "may_write": True,
        "block_count": counts.get(thread.block_id, 0),
        "knot": bool(thread.block_id),
    }
