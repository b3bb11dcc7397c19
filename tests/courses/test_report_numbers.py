"""The numbers of the reports: right, in fives where they are of people, and for as few queries for many as for few."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from community.actions import join, remove_member
from community.models import Membership
from courses.models import Cohort, UnitReading
from courses.models.reports import Scope, Weeks, blocks_with_most_me_too, in_fives, unit_numbers, week_numbers
from discussions.actions import accept_post, delete_post, react
from discussions.models import Post, Thread
from tests.factories import a_person, a_post, a_prompt, a_thread, a_thread_on, place_of


@pytest.fixture
def scope(world):
    return Scope((world.community,))


def readers(world, count, *, unit=None, role=Membership.Role.MEMBER, **noted):
    """New members who had a unit on the screen."""
    unit_place = (unit or world.unit).places.get(community=world.community)
    people = [a_person() for _ in range(count)]
    for person in people:
        join(world.community, person, role=role)
    noted = {"seconds": 60, "share": 90} | noted
    UnitReading.objects.bulk_create(UnitReading(person=one, unit_place=unit_place, **noted) for one in people)
    return people


def first_unit(world, scope):
    return unit_numbers(scope, world.course)[0]


@pytest.mark.parametrize(
    ("count", "told"), [(None, None), (0, None), (4, None), (5, 5), (9, 5), (10, 10), (29, 25), (10_000, 10_000)]
)
def test_people_are_told_in_fives(count, told):
    assert in_fives(count) == told


def test_who_reached_and_read_a_unit_is_told_in_fives(world, scope):
    readers(world, 6, read_at=timezone.now(), seconds=240)
    readers(world, 4, seconds=30)
    readers(world, 4, unit=world.units[1])
    first, second, third = unit_numbers(scope, world.course)
    assert (first.title, first.reached, first.read, first.minutes) == (world.unit.title, 10, 5, 4)
    assert (second.reached, second.read, second.seconds) == (None, None, None)
    assert (third.reached, third.read, third.seconds) == (None, None, None)


def test_guides_guests_and_who_has_left_are_no_readers(world, scope):
    for role in (Membership.Role.FACILITATOR, Membership.Role.GUEST):
        readers(world, 5, role=role)
    for person in readers(world, 5):
        remove_member(world.community.memberships.get(user=person))
    assert first_unit(world, scope).reached is None
    assert scope.reader_count == 2
    assert {week.reached for week in week_numbers(scope, Weeks.of(world.cohort))} == {None}


def test_a_community_of_less_than_five_readers_tells_nothing_of_reading(world, scope):
    people = readers(world, 5)
    assert first_unit(world, scope).reached == 5
    for person in people[:4]:
        world.community.memberships.filter(user=person).update(role=Membership.Role.FACILITATOR)
    small = Scope((world.community,))
    assert small.reader_count == 3
    assert [numbers.reached for numbers in unit_numbers(small, world.course)] == [None] * 3
    assert {week.reached for week in week_numbers(small, Weeks.of(world.cohort))} == {None}


def test_questions_are_counted_with_how_long_a_first_answer_took(world, scope):
    asked = [a_thread(world.place, author=world.bo, kind="question") for _ in range(4)]
    for thread, hours in zip(asked, (1, 5, 3), strict=False):
        a_post(thread, author=world.bo)  # one's own words are no answer
        post = a_post(thread, author=world.fay)
        Post.objects.filter(pk=post.pk).update(created_at=thread.created_at + timedelta(hours=hours))
    accept_post(by=world.bo, post=post)
    a_thread(world.place, author=world.bo)
    delete_post(by=world.fay, post=a_post(asked[3], author=world.fay))
    numbers = first_unit(world, scope)
    assert (numbers.questions, numbers.open_questions, numbers.first_answer) == (4, 3, timedelta(hours=3))


def test_prompts_are_counted_with_their_answers(world, scope):
    in_text = Thread.objects.in_text().get(place=world.place)
    posed = a_prompt(world.place, asker=world.fay)
    a_prompt(world.place, asker=world.fay, opens_at=timezone.now() + timedelta(days=1))
    for thread in (in_text, in_text):
        a_post(thread, author=world.bo)
    numbers = first_unit(world, scope)
    assert (numbers.prompts, numbers.prompts_answered, numbers.answers) == (2, 1, 2)
    a_post(posed, author=world.al)
    numbers = first_unit(world, scope)
    assert (numbers.prompts, numbers.prompts_answered, numbers.answers) == (2, 2, 3)


def test_the_blocks_with_most_me_too_come_first_with_their_words(world, scope):
    for words, people in (("They try ideas", [world.al]), ("Counting posts", [world.al, world.fay])):
        thread = a_thread_on(world.unit, words, community=world.community, author=world.bo)
        for person in people:
            react(person=person, post=thread.posts.get(), word="me_too")
    react(person=world.al, post=a_thread(world.place, author=world.bo).posts.get(), word="me_too")
    found = blocks_with_most_me_too(scope.of_unit(world.unit))
    assert [(block.words, block.me_toos, block.stands) for block in found] == [
        ("Counting posts makes those readers look absent.", 2, True),
        ("They try ideas at work.", 1, True),
    ]
    assert first_unit(world, scope).me_toos == 4
    assert blocks_with_most_me_too(scope.of_unit(world.units[1])) == []


def test_nothing_of_another_community_is_counted(world, scope):
    other = Scope((world.other,))
    a_thread(world.place, author=world.bo, kind="question")
    readers(world, 5)
    assert first_unit(world, other).questions == 0
    assert first_unit(world, other).reached is None
    assert first_unit(world, scope).questions == 1


@pytest.mark.parametrize(
    ("starts_on", "zone", "now", "expected"),
    [
        ("2027-03-22", "Europe/Berlin", "2027-03-28T21:59", ["2027-03-21T23:00"]),  # the clocks go forward on the 28th
        ("2027-03-22", "Europe/Berlin", "2027-03-28T22:00", ["2027-03-21T23:00", "2027-03-28T22:00"]),
        ("2028-02-29", "UTC", "2028-03-07T00:00", ["2028-02-29T00:00", "2028-03-07T00:00"]),
        ("2027-01-02", "Pacific/Kiritimati", "2027-01-01T10:00", ["2027-01-01T10:00"]),
        ("2027-01-02", "Pacific/Kiritimati", "2027-01-01T09:59", []),
        ("2027-01-02", "Etc/GMT+12", "2027-01-09T12:00", ["2027-01-02T12:00", "2027-01-09T12:00"]),
    ],
)
def test_weeks_are_those_of_the_cohorts_calendar(starts_on, zone, now, expected):
    cohort = Cohort(starts_on=date.fromisoformat(starts_on), time_zone=zone)
    weeks = Weeks.of(cohort, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert [f"{week.begins.astimezone(UTC):%Y-%m-%dT%H:%M}" for week in weeks] == expected
    assert [week.number for week in weeks] == list(range(1, len(expected) + 1))


def test_of_a_long_time_the_last_weeks_are_shown_and_what_was_before_still_counts(world, scope):
    world.cohort.starts_on = timezone.now().date() - timedelta(days=7 * 40)
    old = a_thread(world.place, author=world.bo, kind="question")
    Thread.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=7 * 39))
    weeks = Weeks.of(world.cohort)
    assert [week.number for week in weeks] == list(range(16, 42))
    numbers = week_numbers(scope, weeks)
    assert {week.open_questions for week in numbers} == {1}
    assert {week.questions for week in numbers} == {0}


def test_each_week_has_its_numbers(world, scope):
    start = world.cohort.opens_at - timedelta(days=7)
    world.cohort.starts_on = start.date()
    readers(world, 5, first_at=start + timedelta(days=1), read_at=start + timedelta(days=7, hours=1))
    question = a_thread(world.place, author=world.bo, kind="question")
    Thread.objects.filter(pk=question.pk).update(created_at=start + timedelta(days=6))
    answer = a_post(question, author=world.fay)
    Post.objects.filter(pk=answer.pk).update(created_at=start + timedelta(days=8))
    accept_post(by=world.bo, post=answer)
    a_post(Thread.objects.in_text().get(place=world.place), author=world.bo)
    react(person=world.bo, post=answer, word="me_too")
    first, second = week_numbers(scope, Weeks.of(world.cohort))
    assert (first.reached, first.read, second.reached, second.read) == (5, None, None, 5)
    assert (first.questions, first.open_questions, first.first_answer) == (1, 1, timedelta(days=2))
    assert (second.questions, second.open_questions, second.first_answer) == (0, 0, None)
    assert (first.answers, second.answers, first.me_toos, second.me_toos) == (0, 1, 0, 1)


def test_as_many_queries_for_many_as_for_few(world, django_assert_num_queries):
    def asked():
        scope = Scope((world.community,))
        return unit_numbers(scope, world.course), week_numbers(scope, Weeks.of(world.cohort))

    readers(world, 5)
    with django_assert_num_queries(15):
        asked()
    readers(world, 20, unit=world.units[1])
    for unit in world.units:
        for _ in range(3):
            a_post(a_thread(place_of(unit, world.community), author=world.bo, kind="question"), author=world.fay)
    with django_assert_num_queries(15):
        asked()
