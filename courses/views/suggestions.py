"""Suggestions to read, to talk about and to find."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.models import Place
from discussions.forms import ThreadForm
from discussions.models import Post
from discussions.views import led_elsewhere, rights_of
from notifications.models import Event, Hearing, knowing_levels, paths_from
from notifications.views import saw

from ..forms import DecisionForm, DeclineForm
from ..models import Suggestion
from .authoring import crumbs as manage_crumbs
from .authoring import editable_course
from .comparing import compared
from .talk import talk_at
from .unit import visible_unit_place

SUGGESTIONS_A_PAGE = 30


@signed_in
@require_safe
def suggestion(request, community, unit, number):
    """A suggestion as the people of its community and those who may change the text read it; its talk is for who may
    see its place."""
    suggestion = visible_suggestion(request, community, unit, number)
    if elsewhere := led_elsewhere(request, suggestion.place):
        return elsewhere
    saw(request, Suggestion.objects.numbered(suggestion.pk))
    return suggestion_page(request, suggestion)


@signed_in
@require_safe
def suggestions(request, community, unit):
    """Those on a unit, as one community sees it; the open ones first."""
    unit_place = visible_unit_place(request, community, unit)
    found = Suggestion.objects.visible_to(request.user).at(unit_place).not_hidden_from(request.user).for_lists()
    context = {
        "unit": unit_place.unit,
        "place": unit_place.place,
        "community": unit_place.community,
        "open_ones": found.open().oldest_first(),
        "page": page_of(request, found.decided().newest_first()),
        "crumbs": crumbs(unit_place),
        "may_write": unit_place.place.accepts_words_from(request.user),
    }
    return render(request, "courses/suggestions.html", context)


@signed_in
@require_safe
def course_suggestions(request, course):
    """For those who may change a course's text: what waits for them, the oldest first, and what became of others."""
    course = editable_course(request, course)
    found = Suggestion.objects.visible_to(request.user).of(course).for_lists()
    context = {
        "course": course,
        "open_ones": found.open().oldest_first(),
        "page": page_of(request, found.decided().newest_first()),
        "crumbs": manage_crumbs(course),
    }
    return render(request, "courses/course_suggestions.html", context)


def page_of(request, rows):
    return Paginator(rows, SUGGESTIONS_A_PAGE).get_page(request.GET.get("page"))


def visible_suggestion(request, community, unit, number):
    found = Suggestion.objects.visible_to(request.user).for_review()
    around = {"unit_place__community__slug": community, "unit_place__unit__slug": unit}
    suggestion = get_object_or_404(found, pk=number, **around)
    suggestion.place.community = suggestion.community
    return suggestion


def crumbs(unit_place):
    """The way down to a page about a unit, as its community reads it."""
    community, place = unit_place.community, unit_place.place
    return [(community.title, community.get_absolute_url()), (place.title, place.path)]


def suggestion_page(request, suggestion, *, decline=None, status=200, note=""):
    unit, merged = suggestion.unit, suggestion.merge_into(suggestion.unit) if suggestion.is_open else None
    texts = (suggestion.base.source, suggestion.source)  # of one that is decided, or doesn't go with the text of now
    if merged and not merged.conflicts:
        texts = (unit.source, merged.text())
    context = {
        "suggestion": suggestion,
        "unit": unit,
        "community": suggestion.community,
        "conflicts": merged.conflicts if merged else [],
        "is_merged": suggestion.is_open and suggestion.base.number != unit.version,
        "note": note,
        "may_decide": suggestion.is_open and unit.course.may_be_edited_by(request.user),
        "may_change": suggestion.may_be_changed_by(request.user),
        "decision": DecisionForm(initial={"version": suggestion.version}),
        "decline": decline or DeclineForm(initial={"version": suggestion.version}),
    }
    context |= compared(request, unit, *texts) | talk_on(request, suggestion)
    context |= ways_from(suggestion, is_inside=context["place"] is not None)
    return render(request, "courses/suggestion.html", context, status=status)


def ways_from(suggestion, *, is_inside):
    """The way down to it and where its unit is read: in its community, or where texts are written."""
    unit, course = suggestion.unit, suggestion.unit.course
    if is_inside:
        way = [*crumbs(suggestion.unit_place), (_("Suggestions"), suggestion.list_path)]
        return {"crumbs": way, "read_at": suggestion.unit_place.place.path}
    to_review = reverse("course_suggestions", args=[course.slug])
    return {
        "crumbs": [*manage_crumbs(course), (_("Suggestions"), to_review)],
        "read_at": reverse("edit_unit", args=[course.slug, unit.slug]),
    }


def talk_on(request, suggestion):
    """The conversation about it; `place` is None for who changes the text without being in its community."""
    visible = Place.objects.visible_to(request.user).numbered(suggestion.place_id)
    place = knowing_levels(visible, request.user.pk, paths_from("")).first()
    if place is None:
        return {"place": None}
    place.community, place.seq = suggestion.community, Event.objects.newest_at(place)
    membership, guides = place.community.membership_and_guides(request.user)
    news = Post.objects.at(place).news_for(request.user)
    talk = talk_at(request, place, {}, news, rights_of(request, guides, may_write=membership.may_write))
    return {
        "place": place,
        "hearing": Hearing.of(place, request.user.pk),
        "listing": talk.listing,
        "rows": talk.rows,
        "more_threads": talk.is_cut,
        "post_count": talk.post_count,
        "new_count": news.count,
        "up_to": max([news.last, *(thread.new_up_to for thread in talk.rows)]),
        "thread_form": ThreadForm(place=place),
        "guides": guides,
        "may_write": membership.may_write,
        "pause": membership.pause,
    }
