"""Starting conversations and adding to them."""

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from community.actions import discard_draft, images_for, note_shown, pictures, render_at
from community.models import Draft, Place
from markup import Profile
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Thread
from .locking import lock_thread
from .pacing import refuse_if_slow, refuse_if_too_fast


class ThreadClosed(Exception):
    """The thread takes no more replies, or none from this person."""


@transaction.atomic
def start_thread(
    *,
    author: User,
    place: Place,
    title: str,
    body: str,
    key: UUID,
    kind: str = Thread.Kind.DISCUSSION,
    block_id: str = "",
    quote: str = "",
    quote_before: str = "",
    quote_after: str = "",
    is_about_words: bool = False,
    slot: str = "",
) -> Post:
    """Begin a conversation about `place`, or about its block `block_id`; returns its first post.

    `quote` are the words of the block that it is about, `is_about_words` if somebody chose them among the others.
    Raises ThreadClosed, TooFast and TooLong. A second call with the same `key` and words returns what the first made.
    The author's draft in `slot` is done with.
    """
    discard_draft(person=author, slot=slot)
    again, key = made_before(author, key, body)
    if again:
        return again
    refuse_unless_writing(place, author)
    thread, made = Thread.objects.get_or_create(
        created_by=author,
        key=key,
        defaults={
            **{"place": place, "title": title, "kind": kind, "block_id": block_id},
            "quote": quote[: Thread.QUOTE_MAX],
            "quote_before": quote_before,
            "quote_after": quote_after,
            "is_about_words": is_about_words,
        },
    )
    if not made:
        return author.posts.get(key=key)
    return add_post(thread, author=author, body=body, key=key, verb=Event.Verb.STARTED)


@transaction.atomic
def reply(*, author: User, thread: Thread, body: str, key: UUID, answers_to: int | None = None, slot: str = "") -> Post:
    """Add a reply to `thread`, or an answer to a prompt; its audience hears of it after the commit.
    `answers_to` is the id of the post of this thread that it speaks to; another thread's is left out. Where guides took
    the thread, or that post, into another thread meanwhile, the reply is one there.

    Raises ThreadClosed, TooFast and TooLong. Locks the thread row, so `last_post_at` never goes back in time.
    A second call with the same `key` and words returns the post that the first one made. The author's draft in `slot`
    is done with.
    """
    Draft.objects.hold(author, slot)
    thread = locked_home(thread.pk, answers_to)
    discard_draft(person=author, slot=slot)
    if slot and slot != f"reply:{thread.pk}":
        discard_draft(person=author, slot=f"reply:{thread.pk}", body=body)
    again, key = made_before(author, key, body)
    if again:
        return again
    if not thread.accepts_replies_from(author):
        raise ThreadClosed(thread)
    refuse_if_slow(thread, author)
    verb = Event.Verb.ANSWERED if thread.is_prompt else Event.Verb.REPLIED
    alias = alias_in(thread, author) if thread.is_anonymous else None
    return add_post(thread, author=author, body=body, key=key, verb=verb, answers_to=answers_to, alias=alias)


def locked_home(thread_id: int, answers_to: int | None) -> Thread:
    """The thread in which a reply to `thread_id` stands now, locked; the lock of one that it left is let go of, so that
    nobody holds two out of their order."""
    while True:
        before = transaction.savepoint()
        thread = lock_thread(thread_id)
        went = (
            Post.objects.numbered(answers_to).went_from(thread).values_list("thread", flat=True) if answers_to else []
        )
        home = thread.merged_into_id or next(iter(went), thread.pk)
        if home == thread.pk:
            transaction.savepoint_commit(before)
            return thread
        transaction.savepoint_rollback(before)
        thread_id = home


def alias_in(thread: Thread, author: User) -> int:
    """The number by which members know `author` in this thread; the caller holds its lock."""
    mine = thread.posts.filter(author=author).aggregate(Max("alias"))["alias__max"]
    return mine or (thread.posts.aggregate(Max("alias"))["alias__max"] or 0) + 1


def made_before(author: User, key: UUID, body: str) -> tuple[Post | None, UUID]:
    """The post that `author` made of these words with this key, and the key to make it with.

    Other words under a used key are a new post, with a key made from both: the Back button brings an old form back,
    and what is written there then must not vanish.
    """
    again = author.posts.filter(key=key).first()
    if again and again.source != body:
        key = uuid5(key, body)
        again = author.posts.filter(key=key).first()
    return again, key


def add_post(
    thread: Thread,
    *,
    author: User,
    body: str,
    key: UUID,
    verb: Event.Verb | None,
    answers_to: int | None = None,
    alias: int | None = None,
    is_paced: bool = True,
) -> Post:
    """Write the post, the counters and the event, if there is a verb for it; the caller holds the transaction."""
    if is_paced:
        refuse_if_too_fast(author, thread.place.community)
    images = images_for(author, body)
    rendered, mentioned = render_at(thread.place, body, Profile.POST, images=pictures(images), key=f"p{key.hex[:8]}")
    post = Post.objects.create(
        thread=thread,
        author=author,
        key=key,
        source=body,
        html=rendered.html,
        renderer=rendered.version,
        alias=alias,
        answers_to=thread.posts.filter(pk=answers_to).first() if answers_to else None,
    )
    if mentioned:
        post.mentioned.set(mentioned)
    note_shown(post, images, rendered.images, by=author)
    count_posts(thread, 1)
    thread.last_post_at = post.created_at
    thread.save(update_fields=["post_count", "last_post_at"])
    if verb:
        record_event(verb, actor=author, place=thread.place, target=post)
    return post


def count_posts(thread: Thread, more: int) -> None:
    """Let the counters of the thread, which the caller saves, and of its place follow. A conversation without a post
    counts as none; a prompt in the text never does, and what is to open later counts when it opens."""
    before, thread.post_count = thread.post_count, thread.post_count + more
    if thread.is_waiting:
        return
    threads = more if 0 in (before, thread.post_count) and not thread.is_in_text else 0
    Place.objects.filter(pk=thread.place_id).update(
        post_count=F("post_count") + more, thread_count=F("thread_count") + threads
    )


def refuse_unless_writing(place: Place, author: User) -> None:
    """Raises ThreadClosed when `author` may not write at `place` (any more)."""
    if not place.accepts_words_from(author):
        raise ThreadClosed(place)
