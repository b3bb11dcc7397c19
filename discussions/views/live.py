"""For open pages that follow what happens: what changed, and the pieces of the page that show it."""

from django.http import JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from ..forms import post_id
from ..models import Changes, Post, Thread
from .found import rights_of, visible_place
from .marking import as_id, what_is_new

IDS_AT_MOST = 400  # of one kind in one request


@signed_in
@require_safe
def changes(request, community, place_id):
    """What happened at a place after the event `?after=`, for a page that shows the threads `?threads=`: ids, states
    and numbers; the words are asked for by whoever sees that they changed."""
    place = visible_place(request, community, place_id)
    rights = rights_of(request, place.community.guide_roles())
    after, shown = as_id(request.GET.get("after")), set(ids_in(request, "threads"))
    found = Changes.since(after, place, request.user, rights=rights, shown=shown)
    counts = dict(Thread.objects.visible_to(request.user).at(place).post_counts_by_block())
    return JsonResponse(
        {
            "seq": found.seq,
            "events": found.events,
            "cut": found.is_cut,
            "posts": [as_json(post, rights) | {"fresh": post.pk in found.made} for post in found.posts],
            "threads": {thread.pk: thread_as_json(thread, found.mixed) for thread in found.threads},
            "left": {pk: thread.get_absolute_url() if thread else "" for pk, thread in found.left.items()},
            "count": sum(counts.values()),
            "total": posts_words(sum(counts.values())),
            "blocks": {block: [count, posts_words(count)] for block, count in counts.items() if block},
        }
        | what_is_new(request, place)
    )


def as_json(post, rights):
    is_mine, is_gone = rights.owns(post), post.is_gone
    return {"id": post.pk, "thread": post.thread_id, "state": post.state, "mine": is_mine, "gone": is_gone}


def thread_as_json(thread, mixed):
    return {"block": thread.block_id, "posts": thread.post_count, "mixed": thread.pk in mixed}


def posts_words(count):
    return ngettext("%(n)s post", "%(n)s posts", count) % {"n": count}


def pieces(request, place, blocks):
    """What the template of the pieces that a page asks for needs: the posts `?posts=`; what stands around the posts of
    the threads `?threads=`; the threads `?whole=` and the rows `?rows=` as they are. `blocks` are those of the text."""
    guides, may_write = place.community.guide_roles(), place.accepts_words_from(request.user)
    rights = rights_of(request, guides, may_write=may_write)
    asked = {name: set(ids_in(request, name)) for name in ("posts", "threads", "whole", "rows")}
    posts = list(Post.objects.at(place).with_ids(asked["posts"]).for_reading().in_order())
    wanted = asked["threads"] | asked["whole"] | asked["rows"] | {post.thread_id for post in posts}
    visible = Thread.objects.visible_to(request.user).at(place).with_ids(wanted).with_people()
    news = Post.objects.in_threads(wanted).news_for(request.user)
    threads = {thread.pk: thread for thread in visible.with_last_posts(news=news, rights=rights)}
    for thread in threads.values():
        thread.note_place(place, blocks)
    posts = [post for post in posts if post.thread_id in threads]
    for post in posts:
        post.thread = threads[post.thread_id]
    rights.mark(posts)
    return {
        "posts": news.mark_posts([post for post in posts if rights.shows(post)]),
        **{name: chosen(threads, asked[name]) for name in ("threads", "whole", "rows")},
        "place": place,
        "community": place.community,
        "guides": guides,
        "may_write": may_write,
        "plain": request.GET.get("page") == "thread",
    }


def chosen(threads, ids):
    return [threads[pk] for pk in sorted(ids) if pk in threads]


def ids_in(request, name):
    """The ids with commas in a part of the address's query."""
    found = [number for number in map(post_id, request.GET.get(name, "").split(",")) if number]
    return found[:IDS_AT_MOST]
