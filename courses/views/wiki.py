"""A wiki page with its talk: at its blocks, and in a list below it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.forms import ThreadForm
from discussions.models import Post
from discussions.views import led_elsewhere, pause_at, rights_of
from notifications.models import Event
from wiki.views import crumbs, visible_page

from .talk import talk_about, talk_at


@signed_in
@require_safe
def wiki_page(request, community, slug):
    """A page as the people of its place read it; `talk_at` says what its address may ask for."""
    page = visible_page(request, community, slug)
    place, community = page.talk, page.community
    if elsewhere := led_elsewhere(request, place):
        return elsewhere
    guides, news = community.guide_roles(), Post.objects.at(place).news_for(request.user)
    place.community, place.seq = community, Event.objects.newest_at(place)
    blocks, may_write = page.standing_blocks(), page.place.accepts_words_from(request.user)
    talk = talk_at(request, place, blocks, news, rights_of(request, guides, may_write=may_write))
    context = {
        "wiki_page": page,
        "place": place,
        "community": community,
        "crumbs": crumbs(community, page.place),
        "blocks": blocks,
        "talk": talk.blocks,
        "listing": talk.listing,
        "rows": talk.rows,
        "more_threads": talk.is_cut,
        "post_count": talk.post_count,
        "new_count": news.count,
        "up_to": max([news.last, *(thread.new_up_to for thread in talk.rows)]),
        "thread_form": ThreadForm(place=place),
        "guides": guides,
        "may_write": may_write,
        "pause": None if may_write else pause_at(place, request.user),
    }
    return render(request, "courses/wiki_page.html", context)


@signed_in
@require_safe
def wiki_block_talk(request, community, slug, block_id):
    """The talk about one block of a page with a form to add to it, as a fragment; a plain visit is led to the page."""
    page = visible_page(request, community, slug)
    place = page.talk
    place.community = page.community
    block = page.standing_blocks().get(block_id)
    if block is None:
        raise Http404
    if not request.htmx:
        return redirect(f"{place.path}?discuss={block_id}#b-{block_id}")
    return render(request, "discussions/_block_talk.html", talk_about(request, place, block))
