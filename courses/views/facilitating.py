"""What needs those who look after a community, on one page."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.models import Flag, Thread
from discussions.views import guided_community

from ..models import StepDate, Suggestion

QUESTIONS_A_PAGE = 12
QUIET_SHOWN = 8
RUNNING_SHOWN = 6
SUGGESTIONS_SHOWN = 5
ANNOUNCED_SHOWN = 3
COMING_SHOWN = 5


@signed_in
@require_safe
def facilitate(request, community):
    """Open questions to share out, quiet conversations, what is asked and announced, suggestions and flags; with
    `?resting=yes` what rests instead. For guides."""
    community, _guides = guided_community(request, community)
    commons = community.places.commons().get()
    here = Thread.objects.visible_to(request.user).of(community).with_places().knowing_unwanted_by(request.user.pk)
    resting = request.GET.get("resting") == "yes"
    context = {
        "community": community,
        "commons": commons,
        "may_tend": commons.accepts_words_from(request.user),
        "cohort": getattr(community, "cohort", None),
        "resting": resting,
        "flags": Flag.objects.open().of(community).waiting(),
        "crumbs": [(community.title, community.get_absolute_url())],
        "coming": () if resting else StepDate.objects.of(community).coming()[:COMING_SHOWN],
    } | (what_rests(here, request) if resting else what_needs_them(here, request) | what_is_asked(here))
    suggestions = Suggestion.objects.visible_to(request.user).in_community(community).open()
    context["suggestions"] = suggestions.not_hidden_from(request.user).for_lists().oldest_first()[:SUGGESTIONS_SHOWN]
    return render(request, "courses/facilitate.html", context)


def what_needs_them(here, request):
    """Open questions, and conversations that have gone quiet; without what rests."""
    awake = here.awake().knowing_tending()
    questions = Paginator(awake.open_questions().by_need_of(request.user), QUESTIONS_A_PAGE)
    return {
        "page": questions.get_page(request.GET.get("page")),
        "quiet": awake.wanted_by(request.user).quiet()[:QUIET_SHOWN],
        "resting_count": here.resting().count(),
    }


def what_rests(here, request):
    rests = Paginator(here.resting().knowing_tending().knowing_openings().by_latest_activity(), QUESTIONS_A_PAGE)
    return {"page": rests.get_page(request.GET.get("page"))}


def what_is_asked(here):
    return {
        "running": here.running()[:RUNNING_SHOWN],
        "later": here.asked_later()[:RUNNING_SHOWN],
        "announced": here.announced()[:ANNOUNCED_SHOWN],
    }
