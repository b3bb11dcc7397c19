"""What Today shows somebody of the conversations that they may read."""

from community.models.prepared import prepared
from discussions.models import Thread

SHOWN = 8
NEGLECTED_SHOWN = 3  # questions without a reply, and as many with no accepted answer
TOPICS_SHOWN = 4


def threads_of(user):
    return Thread.objects.visible_to(user).knowing_unwanted_by(user.pk).with_places()


@prepared
def topics_now(user):
    return threads_of(user).current().by_community()[:TOPICS_SHOWN]


@prepared
def latest_talk(user):
    return threads_of(user).begun().opened().by_latest_activity()[:SHOWN]


@prepared
def my_open_questions(user):
    return threads_of(user).open_questions().asked_by(user)[:SHOWN]


@prepared
def neglected_questions(user):
    return threads_of(user).open_questions().awake().in_communities_guided_by(user).neglected(NEGLECTED_SHOWN)


@prepared
def questions_to_help_with(user):
    return threads_of(user).open_questions().to_help_with(user)[:SHOWN]
