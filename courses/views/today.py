from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.models import new_counts_for, news_at
from notifications.models import Notification, unread_groups
from pieces import kept

from ..models import cohorts_of, outline_of
from ..models.page_rows import rows_of_today, rows_told
from ..models.today import latest_talk, my_open_questions, neglected_questions, questions_to_help_with, topics_now

COHORTS_SHOWN = 4


@require_safe
def today(request):
    """Where I was, what concerns me, what is being said, questions I could help with. A welcome when signed out."""
    if not request.user.is_authenticated:
        return render(request, "courses/welcome.html")
    return kept(
        request,
        "courses/today.html",
        rows=lambda: rows_of_today(request.user.pk),
        build=lambda: of_today(request.user),
    )


def of_today(user):
    """What the page shows, and what it is made of beside `rows_of_today`."""
    cohorts = cohorts_of(user)[:COHORTS_SHOWN]
    new = new_counts_for(user)
    topics, latest = topics_now(user), latest_talk(user)
    my_questions, neglected = my_open_questions(user), neglected_questions(user)
    shown = [*topics, *latest, *my_questions, *neglected]
    news_at(user, also_in=[thread.pk for thread in shown]).mark(shown)
    context = {
        "cohorts": [(cohort, outline_of(cohort.community.membership_of(user), new=new)) for cohort in cohorts],
        "topics": topics,
        "for_me": Notification.objects.visible_to(user).unread().gathered(unread_groups(user), user),
        "latest": latest,
        "new_count": new.total,
        "my_questions": my_questions,
        "neglected": neglected,
        "questions": questions_to_help_with(user),
    }
    return context, rows_told([*shown, *context["questions"]], context["for_me"])
