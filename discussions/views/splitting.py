"""Making a conversation of its own from some posts of one; for guides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in

from .. import actions
from ..forms import SplitForm, post_id
from ..models import Rights
from ..models.excerpt import first_words
from .found import crumbs, thread_to_arrange
from .moving import places_for, places_to_choose

POSTS_A_PAGE = 100
WORDS_SHOWN = 240  # characters


@signed_in
@require_http_methods(["GET", "POST"])
def split_thread(request, community, thread_id):
    """Choose which posts go, what they are called together and where to; `?from=` ticks a post and all that follow."""
    thread = thread_to_arrange(request, community, thread_id)
    if request.method == "GET":
        return split_page(request, thread, SplitForm())
    form = SplitForm(request.POST)
    if not form.is_valid():
        return split_page(request, thread, form, status=422)
    given = form.cleaned_data
    place = places_for(request.user).numbered(given.pop("place") or thread.place_id).select_related("community").first()
    if place is None:
        form.add_error("place", _("Choose where it shall go."))
        return split_page(request, thread, form, status=422)
    try:
        made = actions.split_thread(by=request.user, thread=thread, ids=form.ids, place=place, **given)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.StaysHere as stays:
        form.add_error(None, str(stays))
        return split_page(request, thread, form, status=409)
    messages.success(request, _("This is a conversation of its own now."))
    return redirect(made)


def split_page(request, thread, form, *, status=200):
    posts, page = thread.posts.answers(), request.GET.get("page")
    since = None if page else posts.numbered(post_id(request.GET.get("from", ""))).first()
    pages = Paginator(posts.for_reading().in_order(), POSTS_A_PAGE)
    page = pages.get_page(1 + posts.before(since).count() // POSTS_A_PAGE if since else page)
    shown = ticked(page.object_list, thread, form, since)
    Rights.at(thread.place, request.user).mark(shown)
    groups, _is_cut = places_to_choose(request, thread.place)
    context = {
        "thread": thread,
        "place": thread.place,
        "community": thread.place.community,
        "form": form,
        "posts": shown,
        "page": page,
        "later": pages.count - page.end_index(),
        "later_ticked": bool(since) or bool(form.is_bound and form.data.get("after")),
        "groups": groups,
        "chosen": post_id(form.data.get("place", "")),
        "trouble": next(iter(form.errors.get("place", [])), ""),
        "stays": thread.why_it_stays_whole,
        "crumbs": crumbs(thread.place),
    }
    return render(request, "discussions/split_thread.html", context, status=status)


def ticked(posts, thread, form, since):
    """`posts` as a list, each with how it begins and whether it is to go."""
    chosen = set(form.ids)
    shown = list(posts)
    for post in shown:
        post.thread = thread
        post.beginning = "" if post.is_gone else first_words(post.html, WORDS_SHOWN)
        post.goes = post.pk in chosen if form.is_bound else bool(since) and at(post) >= at(since)
    return shown


def at(post):
    return post.created_at, post.pk
