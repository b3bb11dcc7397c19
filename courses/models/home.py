"""What a community's page shows, each part as a prepared query for who reads it there."""

from community.models import Membership, Place
from community.models.prepared import prepared
from discussions.models import Post, Thread, TopicSeries, with_host_of_week
from notifications.models import Event
from wiki.models import WikiPage

THREADS_SHOWN = 20
ELSEWHERE_SHOWN = 8
QUESTIONS_SHOWN = 5  # of those without a reply, and of the others
TOPICS_SHOWN = 4
PROPOSALS_SHOWN = 3
WIKI_PAGES_SHOWN = 12
FACES_SHOWN = 12


@prepared
def commons_of(community, day):
    """The place of its own talk, in a list. SQL is kept for each `day`, so it had better be the first of a week."""
    places = with_host_of_week(TopicSeries.objects.joined_to(Place.objects.in_community(community).commons()), day)
    return Post.objects.numbering(Event.objects.numbering(places))


def threads_known_to(user):
    return Thread.objects.visible_to(user).knowing_unwanted_by(user.pk).with_places()


@prepared
def neglected_in(community, user):
    return threads_known_to(user).of(community).open_questions().awake().neglected(QUESTIONS_SHOWN)


@prepared
def talk_elsewhere(community, user):
    return threads_known_to(user).begun().about_texts_of(community).by_latest_activity()[:ELSEWHERE_SHOWN]


@prepared
def proposals_at(place, user):
    return threads_known_to(user).at(place).proposals().next_first()[:PROPOSALS_SHOWN]


@prepared
def topics_at(place, user):
    """The one of now, if there is one, and some of the earlier ones."""
    return Thread.objects.visible_to(user).at(place).with_people().current_first()[: TOPICS_SHOWN + 1]


def threads_at(place, user, asked=None, current=()):
    """The conversations that the page shows: the latest, the topic of now (its id) and that of the post `asked`."""
    return list(shown_at(place, user, asked, current)) if asked else latest_at(place, user, [*current])


@prepared
def latest_at(place, user, current):
    return shown_at(place, user, None, current)


def shown_at(place, user, asked, current):
    threads = Thread.objects.visible_to(user).at(place).with_people().by_latest_activity()
    return threads.shown_in_place(THREADS_SHOWN, having=asked, also=current).known_to(user.pk)


@prepared
def wiki_of(community, user):
    pages = WikiPage.objects.visible_to(user).of(community).without_texts().with_last_editor().by_title()
    return pages[:WIKI_PAGES_SHOWN]


@prepared
def faces_in(community):
    memberships = Membership.objects.of_community(community).current().with_people().by_role_and_name()
    return memberships[:FACES_SHOWN]
