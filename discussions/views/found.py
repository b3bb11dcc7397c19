"""What the views of conversations share: finding things through the reader's rights, and answering calmly."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from community.models import Bookmark, Place

from ..actions import NEW_MEMBERS_POSTS_AN_HOUR, TooNew, TooSoon
from ..forms import post_id
from ..models import Post, Rights, Thread, threads_visible_to


def visible_place(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(places, pk=place_id, community__slug=community)


def visible_thread(request, community, thread_id):
    user_id = request.user.pk
    threads = Thread.objects.visible_to(request.user).with_places().with_summaries().knowing_answers_of(user_id)
    threads = threads.knowing_reads_of(user_id).knowing_unwanted_by(user_id).knowing_nominations_of(user_id)
    threads = Bookmark.objects.knowing_kept(threads.knowing_levels_of(user_id), request.user)
    return get_object_or_404(threads, pk=thread_id, place__community__slug=community)


def thread_to_answer(request, community, thread_id):
    """What a reply is for, with nothing of what only a page that shows it needs."""
    threads = Thread.objects.with_ids(threads_visible_to(request.user)).select_related("place__community")
    return get_object_or_404(threads, pk=thread_id, place__community__slug=community)


def thread_to_arrange(request, community, thread_id):
    """For guides; 403 for who may only read it."""
    thread = visible_thread(request, community, thread_id)
    if not Rights.at(thread.place, request.user).may_arrange:
        raise PermissionDenied
    return thread


def rights_of(request, guides, *, may_write=True):
    """What the reader of a page may do with its posts, and whether they ask to read a prompt without answering: by
    `?read=` in its address, or in that of the page that asks for a fragment. Nothing notes it."""
    query = request.GET.get("read", "")
    if request.htmx and not query:
        query = parse_qs(urlsplit(request.htmx.current_url or "").query).get("read", [""])[0]
    return Rights.of(request.user, guides, may_write=may_write, reading=post_id(query))


def is_covered(request, post):
    """Whether its reader is asked to answer before they read this post, and has not asked to read without."""
    return post.thread.answer_first and not rights_of(request, post.thread.place.community.guide_roles()).shows(post)


def post_by_id(request, community, post_id):
    posts = Post.objects.visible_to(request.user).as_targets().with_communities()
    return get_object_or_404(posts, pk=post_id, thread__place__community__slug=community)


def visible_post(request, community, thread_id, post_id):
    """A post with its thread, place and community."""
    thread = visible_thread(request, community, thread_id)
    post = get_object_or_404(thread.posts.for_reading(), pk=post_id)
    post.thread = thread
    return post


def address_after(request, post):
    """Where somebody goes on who did something with a post: the page they came from, open at the post."""
    if (request.POST or request.GET).get("page") == "thread":
        return f"{post.thread.get_absolute_url()}?post={post.pk}#post-{post.pk}"
    return post.get_absolute_url()


def around_post(request, post):
    """What a page or a fragment about one post needs."""
    place = post.thread.place
    guides = place.community.guide_roles()
    may_write = place.accepts_words_from(request.user)
    rights_of(request, guides, may_write=may_write).mark([post])
    post.thread.mark_cited([post])
    return {
        "post": post,
        "thread": post.thread,
        "place": place,
        "community": place.community,
        "guides": guides,
        "may_write": may_write,
        "back": address_after(request, post),
        "plain": (request.POST or request.GET).get("page") == "thread",
        "crumbs": crumbs(place),
    }


def post_changed(request, post, *, also=(), word=None):
    """The answer in place when something was done with a post: the post, those it changed `also`, its question's
    answer, and the number of posts at its knot. One goes on at the button of `word`, or else at the post."""
    thread = post.thread
    post = thread.posts.for_reading().get(pk=post.pk)
    post.thread = thread
    more = {
        "focused": not word,
        "word": word,
        "block_count": block_count(request, thread),
        "also": with_rights(request, also, thread),
    }
    thread.answer = answer_of(thread)
    with_rights(request, [thread.answer] if thread.answer else [], thread)
    return render(request, "discussions/_post_changed.html", around_post(request, post) | more)


def said(response, words):
    """`response`, with `words` for who hears the page instead of seeing it."""
    return trigger_client_event(response, "announce", {"value": words})


def quoted_post(thread, text):
    """The post of `thread` whose id a form or an address names, or None."""
    number = post_id(text)
    return thread.posts.for_reading().numbered(number).first() if number else None


def with_rights(request, posts, thread):
    for post in posts:
        post.thread = thread
    if posts:
        Rights.at(thread.place, request.user).mark(posts)
        thread.mark_cited(posts)
    return posts


def answer_of(thread):
    """The accepted post of a question, or None."""
    if thread.accepted_post_id is None:
        return None
    answer = thread.posts.for_reading().numbered(thread.accepted_post_id).first()
    if answer:
        answer.thread = thread
    return answer


def crumbs(place):
    above = [(place.community.title, place.community.get_absolute_url())]
    return above if place.kind == Place.Kind.COMMONS else [*above, (place.title, place.path)]


def said_too_fast(form, pause):
    form.add_error(None, too_fast_words(pause))
    return form


def too_fast_words(pause):
    at = date_format(localtime(timezone.now() + timedelta(seconds=pause.retry_after_s)), "TIME_FORMAT")
    if isinstance(pause, TooSoon):
        return _("This conversation is slowed down. Your words are still here; post them at %(at)s.") % {"at": at}
    if isinstance(pause, TooNew):
        words = _("New members write up to %(n)s posts an hour here. Your words are still here; post them at %(at)s.")
        return words % {"n": NEW_MEMBERS_POSTS_AN_HOUR, "at": at}
    words = _("That was a lot at once. Your words are still here; try again in %(s)s seconds.")
    return words % {"s": pause.retry_after_s}


def pause_at(place, user):
    """The membership of somebody who may not write here, a guest or who was paused; None for everybody else."""
    membership = place.community.membership_of(user)
    return membership and membership.pause


def paused_words(place, user):
    """What a refused form says to somebody who may not write here; "" when that is not it."""
    pause = pause_at(place, user)
    if not pause:
        return ""
    if pause.community.archived_at:
        return _("This community is archived: it is there for reading. Your words are still here.")
    if pause.is_guest:
        return _("You read here as a guest. Your words are still here; a host can make you a member.")
    at = date_format(localtime(pause.paused_until), "DATETIME_FORMAT")
    return _("Your writing here is paused until %(at)s. Your words are still here.") % {"at": at}


def too_fast(response, pause):
    response["Retry-After"] = str(pause.retry_after_s)
    return response


def added_context(request, post):
    """A post that somebody just added to a thread, with the number of posts its knot shows."""
    thread = post.thread
    if post.answers_to_id:
        post = thread.posts.for_reading().get(pk=post.pk)
        post.thread = thread
    guides = thread.place.community.guide_roles()
    rights_of(request, guides).mark([post], mine=None if post.answers_to else set())  # nobody left anything on it yet
    return {
        "post": post,
        "thread": thread,
        "community": thread.place.community,
        "guides": guides,
        "may_write": True,
        "block_count": block_count(request, thread),
    }


def block_count(request, thread):
    """The number that the knot of a thread's block shows."""
    if not thread.block_id:
        return 0
    about = Thread.objects.with_ids(threads_visible_to(request.user)).at(thread.place).about(thread.block_id)
    return dict(about.post_counts_by_block()).get(thread.block_id, 0)


def posted_context(request, thread):
    """A thread that somebody could see and just wrote in, with the number of posts its knot shows."""
    guides = thread.place.community.guide_roles()
    news = thread.posts.unread_by(request.user).as_news_of(request.user)
    shown = Thread.objects.numbered(thread.pk).with_places()
    return {
        "thread": shown.with_last_posts(news=news, rights=rights_of(request, guides))[0],
        "community": thread.place.community,
        "guides": guides,
        "may_write": True,
        "block_count": block_count(request, thread),
        "knot": bool(thread.block_id),
    }
