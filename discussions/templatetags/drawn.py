"""Pieces of conversations. In a page that is kept, each is drawn once for all to whom it shows the same: its key is all
that stands in it."""

from datetime import date
from uuid import UUID

from django import template
from django.utils.translation import get_language

import pieces

register = template.Library()

POST, THREAD, ROW = "discussions/_post.html", "discussions/_thread.html", "discussions/_thread_row.html"
PROMPT, TALK, KNOT = "discussions/_prompt_talk.html", "discussions/_block_talk.html", "discussions/_knot.html"

PLAIN = (str, int, date, UUID, type(None))  # of what else rows hold, the keys name what shows


@register.simple_tag(takes_context=True)
def said(context, post):
    """A post."""
    return drawn_post(context, post).html


@register.simple_tag(takes_context=True)
def conversation(context, thread, titled=False):
    """A thread with its last posts, beside a block or in a row."""
    return drawn_thread(context, thread, titled).html


@register.simple_tag(takes_context=True)
def prompt(context, thread):
    """A prompt of the text with its answers."""
    return drawn_prompt(context, thread).html


@register.simple_tag(takes_context=True)
def row(context, thread):
    """A row among a place's conversations."""
    return drawn(context, ROW, made_of_row, thread=thread).html


def beside(context, block_talk):
    """What is said about a block."""
    return drawn(context, TALK, made_of_talk, block_talk=block_talk).html


def knot(context, block_talk):
    """Where nobody talks about a block yet."""
    return drawn(context, KNOT, made_of_knot, block_talk=block_talk).html


def drawn_post(context, post):
    return drawn(context, POST, made_of_post, post=post)


def drawn_thread(context, thread, titled):
    return drawn(context, THREAD, made_of_thread, thread=thread, titled=titled)


def drawn_prompt(context, thread):
    return drawn(context, PROMPT, made_of_thread, thread=thread)


def drawn(context, name, made_of, **names):
    """What a template draws with these names, if need be: in a page that is kept it may be drawn already for somebody
    to whom the same is shown. Where `made_of` gives None it is not shared."""
    found = context.template.engine.get_template(name)

    def draw():
        with context.push(**names):
            return found.render(context)

    made = made_of(context, **names) if pieces.is_being_kept(context.get("request")) else None
    return pieces.Piece(draw(), 0) if made is None else pieces.piece((name, *read_in(context), *made), draw)


def read_in(context):
    """Where it stands and who reads it, as far as pieces show it."""
    reader, community = context["user"], context["community"]
    is_guide, may_write = reader.pk in context["guides"], context["may_write"]
    around = community.slug, community.members_may_distil, context["place"].path
    return get_language(), reader.time_zone, is_guide, may_write, around


def made_of_post(context, post):
    """All that `_post.html` says of a post to this reader, who may be one of many to whom it says the same."""
    speaker, is_own = post.speaker, post.author_id == context["user"].pk
    known = post.pk, post.thread_id, post.state, post.html, bool(context.get("plain"))
    time = post.created_at, pieces.age(post.created_at)
    face = *face_of(speaker), context["guides"].get(speaker.pk, "")
    named = post.speaker_name, post.alias, post.names_author, post.is_own, is_own
    flags = post.is_folded, post.is_new, post.is_cited, post.edited_at is None, post.was_removed_by_author
    words = tuple((left.word, left.is_mine, left.may_be_left, left.count) for left in post.words)
    return known, time, face, named, flags, words, frozenset(post.may), post.thread.is_read_quietly, answered(post)


def face_of(person):
    return person.name, person.pk and person.handle, person.avatar_url, person.colour


def answered(post):
    to = post.answers_to if post.answers_here else None
    if to is None or to.is_folded or to.is_gone:
        return to and (to.pk, to.is_folded)
    return to.pk, to.speaker_name, post.answered_words


def made_of_thread(context, thread, titled=False):
    """All that is shown of a thread; its posts are named by what was drawn of them. None where its form answers one."""
    if thread.answering:
        return None
    posts = tuple(drawn_post(context, post).number for post in thread.shown)
    state = thread.terms_state, thread.is_scheduled, thread.is_over, thread.hearing.has_started
    answer = thread.answer and made_of_post(context, thread.answer)
    return titled, facts_of(thread), state, summed_up(thread.distilled), answer, posts


def summed_up(summary):
    if summary is None:
        return None
    people = tuple(person and face_of(person) for person in (summary.begun_by, summary.helped_by))
    return facts_of(summary), pieces.age(summary.last_edited_at), people


def facts_of(row):
    """All that a row holds and what was noted of it for its reader, whether it shows or not."""
    return tuple((name, value) for name, value in row.__dict__.items() if isinstance(value, PLAIN))


def made_of_row(context, thread):
    """None where it holds what is not shared."""
    within = 1 if thread.stands else drawn_thread(context, thread, False).number
    first = thread.shown[0].pk if thread.shown else None
    state = thread.terms_state, thread.is_scheduled, first, face_of(thread.created_by)
    return (facts_of(thread), state, pieces.age(thread.last_post_at), within) if within else None


def made_of_talk(context, block_talk):
    """None where it holds a form, words from earlier cohorts, or else what is not shared."""
    if block_talk.form or block_talk.earlier or block_talk.started:
        return None
    threads = [drawn_prompt(context, block_talk.prompt)] if block_talk.prompt else []
    threads += [drawn_thread(context, thread, True) for thread in block_talk.conversations]
    numbers = tuple(thread.number for thread in threads)
    counts = block_talk.post_count, block_talk.new_count, block_talk.unshown, block_talk.is_open
    return (*made_of_knot(context, block_talk), context["place"].pk, counts, numbers) if all(numbers) else None


def made_of_knot(context, block_talk):
    return block_talk.id, block_talk.kind, context["place"].kind
