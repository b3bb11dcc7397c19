"""A wiki page with its talk: at its blocks, and in a list below it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.forms import ThreadForm
from discussions.models import Post
from discussions.views import led_elsewhere, pause_at, rights_of
from markup import headings_in
from notifications.models import Event, Hearing
from notifications.views import saw
from wiki.models import Names
from wiki.views import crumbs, visible_page

from ..models import UnitPlace, is_put_forward
from .talk import talk_about, talk_at

HEADINGS_FOR_CONTENTS = 3


@signed_in
@require_safe
def wiki_page(request, community, slug):
    """A page as the people of its place read it; `talk_at` says what its address may ask for."""
    page = visible_page(request, community, slug)
    if page.slug != slug:
        return redirect(f"{page.get_absolute_url()}?{request.GET.urlencode()}".rstrip("?"))
    place, community = page.talk, page.community
    if elsewhere := led_elsewhere(request, place):
        return elsewhere
    saw(request, page.revisions.below(page.version + 1))
    guides, news = community.guide_roles(), Post.objects.at(place).news_for(request.user)
    place.community, place.seq = community, Event.objects.newest_at(place)
    blocks, may_write = page.standing_blocks(), page.place.accepts_words_from(request.user)
    talk = talk_at(request, place, blocks, news, rights_of(request, guides, may_write=may_write))
    context = {
        "wiki_page": page,
        "place": place,
        "hearing": Hearing.of(place, request.user.pk, row=page),
        "community": community,
        "crumbs": crumbs(community, page.place),
        "blocks": blocks,
        "names": Names.in_texts(request.user, community, [page.html]),
        "linked_from": linked_from(request.user, page),
        "contents": contents_of(page.html, blocks),
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
        "thing": page,
        "is_put_forward": is_put_forward(page, request.user),
        "pause": None if may_write else pause_at(place, request.user),
    }
    return render(request, "courses/wiki_page.html", context)


def linked_from(user, page):
    """Title and address of the units and pages that name a page, of those that `user` may see."""
    names = Names.of_page(user, page)
    places = UnitPlace.objects.visible_to(user).of(page.community).naming(names.rows)
    units = {at.place.title: at.place.path for at in places if names.mean(page, at.name, at.place_id)}
    pages = names.pages_linking_to(page, user)
    return [*units.items(), *((linking.title, names.path_of(linking)) for linking in pages)]


def contents_of(html, blocks):
    """Level, block id and words of each heading; none for a text with few."""
    found = [(level, id, blocks[id].text) for level, id in headings_in(html) if id in blocks]
    return found if len(found) >= HEADINGS_FOR_CONTENTS else []


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
