from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import retarget, trigger_client_event

from accounts.views import signed_in
from community.models import Place

from . import actions
from .forms import ReplyForm, ThreadForm
from .models import BlockTalk, Thread

POSTS_A_PAGE = 50
THREADS_A_PAGE = 40
FACES_SHOWN = 5


@signed_in
@require_safe
def thread(request, community, thread_id):
    """A conversation on its own page. `?post=` leads to the page that holds that post."""
    thread = visible_thread(request, community, thread_id)
    pages = Paginator(thread.posts.with_authors().in_order(), POSTS_A_PAGE)
    page = pages.get_page(request.GET.get("page") or page_of_post(thread, request.GET.get("post")) or 1)
    context = {
        "thread": thread,
        "place": thread.place,
        "community": thread.place.community,
        "page": page,
        "guides": thread.place.community.guide_roles(),
        "crumbs": crumbs(thread.place),
        "faces": list({post.author_id: post.author for post in page}.values())[:FACES_SHOWN],
        "may_write": thread.accepts_replies_from(request.user),
    }
    return render(request, "discussions/thread.html", context)


@signed_in
@require_POST
def post_reply(request, community, thread_id):
    """Add a reply; an answer to a prompt is one too."""
    thread = visible_thread(request, community, thread_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return refused_reply(request, thread, form, status=422)
    try:
        post = actions.reply(
            author=request.user, thread=thread, body=form.cleaned_data["body"], key=form.cleaned_data["key"]
        )
    except actions.ThreadClosed:
        form.add_error(None, _("This conversation was closed meanwhile. Your words are still here."))
        return refused_reply(request, thread, form, status=409)
    except actions.TooFast as pause:
        return too_fast(refused_reply(request, thread, said_too_fast(form, pause), status=429), pause)
    if request.htmx:
        response = render(request, "discussions/_reply_posted.html", posted_context(request, thread))
        return trigger_client_event(response, "announce", {"value": _("Your reply stands.")})
    if request.POST.get("page") == "thread":
        return HttpResponseRedirect(f"{thread.get_absolute_url()}?post={post.pk}#post-{post.pk}")
    return HttpResponseRedirect(post.get_absolute_url())


@signed_in
@require_safe
def threads(request, community, place_id):
    """All conversations of a place."""
    place = visible_place(request, community, place_id)
    begun = Thread.objects.visible_to(request.user).at(place).begun().with_people().by_latest_activity()
    page = Paginator(begun, THREADS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "discussions/threads.html", {"place": place, "community": place.community, "page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def new_thread(request, community, place_id):
    """Start a conversation about a place, or about one of its blocks."""
    place = visible_place(request, community, place_id)
    if request.method == "GET":
        return render(request, "discussions/new_thread.html", form_context(request, place, ThreadForm(place=place)))
    form = ThreadForm(request.POST, place=place)
    if not form.is_valid():
        return refused_thread(request, place, form, status=422)
    words = form.cleaned_data
    block_id, quote = words["anchor"]
    try:
        post = actions.start_thread(
            author=request.user,
            place=place,
            title=words["title"],
            body=words["body"],
            key=words["key"],
            kind=words["kind"],
            block_id=block_id,
            quote=quote,
        )
    except actions.TooFast as pause:
        return too_fast(refused_thread(request, place, said_too_fast(form, pause), status=429), pause)
    if request.htmx:
        return thread_started(request, place, post)
    return HttpResponseRedirect(post.get_absolute_url())


def visible_place(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(places, pk=place_id, community__slug=community)


def visible_thread(request, community, thread_id):
    threads = Thread.objects.visible_to(request.user).with_places()
    return get_object_or_404(threads, pk=thread_id, place__community__slug=community)


def page_of_post(thread, post_id):
    """Number of the page of `thread` on which a post stands; None if it isn't one of its posts."""
    index = thread.posts.index_of(post_id) if (post_id or "").isdecimal() else None
    return None if index is None else 1 + index // POSTS_A_PAGE


def thread_started(request, place, post):
    """The answer in place: the block's talk with the new thread in it, or the new thread among the place's rows."""
    if post.thread.block_id:
        template, context = "discussions/_block_talk.html", block_context(request, place, post.thread.block_id)
    else:
        template = "discussions/_thread_started.html"
        context = posted_context(request, post.thread) | form_context(request, place, ThreadForm(place=place))
    return trigger_client_event(
        render(request, template, context), "announce", {"value": _("Your conversation has begun.")}
    )


def posted_context(request, thread):
    """A thread somebody just wrote in, with the number of posts its knot shows."""
    visible = Thread.objects.visible_to(request.user)
    counts = visible.at(thread.place).about(thread.block_id).post_counts_by_block()
    return {
        "thread": visible.numbered(thread.pk).with_places().with_last_posts()[0],
        "community": thread.place.community,
        "guides": thread.place.community.guide_roles(),
        "may_write": True,
        "block_count": counts.get(thread.block_id, 0),
        "knot": bool(thread.block_id),
    }


def block_context(request, place, block_id):
    about = Thread.objects.visible_to(request.user).at(place).about(block_id).with_people().by_latest_activity()
    shown = about.with_last_posts()
    return {
        "place": place,
        "community": place.community,
        "block_talk": BlockTalk(block_id, shown, post_count=sum(thread.post_count for thread in shown), is_open=True),
        "guides": place.community.guide_roles(),
        "may_write": place.accepts_words_from(request.user),
    }


def form_context(request, place, form):
    """For a form that starts a conversation; `block` names the block it is about, if it was sent with one."""
    block_id = form.cleaned_data.get("anchor", ("",))[0] if form.is_bound else ""
    return {
        "place": place,
        "community": place.community,
        "form": form,
        "block_talk": BlockTalk(block_id) if block_id else None,
        "crumbs": crumbs(place),
    }


def crumbs(place):
    return [(place.community.title, place.community.get_absolute_url()), (place.title, place.path)]


def refused_reply(request, thread, form, *, status):
    template = "discussions/_reply_form.html" if request.htmx else "discussions/reply_refused.html"
    place = thread.place
    context = {"thread": thread, "place": place, "community": place.community, "form": form, "crumbs": crumbs(place)}
    return retarget(render(request, template, context, status=status), f"#reply-{thread.pk}")


def refused_thread(request, place, form, *, status):
    template = "discussions/_thread_form.html" if request.htmx else "discussions/new_thread.html"
    context = form_context(request, place, form)
    block = context["block_talk"]
    response = render(request, template, context, status=status)
    return retarget(response, f"#start-{block.id if block else 'here'}")


def said_too_fast(form, pause):
    form.add_error(
        None,
        _("That was a lot at once. Your words are still here; try again in %(s)s seconds.")
        % {"s": pause.retry_after_s},
    )
    return form


def too_fast(response, pause):
    response["Retry-After"] = str(pause.retry_after_s)
    return response
