"""One post: where it stands, changing it, and what it said before."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import signed_in
from community.models import EditConflict

from .. import actions
from ..forms import EditPostForm
from .found import around_post, is_covered, paused_words, post_changed, said, said_too_fast, too_fast, visible_post

TEXTS_A_PAGE = 10
NEWEST = 2**31 - 1


@signed_in
@require_safe
def post(request, community, thread_id, post_id):
    """A post as a fragment; a plain visit is led to where it stands."""
    post = visible_post(request, community, thread_id, post_id)
    if not request.htmx:
        return redirect(post)
    if is_covered(request, post):
        raise Http404
    return render(request, "discussions/_post.html", around_post(request, post) | {"focused": True})


@signed_in
@require_safe
def post_menu(request, community, thread_id, post_id):
    """What else one can do with a post: what its menu shows when it is opened; a plain visit gets a page of it."""
    post = visible_post(request, community, thread_id, post_id)
    context = around_post(request, post)
    if is_covered(request, post) or post.is_folded:
        raise Http404
    template = "discussions/_post_menu_list.html" if request.htmx else "discussions/post_menu.html"
    return render(request, template, context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_post(request, community, thread_id, post_id):
    """Change one's own words. When they were saved from elsewhere meanwhile, both texts are shown."""
    post = visible_post(request, community, thread_id, post_id)
    if post.author_id != request.user.pk:
        raise PermissionDenied
    if request.method == "GET":
        return edit_page(request, own_form(post, request.user), post)
    form = EditPostForm(request.POST)
    if not form.is_valid():
        return edit_page(request, form, post, status=422)
    try:
        post = actions.edit_post(author=request.user, post=post, **form.cleaned_data)
    except actions.PostGone:
        gone = _("This post was removed meanwhile. Your words are still here.")
        form.add_error(None, paused_words(post.thread.place, request.user) or gone)
        return edit_page(request, form, post, status=409)
    except EditConflict as conflict:
        mine = EditPostForm(initial=form.cleaned_data | {"version": conflict.text.version})
        return edit_page(request, mine, conflict.text, status=409, theirs=conflict.text)
    except actions.TooFast as pause:
        return too_fast(edit_page(request, said_too_fast(form, pause), post, status=429), pause)
    if not request.htmx:
        return HttpResponseRedirect(around_post(request, post)["back"])
    return said(post_changed(request, post), _("Your changes are saved."))


@signed_in
@require_safe
def edit_post_here(request, community, thread_id, post_id):
    """The form to change a post, as a fragment that takes its place; a plain visit gets the page."""
    post = visible_post(request, community, thread_id, post_id)
    if not request.htmx:
        return redirect("edit_post", community, thread_id, post_id)
    if post.author_id != request.user.pk:
        raise PermissionDenied
    context = around_post(request, post) | {"form": own_form(post, request.user), "theirs": None, "here": True}
    return render(request, "discussions/_post_edit.html", context)


@signed_in
@require_safe
def post_history(request, community, thread_id, post_id):
    """Every text a post had. Of a removed post only for who may bring it back."""
    post = visible_post(request, community, thread_id, post_id)
    if is_covered(request, post):
        return redirect(post.thread)
    before = request.GET.get("before", "")
    texts = post.texts(before=int(before) if before.isdecimal() and len(before) < 9 else NEWEST, limit=TEXTS_A_PAGE)
    context = around_post(request, post)
    if not texts or (post.is_gone and "restore" not in post.may):
        raise Http404
    return render(request, "discussions/post_history.html", context | {"texts": texts})


def own_form(post, author):
    """A form with the post's words; 404 when it can't be changed any more."""
    if not post.may_be_edited_by(author):
        raise Http404
    return EditPostForm(initial={"body": post.source, "version": post.version})


def edit_page(request, form, post, *, status=200, theirs=None):
    template = "discussions/_post_edit.html" if request.htmx else "discussions/edit_post.html"
    context = around_post(request, post) | {"form": form, "theirs": theirs, "here": bool(request.htmx)}
    return render(request, template, context, status=status)
