from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from accounts.views import signed_in

from .. import actions
from ..forms import ReplyForm
from ..models import Thread
from .found import (
    added_context,
    crumbs,
    is_covered,
    paused_words,
    posted_context,
    quoted_post,
    said_too_fast,
    thread_to_answer,
    too_fast,
    visible_post,
)


@signed_in
@require_POST
def post_reply(request, community, thread_id):
    """Add a reply; an answer to a prompt is one too."""
    thread = thread_to_answer(request, community, thread_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return refused_reply(request, thread, form, status=422)
    try:
        post = actions.reply(author=request.user, thread=thread, **form.cleaned_data)
    except actions.ThreadClosed as closed:
        form.add_error(None, paused_words(thread.place, request.user) or said_closed(thread, closed.args[0]))
        return refused_reply(request, thread, form, status=409)
    except actions.TooFast as pause:
        return too_fast(refused_reply(request, thread, said_too_fast(form, pause), status=429), pause)
    if request.htmx:
        return reply_in_place(request, post)
    if request.POST.get("page") == "thread":
        return HttpResponseRedirect(f"{post.thread.get_absolute_url()}?post={post.pk}#post-{post.pk}")
    return HttpResponseRedirect(post.get_absolute_url())


def reply_in_place(request, post):
    """The new post and a fresh form; where more than that shows of a conversation, all of it."""
    thread = post.thread
    if request.htmx.target not in (None, f"thread-{thread.pk}"):  # it went on elsewhere meanwhile
        return HttpResponseClientRedirect(post.get_absolute_url())
    if thread.grows_by_posts:
        response = render(request, "discussions/_post_added.html", added_context(request, post))
        response = reswap(retarget(response, f"#foot-{thread.pk}"), "outerHTML")
    else:
        response = render(request, "discussions/_reply_posted.html", posted_context(request, thread))
    return trigger_client_event(response, "announce", {"value": _("Your reply stands.")})


@signed_in
@require_safe
def answer_post(request, community, thread_id, post_id):
    """What a reply form says of the post it answers, as a fragment; a plain visit gets the page with the form."""
    post = visible_post(request, community, thread_id, post_id)
    if not request.htmx:
        return redirect(f"{post.thread.get_absolute_url()}?answer={post.pk}#reply-{post.thread_id}")
    if is_covered(request, post):
        raise Http404
    return render(request, "discussions/_answering.html", {"thread": post.thread, "post": post, "fresh": True})


def said_closed(thread, home):
    """Why a reply to `thread` was refused by `home`, the thread that it would have stood in."""
    if home.pk != thread.pk:
        return _("What you answer was taken elsewhere meanwhile. Your words are still here.")
    if thread.is_over:
        return _("This closed on %(at)s. Your words are still here.") % {
            "at": date_format(localtime(thread.closes_at), "DATETIME_FORMAT")
        }
    if thread.is_scheduled:
        return _("This has not opened yet. Your words are still here.")
    return _("This conversation was closed meanwhile. Your words are still here.")


def refused_reply(request, thread, form, *, status):
    thread.is_unwanted = Thread.objects.knowing_unwanted_by(request.user.pk).get(pk=thread.pk).is_unwanted
    thread.answering = quoted_post(thread, form.data.get("answers_to", ""))
    template = "discussions/_reply_form.html" if request.htmx else "discussions/reply_refused.html"
    place = thread.place
    context = {"thread": thread, "place": place, "community": place.community, "form": form, "crumbs": crumbs(place)}
    return retarget(render(request, template, context, status=status), f"#reply-{thread.pk}")
