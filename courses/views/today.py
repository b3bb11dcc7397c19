from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.models import Post, new_counts_for
from notifications.models import Notification

from ..models import Cohort, outline_of
from ..models.today import latest_talk, my_open_questions, neglected_questions, questions_to_help_with, topics_now

SHOWN = 8
COHORTS_SHOWN = 4


@require_safe
def today(request):
    """Where I was, what concerns me, what is being said, questions I could help with. A welcome when signed out."""
    if not request.user.is_authenticated:
        return render(request, "courses/welcome.html")
    cohorts = Cohort.objects.visible_to(request.user).with_courses().newest_first()[:COHORTS_SHOWN]
    new = new_counts_for(request.user)
    topics, latest = topics_now(request.user), latest_talk(request.user)
    my_questions, neglected = my_open_questions(request.user), neglected_questions(request.user)
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
        "questions": questions_to_help_with(request.user),
    }
    return render(request, "courses/today.html", context)
