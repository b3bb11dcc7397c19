"""The unit page: the text with its talk beside it, the shelf and the wiki, in one answer."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from discussions.forms import ThreadForm
from discussions.models import new_counts_for, news_at
from discussions.views import led_elsewhere, rights_of
from notifications.models import Hearing
from pieces import kept, new_key
from resources.forms import ShareForm
from resources.models import RESOURCES_SHOWN, collections_for, knowing_new
from wiki.models import Names

from .. import actions
from ..models import earlier_things, outline_of, rows_of_unit, rows_shown
from ..models.page_asked import WIKI_PAGES_SHOWN, shelf_at, unit_places_at, wiki_pages_at
from .talk import talk_about, talk_at


@signed_in
@require_safe
def unit(request, community, unit):
    """A unit as one community reads it; `talk_at` says what its address may ask for."""
    return kept(
        request,
        "courses/unit.html",
        rows=lambda: rows_of_unit(community, unit, request.user.pk),
        build=lambda: laid_open(request, community, unit),
    )


def laid_open(request, community, unit):
    """What the page shows, and what it is made of beside `rows_of_unit`."""
    unit_place = visible_unit_place(request, community, unit)
    unit, place, community = unit_place.unit, unit_place.place, unit_place.community
    if elsewhere := led_elsewhere(request, place):
        return elsewhere
    membership, guides = community.membership_and_guides(request.user)
    blocks = unit.standing_blocks()
    news, new = news_at(request.user, place.pk), new_counts_for(request.user, community)
    talk = talk_at(request, place, blocks, news, rights_of(request, guides, may_write=membership.may_write))
    context = {
        "community": community,
        "place": place,
        "unit_place": unit_place,
        "hearing": Hearing.of(place, request.user.pk, row=unit_place),
        "unit": unit,
        "crumbs": [(community.title, community.get_absolute_url()), (unit.section.title, "")],
        "blocks": blocks,
        "talk": talk.blocks,
        **talk.in_a_list,
        "outline": outline_of(membership, current=unit, new=new),
        "new_count": news.count,
        "up_to": max([news.last, *(thread.new_up_to for thread in talk.rows)]),
        "faces": talk.faces,
        "thread_form": ThreadForm(place=place, initial={"key": new_key(request)}),
        "share_form": ShareForm(initial={"key": new_key(request)}),
        "sharings": knowing_new(shelf_at(request.user, place.pk), new.places),
        "resources_shown": RESOURCES_SHOWN,
        **wiki_at(request.user, place, unit.html),
        **earlier_things(place, request.user),
        "guides": guides,
        "may_write": membership.may_write,
        "pause": membership.pause,
        "open_suggestions": unit_place.open_suggestions,
        "may_edit": membership.is_guide or request.user.is_staff,
    }
    return context, rows_shown(context, request.user.pk)


def wiki_at(user, place, html):
    """The pages of a place, what they name and the text of the unit does, and the collections in the text."""
    found = wiki_pages_at(user, place.pk)
    pages = found[:WIKI_PAGES_SHOWN]
    names = Names.in_texts(user, place.community, [html, *(page.html for page in pages)])
    more = {"more_wiki_pages": len(found) > len(pages), "collections": collections_for(user, html)}
    return {"wiki_pages": pages, "names": names} | more


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
    block = unit_place.unit.standing_blocks().get(block_id)
    if block is None:
        raise Http404
    if not request.htmx:
        return redirect(f"{unit_place.place.path}?discuss={block_id}#b-{block_id}")
    place = unit_place.place
    return render(request, "discussions/_block_talk.html", talk_about(request, place, block))


def visible_unit_place(request, community, unit):
    unit_place = next(iter(unit_places_at(request.user, community, unit)), None)
    if unit_place is None:
        raise Http404
    unit_place.place.community, unit_place.place.seq = unit_place.community, unit_place.seq
    return unit_place
