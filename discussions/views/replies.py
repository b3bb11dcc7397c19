from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import retarget, trigger_client_event

from accounts.views import signed_in

from .. import actions
from ..forms import ReplyForm
from .found import crumbs, posted_context, said_too_fast, too_fast, visible_thread


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
            author=request.user,
            thread=thread,
            body=form.cleaned_data["body"],
            key=form.cleaned_data["key"],
            slot=form.cleaned_data["slot"],
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


def refused_reply(request, thread, form, *, status):
    template = "discussions/_reply_form.html" if request.htmx else "discussions/reply_refused.html"
    place = thread.place
    context = {"thread": thread, "place": place, "community": place.community, "form": form, "crumbs": crumbs(place)}
    return retarget(render(request, template, context, status=status), f"#reply-{thread.pk}")
