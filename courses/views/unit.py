"""The unit page: the text with its talk beside it, the shelf and the wiki, in one answer."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from discussions.forms import Anchor, ThreadForm, post_id, signed
from discussions.models import BlockTalk, Post, Rights, Thread
from resources.forms import LinkForm
from resources.models import RESOURCES_SHOWN, Resource
from wiki.models import WikiPage

from .. import actions
from ..models import UnitPlace, outline_of

THREADS_SHOWN = 60  # conversations in the page; with more, the rest is on a page of its own
WIKI_PAGES_SHOWN = 5
FACES_SHOWN = 4


@signed_in
@require_safe
def unit(request, community, unit):
    """A unit as one community reads it. `?post=` opens the conversation of a post, `?answer=` to answer it,
    `?discuss=` that of a block."""
    unit_place = visible_unit_place(request, community, unit)
    unit, place, community = unit_place.unit, unit_place.place, unit_place.community
    membership, guides = community.membership_and_guides(request.user)
    blocks = unit.block_texts()
    everywhere = Post.objects.in_community(community).news_for(request.user)
    news, new = everywhere.at(place), everywhere.by_place()
    talk, rows, post_count = talk_at(request, unit_place, blocks, news, Rights.of(request.user, guides))
    resources = Resource.objects.visible_to(request.user).at(place).with_people_and_tags().newest_first()
    wiki_pages = WikiPage.objects.visible_to(request.user).at(place).with_last_editor().by_title()
    context = {
        "community": community,
        "place": place,
        "unit": unit,
        "crumbs": [(community.title, community.get_absolute_url()), (unit.section.title, "")],
        "talk": talk,
        "outline": outline_of(membership, current=unit, new=new),
        "rows": rows,
        "more_threads": max(place.thread_count - THREADS_SHOWN, 0),
        "post_count": post_count,
        "new_count": news.count,
        "up_to": max([news.last, *(thread.new_up_to for thread in rows)]),
        "faces": faces(rows),
        "thread_form": ThreadForm(place=place),
        "link_form": LinkForm(),
        "resources": list(resources[: RESOURCES_SHOWN + 1]),
        "resources_shown": RESOURCES_SHOWN,
        "wiki_pages": list(wiki_pages[:WIKI_PAGES_SHOWN]),
        "guides": guides,
        "may_write": True,
        "may_edit": membership.is_guide or request.user.is_staff,
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
    following = outline_of(unit_place.community.membership_of(request.user), current=unit_place.unit).next
    return redirect(following.path if following and following.is_open else unit_place.get_absolute_url())


@signed_in
@require_safe
def block_talk(request, community, unit, block_id):
    """The talk about one block with a form to add to it, as a fragment; a plain visit is led to the page."""
    unit_place = visible_unit_place(request, community, unit)
    text = unit_place.unit.block_texts().get(block_id)
    if text is None:
        raise Http404
    if not request.htmx:
        return redirect(f"{unit_place.place.path}?discuss={block_id}#b-{block_id}")
    place = unit_place.place
    about = (
        Thread.objects.visible_to(request.user).at(place).standing().about(block_id).with_people().by_latest_activity()
    )
    guides = unit_place.community.guide_roles()
    news = Post.objects.at(place).about(block_id).news_for(request.user)
    threads = about.with_last_posts(news=news, rights=Rights.of(request.user, guides))
    block = BlockTalk(block_id, threads, sum(thread.post_count for thread in threads), news.count, is_open=True)
    block.form = form_about(place, Anchor.on(block_id, text, chosen_words(request)))
    context = {
        "block_talk": block,
        "place": place,
        "unit": unit_place.unit,
        "community": unit_place.community,
        "guides": guides,
        "may_write": True,
    }
    return render(request, "discussions/_block_talk.html", context)


def visible_unit_place(request, community, unit):
    places = UnitPlace.objects.visible_to(request.user).select_related("unit__section", "community", "place")
    unit_place = get_object_or_404(places, community__slug=community, unit__slug=unit)
    unit_place.place.community = unit_place.community
    return unit_place


def talk_at(request, unit_place, blocks, news, rights):
    """What is said on a unit: block id → BlockTalk, the threads for the list below the text, and how many posts."""
    place, visible = unit_place.place, Thread.objects.visible_to(request.user).at(unit_place.place)
    asked = asked_post(request)
    newest = visible.with_people().by_latest_activity()
    threads = newest.shown_in_place(THREADS_SHOWN, having=asked)
    threads = threads.with_last_posts(including=asked, news=news, rights=rights)
    for thread in threads:
        thread.place = place
        thread.stands = thread.block_id in blocks
        thread.is_on_earlier_wording = bool(thread.block_id) and not thread.stands
        thread.note_asked(asked, to_answer="answer" in request.GET)
    counts, new = visible.post_counts_by_block(), news.blocks
    talk = {id: BlockTalk(id, post_count=n, new_count=new.get(id, 0)) for id, n in counts.items() if id in blocks}
    for thread in threads:
        if thread.stands:
            block = talk.setdefault(thread.block_id, BlockTalk(thread.block_id))
            block.threads.append(thread)
            block.is_open = block.is_open or (thread.is_asked_for and not thread.is_prompt)
    asked_for = request.GET.get("discuss")
    if asked_for in blocks:
        block = talk.setdefault(asked_for, BlockTalk(asked_for))
        block.is_open = True
        block.form = form_about(place, Anchor.on(asked_for, blocks[asked_for], chosen_words(request)))
    return talk, [thread for thread in threads if thread.post_count or thread.is_asked_for], sum(counts.values())


def form_about(place, anchor):
    form = ThreadForm(place=place, initial={"anchor": signed(anchor, place)})
    form.chosen = anchor.words if anchor.chosen else ""
    return form


def chosen_words(request):
    """`?words=`: those of a block that somebody selected to talk about."""
    return request.GET.get("words", "")[: Thread.QUOTE_MAX + 1]


def asked_post(request):
    """The id in `?answer=` or `?post=`, or None."""
    return post_id(request.GET.get("answer") or request.GET.get("post", ""))


def faces(threads):
    """A few of those who spoke last."""
    people = {post.author_id: post.author for thread in threads for post in reversed(thread.shown)}
    return list(people.values())[:FACES_SHOWN]
