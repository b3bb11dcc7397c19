"""How a page weaves conversations into a text."""

from django import template
from django.utils.safestring import mark_safe

import pieces
from discussions.models import BlockTalk, Rights, Thread, new_to_you_words, new_words
from markup import weave

from .drawn import beside, knot

register = template.Library()
register.filter("new", new_words)
register.filter("new_to_you", new_to_you_words)


@register.simple_tag(takes_context=True)
def woven(context, html, blocks, talk):
    """A text's stored HTML with each block's talk, or the knot that begins one, in its slot.

    `blocks` maps block ids to Block, `talk` to BlockTalk. The HTML was sanitised when it was stored; the rest are our
    own templates.
    """

    def fill(block_id):
        block = talk.get(block_id)
        kind = blocks[block_id].kind if block_id in blocks else ""
        return beside(context, block) if block else knot(context, BlockTalk(block_id, kind))

    return mark_safe(weave(html, fill))


@register.simple_tag(takes_context=True)
def new_key(context):
    """What makes a form's create happen once, however often it is sent."""
    return pieces.new_key(context.get("request"))


@register.simple_tag(takes_context=True)
def reader(context):
    """What says to the scripts whose drafts these are."""
    return pieces.reader_in(context.get("request"))


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
