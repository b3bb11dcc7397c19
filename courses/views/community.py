"""The home of a community: its talk, shelf, wiki, people and, for a cohort, its course."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.models import Community, JoinRequest, may_found
from discussions.forms import ThreadForm
from discussions.models import Flag, monday_of, new_counts_for, news_at, with_posts
from discussions.views import led_elsewhere, rights_of
from notifications.models import Hearing, knowing_levels
from notifications.views import saw
from pieces import kept, new_key
from resources.forms import ShareForm
from resources.models import RESOURCES_SHOWN, knowing_new

from ..models import EndNotice, Graduation, Welcome, earlier_in_commons, outline_of, season_of, with_seasons
from ..models.community_rows import rows_at_home, rows_of_community
from ..models.home import (
    TOPICS_SHOWN,
    commons_of,
    faces_in,
    neglected_in,
    proposals_at,
    talk_elsewhere,
    threads_at,
    topics_at,
    wiki_of,
)
from ..models.page_asked import shelf_at
from .talk import asked_post


@signed_in
@require_safe
def communities(request):
    """The communities one is in."""
    mine = list(Community.objects.visible_to(request.user).with_member_count().by_title())
    new = new_counts_for(request.user)
    for community in mine:
        community.new_count = new.communities.get(community.pk, 0)
    context = {
        "communities": [community for community in mine if not community.archived_at],
        "archived": [community for community in mine if community.archived_at],
        "may_found": may_found(request.user),
    }
    return render(request, "courses/communities.html", context)


@signed_in
@require_safe
def community(request, community):
    return kept(
        request,
        "courses/community.html",
        rows=lambda: rows_of_community(community, request.user.pk),
        build=lambda: opened(request, community),
    )


def opened(request, community):
    """What the page shows, and what it is made of beside `rows_of_community`; or where somebody joins."""
    known = with_seasons(Community.objects.visible_to(request.user)).with_member_count().knowing_who_asks()
    known = knowing_levels(known, request.user.pk, [("pk", Community)])
    found = Welcome.objects.joined_to(known).of_slug(community).first()
    if found is None:
        return to_the_door(request, community)
    found.hearing = Hearing.of(found, request.user.pk)
    return home(request, found)


def home(request, community):
    """For who is in it."""
    membership, guides = community.membership_and_guides(request.user)
    (commons,) = commons_of(community.pk, monday_of(timezone.localdate()))
    commons.community = community
    if elsewhere := led_elsewhere(request, commons):
        return elsewhere
    saw(request, *told_of(community, request.user))
    rights = rights_of(request, guides, may_write=membership.may_write)
    asked = neglected_in(community.pk, request.user) if membership.is_guide else []
    elsewhere = talk_elsewhere(community.pk, request.user)
    news = news_at(request.user, commons.pk, [thread.pk for thread in (*elsewhere, *asked)])
    new = new_counts_for(request.user, community)
    context = {
        "community": community,
        **season_of(community),
        "place": commons,
        "membership": membership,
        "may_write": membership.may_write,
        "pause": membership.pause,
        "flagged_count": Flag.objects.open().of(community).post_count() if membership.is_guide else 0,
        "new_count": new.total,
        "up_to": commons.newest_post if new.total else 0,
        "elsewhere": news.mark(elsewhere),
        "neglected": news.mark(asked),
        "thread_form": ThreadForm(place=commons, initial={"key": new_key(request)}),
        "share_form": ShareForm(initial={"key": new_key(request)}),
        "sharings": knowing_new(shelf_at(request.user, commons.pk), new.places),
        "resources_shown": RESOURCES_SHOWN,
        "wiki_pages": wiki_of(community.pk, request.user),
        "people": [membership.user for membership in faces_in(community.pk)],
        "outline": outline_of(membership, new=new),
        "series": getattr(commons, "series", None),
        "proposals": proposals_at(commons.pk, request.user),
        "guides": guides,
        **earlier_in_commons(commons, request.user),
    } | talk_on(request, commons, news, rights)
    return context, rows_at_home(context, request.user.pk)


def told_of(community, user):
    """What somebody is told of that this page shows: that they are in or host now, and what becomes of a cohort."""
    yield community.memberships.of(user)
    yield JoinRequest.objects.to(community).of(user)
    yield community.moves_in.newest_first()
    yield from (kind.objects.of_community(community) for kind in (EndNotice, Graduation))


def to_the_door(request, slug):
    """Where somebody joins who follows a link to a community that they are not in and can find."""
    community = get_object_or_404(Community.objects.with_a_door_for(request.user), slug=slug)
    return redirect("join_community", community.slug)


def talk_on(request, commons, news, rights):
    """The topic of now, which may be None, a few earlier ones, and the conversations as the rows below."""
    post_id = asked_post(request)
    topics = news.mark(topics_at(commons.pk, request.user))
    current = [topic.pk for topic in topics if topic.is_current]
    shown = threads_at(commons.pk, request.user, post_id, current)
    threads = with_posts(shown, including=post_id, news=news, rights=rights)
    for thread in [*topics, *threads]:
        thread.place = commons
    for thread in threads:
        thread.note_asked(post_id, to_answer="answer" in request.GET)
    topic = next((thread for thread in threads if thread.pk in current), None)
    return {
        "topic": topic,
        "earlier_topics": [topic for topic in topics if not topic.is_current][:TOPICS_SHOWN],
        "rows": [thread for thread in threads if thread is not topic],
    }
