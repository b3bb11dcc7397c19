"""The unit page: the text with its talk beside it, the shelf and the wiki, in one answer."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from courses import actions
from discussions.forms import ThreadForm
from discussions.models import BlockTalk, Post, Thread
from markup import weave
from resources.forms import LinkForm
from resources.models import RESOURCES_SHOWN, Resource
from wiki.models import WikiPage

from ..models import UnitPlace, outline_of

THREADS_SHOWN = 60  # conversations in the page; with more, the rest is on a page of its own
WIKI_PAGES_SHOWN = 5


@signed_in
@require_safe
def unit(request, community, unit):
    """A unit as one community reads it. `?post=` opens the conversation of a post, `?discuss=` that of a block."""
    unit_place = visible_unit_place(request, community, unit)
    place, membership = unit_place.place, unit_place.community.membership_of(request.user)
    post_id = int(request.GET["post"]) if is_number(request.GET.get("post")) else None
    visible = Thread.objects.visible_to(request.user).at(place)
    threads = shown_threads(visible, post_id)
    counts = visible.post_counts_by_block()
    blocks = unit_place.unit.block_texts()
    woven = weave_talk(request, unit_place, talk_by_block(threads, counts, blocks, request.GET, post_id))
    context = {
        "community": unit_place.community,
        "place": place,
        "unit": unit_place.unit,
        "woven": woven,
        "outline": outline_of(membership, current=unit_place.unit),
        "rows": [with_standing(thread, blocks) for thread in threads if thread.post_count],
        "post_count": sum(counts.values()),
        "thread_form": ThreadForm(),
        "link_form": LinkForm(),
        "resources": list(
            Resource.objects.visible_to(request.user)
            .at(place)
            .with_people_and_tags()
            .newest_first()[: RESOURCES_SHOWN + 1]
        ),
        "resources_shown": RESOURCES_SHOWN,
        "wiki_pages": list(
            WikiPage.objects.visible_to(request.user).at(place).with_last_editor().by_title()[:WIKI_PAGES_SHOWN]
        ),
        "membership": membership,
        "may_write": membership is not None,
        "may_edit": membership.is_guide or request.user.is_staff,
        "post_id": post_id,
    }
    return render(request, "courses/unit.html", context)


@signed_in
@require_POST
def unit_done(request, community, unit):
    """Say that one is done with a unit, or take it back."""
    unit_place = visible_unit_place(request, community, unit)
    if request.POST.get("done") == "no":
        actions.mark_undone(request.user, unit_place.unit)
        return redirect(unit_place)
    actions.mark_done(request.user, unit_place.unit)
    membership = unit_place.community.membership_of(request.user)
    following = outline_of(membership, current=unit_place.unit).next
    return redirect(following.path if following and following.is_open else unit_place.get_absolute_url())


def visible_unit_place(request, community, unit):
    places = UnitPlace.objects.visible_to(request.user).select_related("unit__section", "community", "place")
    unit_place = get_object_or_404(places, community__slug=community, unit__slug=unit)
    unit_place.place.community = unit_place.community
    return unit_place


def is_number(text):
    return bool(text) and text.isdecimal() and len(text) < 19


def shown_threads(visible, post_id):
    """The prompts and the latest conversations of the unit; if a post is asked for, its thread is among them."""
    newest = visible.with_people().by_latest_activity()
    wanted = newest.shown_in_place(THREADS_SHOWN, having=post_id)
    if post_id and not Post.objects.filter(pk=post_id, thread__in=[thread.pk for thread in wanted]).exists():
        raise Http404
    return wanted.with_last_posts(including=post_id)


def talk_by_block(threads, counts, blocks, asked, post_id):
    """Block id → what is said about it, for the blocks that somebody talks about or that are asked for."""
    talk = {
        block_id: BlockTalk(block_id, post_count=count, text=blocks[block_id])
        for block_id, count in counts.items()
        if block_id in blocks
    }
    for thread in threads:
        if thread.block_id in blocks:
            block = talk.setdefault(thread.block_id, BlockTalk(thread.block_id, text=blocks[thread.block_id]))
            block.threads.append(thread)
            block.is_open = block.is_open or any(post.pk == post_id for post in thread.shown)
    asked_for = asked.get("discuss")
    if asked_for in blocks:
        talk.setdefault(asked_for, BlockTalk(asked_for, text=blocks[asked_for])).is_open = True
    return talk


def weave_talk(request, unit_place, talk):
    """The unit's stored HTML with each block's talk, or the knot that begins one, in its slot."""
    knot, conversation = get_template("discussions/_knot.html"), get_template("discussions/_block_talk.html")
    around = {
        "place": unit_place.place,
        "community": unit_place.community,
        "may_write": True,
        "user": request.user,
    }

    def fill(block_id):
        block = talk.get(block_id)
        if block is None:
            return knot.render({"block_id": block_id} | around)
        form = ThreadForm(initial={"block": block_id, "quote": block.text[: Thread.QUOTE_MAX]})
        return conversation.render({"block": block, "form": form} | around, request)

    return mark_safe(weave(unit_place.unit.html, fill))


def with_standing(thread, blocks):
    """Note on a thread whether its block still stands in the text."""
    thread.stands = thread.block_id in blocks
    thread.is_on_earlier_wording = bool(thread.block_id) and not thread.stands
    return thread
