from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import retarget, trigger_client_event

from accounts.views import signed_in

from .. import actions
from ..forms import Anchor, ThreadForm
from ..models import BlockTalk, Post, Thread, earlier_about
from .found import crumbs, paused_words, posted_context, rights_of, said_too_fast, too_fast, visible_place


@signed_in
@require_http_methods(["GET", "POST"])
def new_thread(request, community, place_id):
    """Start a conversation about a place, or about one of its blocks; `?kind=question` makes it a question."""
    place = visible_place(request, community, place_id)
    if request.method == "GET":
        form = ThreadForm(place=place, initial={"kind": request.GET.get("kind", "")})
        return render(request, "discussions/new_thread.html", form_context(request, place, form))
    form = ThreadForm(request.POST, place=place)
    if not form.is_valid():
        return refused_thread(request, place, form, status=422)
    words = {name: form.cleaned_data[name] for name in ("title", "body", "key", "kind", "slot")}
    anchor = form.cleaned_data["anchor"]
    try:
        post = actions.start_thread(author=request.user, place=place, **words, **anchor.as_fields())
    except actions.ThreadClosed:
        form.add_error(None, paused_words(place, request.user) or _("You can't write here. Your words are still here."))
        return refused_thread(request, place, form, status=409)
    except actions.TooFast as pause:
        return too_fast(refused_thread(request, place, said_too_fast(form, pause), status=429), pause)
    if request.htmx:
        return thread_started(request, place, post, anchor)
    return HttpResponseRedirect(post.get_absolute_url())


def thread_started(request, place, post, anchor):
    """The answer in place: the block's talk with the new thread in it, or the new thread among the place's rows."""
    if post.thread.block_id:
        template, context = (
            "discussions/_block_talk.html",
            block_context(request, place, anchor, started=post.thread_id),
        )
    else:
        template = "discussions/_thread_started.html"
        context = posted_context(request, post.thread) | form_context(request, place, ThreadForm(place=place))
    return trigger_client_event(
        render(request, template, context), "announce", {"value": _("Your conversation has begun.")}
    )


def block_context(request, place, anchor, *, started):
    about = (
        Thread.objects.visible_to(request.user)
        .at(place)
        .standing()
        .about(anchor.block_id)
        .with_people()
        .by_latest_activity()
    )
    guides = place.community.guide_roles()
    news = Post.objects.at(place).about(anchor.block_id).news_for(request.user)
    shown = about.with_last_posts(news=news, rights=rights_of(request, guides))
    post_count = sum(thread.post_count for thread in shown)
    talk = BlockTalk(anchor.block_id, anchor.kind, shown, post_count, news.count, is_open=True, started=started)
    talk.earlier = earlier_about(place, request.user, anchor.block_id)
    return {
        "place": place,
        "community": place.community,
        "block_talk": talk,
        "guides": guides,
        "may_write": place.accepts_words_from(request.user),
    }


def form_context(request, place, form):
    """For a form that starts a conversation; `block` names the block it is about, if it was sent with one."""
    anchor = form.cleaned_data.get("anchor", Anchor()) if form.is_bound else Anchor()
    return {
        "place": place,
        "community": place.community,
        "form": form,
        "guides": place.community.guide_roles(),
        "block_talk": BlockTalk(anchor.block_id, anchor.kind) if anchor.block_id else None,
        "crumbs": crumbs(place),
    }


def refused_thread(request, place, form, *, status):
    template = "discussions/_thread_form.html" if request.htmx else "discussions/new_thread.html"
    context = form_context(request, place, form)
    block = context["block_talk"]
    response = render(request, template, context, status=status)
    return retarget(response, f"#start-{block.id if block else 'here'}")
