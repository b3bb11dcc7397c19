from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from notifications.models import Event
from notifications.views import saw
from pieces import kept

from ..models import Post, PostRevision, SummaryRevision, people_of
from ..models.page_rows import rows_of_thread, rows_on_page
from .arranging import notes_on
from .found import answer_of, crumbs, pause_at, quoted_post, rights_of, visible_thread
from .leading import led_on
from .moving import came_from

POSTS_A_PAGE = 50
FACES_SHOWN = 5


@signed_in
@require_safe
def thread(request, community, thread_id):
    """A conversation on its own page. `?post=` leads to the page that holds that post, `?answer=` to the form
    that answers it."""
    return kept(
        request,
        "discussions/thread.html",
        rows=lambda: rows_of_thread(thread_id, request.user.pk),
        build=lambda: opened(request, community, thread_id),
    )


def opened(request, community, thread_id):
    """What the page shows, and what it is made of beside `rows_of_thread`; or where its posts are read now."""
    thread = visible_thread(request, community, thread_id)
    thread.note_hearing(request.user.pk)
    thread.place.seq = Event.objects.newest_at(thread.place)
    asked = request.GET.get("answer") or request.GET.get("post")
    guides, may_write = thread.place.community.guide_roles(), thread.place.accepts_words_from(request.user)
    rights = rights_of(request, guides, may_write=may_write)
    found = page_of_post(thread, asked)
    if asked and found is None and (elsewhere := led_on(request, thread)):
        return elsewhere
    pages = Paginator(posts_for(thread, rights).for_reading().in_order(), POSTS_A_PAGE)
    page = pages.get_page(request.GET.get("page") or found or 1)
    news = Post.objects.in_threads([thread]).news_for(request.user)
    news.mark([thread])
    posts = news.mark_posts(list(page))
    saw(request, PostRevision.objects.of_posts(posts), SummaryRevision.objects.of_threads([thread]))
    thread.new_up_to = posts[-1].pk if posts else 0
    thread.shown, thread.is_asked_for = posts, bool(asked or request.GET.get("page"))
    thread.take_summary()
    thread.answer = answer_of(thread)
    thread.answering = None if thread.is_covered else quoted_post(thread, request.GET.get("answer", ""))
    mark(rights, thread, [*posts, *filter(None, (thread.answer, thread.answering))])
    context = {
        "thread": thread,
        "posts": posts,
        "place": thread.place,
        "community": thread.place.community,
        "page": page,
        "guides": guides,
        "crumbs": crumbs(thread.place),
        "faces": people_of(posts)[:FACES_SHOWN],
        "may_write": may_write,
        "pause": None if may_write else pause_at(thread.place, request.user),
        "may_arrange": rights.may_arrange,
        "came_from": came_from(thread, rights, request.user),
        "notes": notes_on(thread, rights, request.user),
    }
    stands_alone = not context["notes"] and not context["came_from"]
    return context, rows_on_page(thread, posts, request.user.pk) if stands_alone else None


def mark(rights, thread, posts):
    """Tell posts of a thread, drawn on its page, what their reader may do with them."""
    for post in posts:
        post.thread = thread
    rights.mark(posts)


def posts_for(thread, rights):
    """The posts of a thread; only the first, where its reader is asked to answer before they read on."""
    if rights.is_asked_first(thread):
        thread.draw_curtain(quietly=rights.reading == thread.pk)
    return thread.posts.openings() if thread.is_covered else thread.posts


def page_of_post(thread, post_id):
    """Number of the page of `thread` on which a post stands; None if it isn't one of its posts."""
    index = thread.posts.index_of(post_id) if (post_id or "").isdecimal() else None
    return None if index is None else 1 + index // POSTS_A_PAGE
