from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.models import Post, Thread
from notifications.models import Notification

from ..models import Cohort, outline_of

SHOWN = 8
COHORTS_SHOWN = 4


@require_safe
def today(request):
    """Where I was, what concerns me, what is being said, questions I could help with. A welcome when signed out."""
    if not request.user.is_authenticated:
        return render(request, "courses/welcome.html")
    cohorts = Cohort.objects.visible_to(request.user).with_courses().newest_first()[:COHORTS_SHOWN]
    threads = Thread.objects.visible_to(request.user).begun().with_places().by_latest_activity()
    new, latest = Post.objects.new_counts_for(request.user), threads[:SHOWN]
    Post.objects.in_threads(list(latest)).news_for(request.user).mark(latest)
    context = {
        "cohorts": [(cohort, outline_of(cohort.community.membership_of(request.user), new=new)) for cohort in cohorts],
        "for_me": Notification.objects.visible_to(request.user).unread().with_events().newest_first()[:SHOWN],
        "latest": latest,
        "new_count": new.total,
        "questions": threads.unanswered().not_by(request.user)[:SHOWN],
    }
    return render(request, "courses/today.html", context)
