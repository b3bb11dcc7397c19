"""How a page weaves conversations into a text."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

import pieces
from discussions.models import BlockTalk, Rights, Thread, new_to_you_words, new_words
from markup import weave

register = template.Library()
register.filter("new", new_words)
register.filter("new_to_you", new_to_you_words)


@register.simple_tag(takes_context=True)
def woven(context, html, blocks, talk):
    """A text's stored HTML with each block's talk, or the knot that begins one, in its slot.

    `blocks` maps block ids to Block, `talk` to BlockTalk. The HTML was sanitised when it was stored; the rest are our
    own templates.
    """
    engine = context.template.engine
    knot = engine.get_template("discussions/_knot.html")
    conversation = engine.get_template("discussions/_block_talk.html")

    def fill(block_id):
        block = talk.get(block_id)
        kind = blocks[block_id].kind if block_id in blocks else ""
        with context.push(block_talk=block or BlockTalk(block_id, kind)):
            return (conversation if block else knot).render(context)

    return mark_safe(weave(html, fill))


@register.simple_tag(takes_context=True)
def said(context, post):
    """A post as `_post.html` draws it. In a page that is kept it is drawn once for all whom it shows the same: the key
    is all that stands in it."""
    template = context.template.engine.get_template("discussions/_post.html")
    if not pieces.is_being_kept(context):
        return template.render(context)
    key = (get_language(), context["community"].slug, *made_of(post, context["user"], context["guides"]))
    html = pieces.PIECES.get(key)
    if html is None:
        html = template.render(context)
        pieces.PIECES.put(key, html, 2 * len(html) + 2_000)
    return html


def made_of(post, reader, guides):
    """All that `_post.html` says of a post to this reader, who may be one of many to whom it says the same."""
    speaker, is_own = post.speaker, post.author_id == reader.pk
    known = post.pk, post.thread_id, post.state, post.html
    time = post.created_at, pieces.age(post.created_at), reader.time_zone
    face = speaker.name, speaker.pk and speaker.handle, speaker.avatar_url, speaker.colour, guides.get(speaker.pk, "")
    named = post.speaker_name, post.alias, post.names_author, post.is_own, is_own
    flags = post.is_folded, post.is_new, post.is_cited, post.edited_at is None, post.was_removed_by_author
    words = tuple((left.word, left.is_mine, left.may_be_left, left.count) for left in post.words)
    return known, time, face, named, flags, words, frozenset(post.may), post.thread.is_read_quietly, answered(post)


def answered(post):
    to = post.answers_to if post.answers_here else None
    if to is None or to.is_folded or to.is_gone:
        return to and (to.pk, to.is_folded)
    return to.pk, to.speaker_name, post.answered_words


@register.simple_tag(takes_context=True)
def new_key(context):
    """What makes a form's create happen once, however often it is sent."""
    return pieces.new_key(context.get("request"))


@register.filter
def quoted(words):
    """What a thread quotes; where the quote was cut off, in whole words and with an ellipsis."""
    return words if len(words) < Thread.QUOTE_MAX else f"{words.rpartition(' ')[0] or words} …"


@register.filter
def role_of(guides, user_id):
    """The name of the role in which somebody looks after the others here; "" for everybody else."""
    return guides.get(user_id, "")


@register.simple_tag(takes_context=True)
def may_distil(context, thread):
    """Whether the reader of a page, which knows its guides, may write on top of a conversation what it came to."""
    rights = Rights.of(context["user"], context["guides"], may_write=context["may_write"])
    return rights.may_distil(thread)


@register.simple_tag
def slot_of_start(place, block_talk):
    """The name under which a draft of a new conversation is kept: about the whole place, or about a block."""
    return f"thread:{place.pk}:{block_talk.id if block_talk else ''}"


@register.simple_tag
def slot_of_posing(kind, form):
    """The name under which a draft of a prompt or a topic is kept."""
    return f"{kind}:{form.place.pk}:{form.about.block_id}"


@register.simple_tag
def slot_of_proposal(place):
    """The name under which a draft of a proposed topic is kept."""
    return f"proposal:{place.pk}:"


@register.simple_tag
def slot_of_summary(thread, form):
    """The name under which a draft of a summary is kept: on another version it is another draft, so that one begun
    before somebody saved can't be saved over what they wrote."""
    return f"summary:{thread.pk}:{form['version'].value()}"


@register.simple_tag
def slot_of_reply(thread):
    """The name under which a draft of a reply is kept."""
    return f"reply:{thread.pk}"
