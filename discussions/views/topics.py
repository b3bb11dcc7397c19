"""A community's topics of the day and week: the one of now, those to come and those that were."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Place
from notifications.views import saw

from .. import actions
from ..forms import AnnouncementForm, TopicForm
from ..models import Post, Rights, Thread, TopicSeries
from .found import visible_thread
from .posing import posed

TOPICS_A_PAGE = 30
PROPOSALS_SHOWN = 6


@signed_in
@require_safe
def topics(request, community):
    """All topics of a community. Those to come are for guides."""
    commons = visible_commons(request, community)
    saw(request, TopicSeries.objects.at(commons))
    here = Thread.objects.visible_to(request.user).at(commons).with_places()
    page = Paginator(here.earlier(), TOPICS_A_PAGE).get_page(request.GET.get("page"))
    current, rights = list(here.current()), Rights.at(commons, request.user)
    shown = [*current, *page.object_list]
    proposals = list(proposals_at(commons, request.user)[: PROPOSALS_SHOWN + 1])
    Post.objects.in_threads(shown).news_for(request.user).mark(shown)
    context = {
        "community": commons.community,
        "place": commons,
        "current": current,
        "to_come": here.to_come() if rights.may_pose else (),
        "series": TopicSeries.objects.at(commons).first(),
        "proposals": proposals[:PROPOSALS_SHOWN],
        "more_proposals": len(proposals) > PROPOSALS_SHOWN,
        "may_pose": rights.may_pose,
        "may_pick": rights.may_pose or actions.may_pick(request.user, commons),
        "may_write": rights.may_write,
        "page": page,
        "crumbs": [(commons.community.title, commons.community.get_absolute_url())],
    }
    return render(request, "discussions/topics.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_topic(request, community):
    """Set the topic of a day or a week, of today or of later."""
    return posed(request, visible_commons(request, community), TopicForm, Thread.Kind.TOPIC)


@signed_in
@require_http_methods(["GET", "POST"])
def announce(request, community):
    """Tell everybody of a community something."""
    return posed(request, visible_commons(request, community), AnnouncementForm, Thread.Kind.NOTICE)


@signed_in
@require_POST
def cancel_topic(request, community, thread_id):
    """Call off a topic that has not opened yet."""
    return changed(request, community, thread_id, actions.cancel_topic, _("Cancelled. You can put it back."))


@signed_in
@require_POST
def put_back_topic(request, community, thread_id):
    """Let a cancelled topic open after all."""
    return changed(request, community, thread_id, actions.put_back_topic, _("It opens on its day."))


def changed(request, community, thread_id, act, words):
    thread = visible_thread(request, community, thread_id)
    try:
        act(by=request.user, thread=thread)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.HasOpened:
        messages.warning(request, _("It has opened by now. You can still remove its words."))
    else:
        messages.success(request, words)
    return redirect(reverse("topics", args=[community]))


def visible_commons(request, community):
    places = Place.objects.visible_to(request.user).commons().select_related("community")
    return get_object_or_404(places, community__slug=community)


def proposals_at(commons, user):
    """What members propose there, the next one first, with what its row says of each."""
    here = Thread.objects.visible_to(user).at(commons).proposals().next_first()
    return here.with_places().knowing_votes_of(user).knowing_unwanted_by(user.pk)


def topics_crumbs(commons):
    community = commons.community
    above = (community.title, community.get_absolute_url())
    return [above, (_("Topics"), reverse("topics", args=[community.slug]))]
