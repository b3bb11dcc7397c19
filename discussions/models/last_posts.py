"""Threads with their last posts, as a page shows them among others."""

from typing import Any

from django.apps import apps

from community.models.prepared import prepared

POSTS_SHOWN = 5  # of a thread, where it stands among others; the rest is one link away
NEW_SHOWN = 20  # of a thread of which more than that is new


def with_posts(threads, *, including=None, news=None, rights=None):
    """Each of `threads`, which know what their reader has to do with them, with its newest posts as `shown` and how
    many `earlier` there are; the post with the id `including` is among the shown ones. What is new stands in `news`,
    if anybody reads, and what the reader may do with the posts in `rights`. As many queries, whatever the number of
    threads and posts."""
    if news:
        news.mark(threads)
    wanted = [pk for pk in (including, *(thread.accepted_post_id for thread in threads)) if pk]
    posts: dict[int, list[Any]] = {}
    for post in last_posts_of(threads, wanted):
        posts.setdefault(post.thread_id, []).append(post)
    for thread in threads:
        thread.shown = posts.get(thread.pk, [])
        if news:
            openings = [post.pk for post in thread.shown if thread.is_posed and post.key == thread.key]
            thread.shown = news.shown_of(thread.shown, including=[*wanted, *openings])
            thread.new_up_to = thread.shown[-1].pk if thread.shown else 0
        thread.earlier = thread.post_count - sum(not post.is_gone for post in thread.shown)
        for post in thread.shown:
            post.thread = thread
        thread.take_summary()
        thread.note_hearing(rights.user_id if rights else None)
        if rights and rights.is_asked_first(thread):
            thread.draw_curtain(quietly=rights.reading == thread.pk)
        thread.answer = next((post for post in thread.shown if post.is_accepted), None)
    if rights:
        rights.mark([post for thread in threads for post in thread.shown])
    return threads


def last_posts_of(threads, including=()):
    """The newest `POSTS_SHOWN` posts of each of `threads`, oldest first, and those with the ids `including`. Where more
    than that is new, the newest `NEW_SHOWN`; of what guides ask, also the words that stand on top, whatever follows."""
    if not threads:
        return []
    much_new = [thread.pk for thread in threads if thread.new_count > POSTS_SHOWN]
    posed = [thread.pk for thread in threads if thread.is_posed]
    return newest_of(*map(padded, ([thread.pk for thread in threads], much_new, posed, including)))


@prepared
def newest_of(threads, much_new, posed, including):
    lists = {"much_new": much_new, "posed": posed, "including": including}
    posts = apps.get_model("discussions", "Post").objects
    return posts.last_of_each(threads, last=POSTS_SHOWN, last_new=NEW_SHOWN, **lists).for_reading()


def padded(ids):
    """With zeros, which are nothing's: lists of few lengths, so that few queries have to be built."""
    ids = list(ids)
    return [*ids, *[0] * ((1 << (len(ids) - 1).bit_length() if ids else 1) - len(ids))]
