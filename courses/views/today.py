from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.models import Post, Thread
from notifications.models import Notification

from ..models import Cohort, outline_of

SHOWN = 8
NEGLECTED_SHOWN = 3  # questions without a reply, and as many with no accepted answer
COHORTS_SHOWN = 4
TOPICS_SHOWN = 4


@require_safe
def today(request):
    """Where I was, what concerns me, what is being said, questions I could help with. A welcome when signed out."""
    if not request.user.is_authenticated:
        return render(request, "courses/welcome.html")
    cohorts = Cohort.objects.visible_to(request.user).with_courses().newest_first()[:COHORTS_SHOWN]
    threads = Thread.objects.visible_to(request.user).with_places().knowing_unwanted_by(request.user.pk)
    new, latest = Post.objects.new_counts_for(request.user), threads.begun().opened().by_latest_activity()[:SHOWN]
    waiting = threads.open_questions()
    my_questions = waiting.asked_by(request.user)[:SHOWN]
    neglected = waiting.awake().in_communities_guided_by(request.user).neglected(NEGLECTED_SHOWN)
    topics = threads.current().by_community()[:TOPICS_SHOWN]
    shown = [*topics, *latest, *my_questions, *neglected]
    Post.objects.in_threads(shown).news_for(request.user).mark(shown)
    unread = Notification.objects.visible_to(request.user).unread()
    context = {
        "cohorts": [(cohort, outline_of(cohort.community.membership_of(request.user), new=new)) for cohort in cohorts],
        "topics": topics,
        "for_me": unread.gathered(unread.groups()[:SHOWN], request.user),
        "latest": latest,
        "new_count": new.total,
        "my_questions": my_questions,
        "neglected": neglected,
        "questions": waiting.to_help_with(request.user)[:SHOWN],
    }
    return render(request, "courses/today.html", context)
