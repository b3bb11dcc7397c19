"""The dates of a cohort: made from its course's schedule, asked as they come, moved one by one and all at once."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from courses.actions import HasCome, PlanChanged, add_step, move_date, remove_step, replan, start_cohort, time_units
from courses.models import Holiday, PlanTerms, StepDate, plan_of
from courses.tasks import ask_what_is_due
from discussions.models import Thread
from notifications.models import Event
from tests.factories import a_person, a_section, a_unit, commons_of, place_of

ZAGREB = ZoneInfo("Europe/Zagreb")
BEFORE = datetime(2026, 2, 20, 12, tzinfo=UTC)
START = date(2026, 3, 2)  # a Monday; the clocks go forward on the 29th, before week 5


@pytest.fixture
def course(db):
    """Three units, the second in week 3 and the third in week 5; a prompt at the third one and a topic."""
    section = a_section()
    units = [a_unit(section, f"Unit {n}") for n in (1, 2, 3)]
    time_units(section.course, {units[1].pk: (3, 1, time(9)), units[2].pk: (5, 0, time(9))})
    ask(section.course, "At three", unit=units[2], week=4, weekday=4)
    ask(section.course, "The topic", kind="topic", week=2, weekday=0)
    return section.course


def ask(course, title, **words):
    fields = {"kind": "prompt", "title": title, "body": f"{title}?", "week": 1, "weekday": 0, "time": time(10)} | words
    return add_step(course=course, key=uuid4(), **fields)


def started(course, *, at=BEFORE, **more):
    with time_machine.travel(at, tick=False):
        terms = {"title": "Spring", "starts_on": START, "time_zone": "Europe/Zagreb", "host": a_person("Ann Host")}
        return start_cohort(course=course, **terms | more)


def dates(cohort):
    """Title → when, on the clocks of the cohort."""
    rows = StepDate.objects.of(cohort.community).with_things().in_order()
    return {str(row.step): f"{row.at.astimezone(ZAGREB):%m-%d %H:%M}" for row in rows}


def opens(cohort, title):
    unit = cohort.course.units.get(title=title)
    return f"{place_of(unit, cohort.community).opens_at.astimezone(ZAGREB):%m-%d %H:%M}"


def run_at(*when):
    """Let the worker look at what is due, on the clocks of Zagreb."""
    with time_machine.travel(datetime(*when, tzinfo=ZAGREB), tick=False):
        ask_what_is_due()


def replanned(cohort, *, days=0, starts_on=START, holidays=(), at=BEFORE, **more):
    with time_machine.travel(at, tick=False):
        terms = PlanTerms(starts_on, cohort.time_zone, [Holiday(first=first, last=last) for first, last in holidays])
        seen = more.pop("seen", None) or plan_of(cohort, terms=terms, shift_days=days).fingerprint
        made = {"by": cohort.community.memberships.get().user, "key": uuid4()} | more
        shift = replan(cohort=cohort, terms=terms, shift_days=days, seen=seen, **made)
    cohort.refresh_from_db()
    return shift


def test_a_cohort_gets_its_dates_from_the_schedule_of_the_course(course):
    cohort = started(course)
    assert dates(cohort) == {
        "The topic": "03-09 10:00",
        "Unit 2": "03-17 09:00",
        "At three": "03-30 09:00",  # it waits for its unit
        "Unit 3": "03-30 09:00",
    }
    assert [opens(cohort, f"Unit {n}") for n in (1, 2, 3)] == ["03-02 00:00", "03-17 09:00", "03-30 09:00"]
    assert place_of(course.units.get(title="Unit 3"), cohort.community).opens_at.hour == 7, "summer time by then"


def test_a_self_paced_cohort_has_no_dates(course):
    cohort = started(course, is_self_paced=True)
    assert dates(cohort) == {}
    assert opens(cohort, "Unit 3") == "03-02 00:00"
    run_at(2026, 6, 1)
    assert not Thread.objects.begun().exists()


def test_what_the_schedule_asks_is_asked_once_when_its_time_has_come(course):
    cohort = started(course)
    run_at(2026, 3, 9, 9, 59)
    assert not Thread.objects.begun().exists()
    run_at(2026, 3, 9, 10, 0)
    run_at(2026, 3, 9, 10, 1)
    topic = Thread.objects.begun().get()
    assert (topic.kind, topic.title, topic.place) == ("topic", "The topic", commons_of(cohort.community))
    assert (topic.starts_on, topic.ends_on) == (date(2026, 3, 9), date(2026, 3, 15))
    assert topic.current_until == datetime(2026, 3, 16, tzinfo=ZAGREB)
    assert Event.objects.get(verb="opened").actor.name == "Ann Host"
    run_at(2026, 3, 30, 9, 0)
    assert Thread.objects.begun().get(kind="prompt").title == "At three"


def test_a_topic_whose_days_are_over_is_left_out_and_a_late_prompt_is_asked(course):
    ask(course, "Late")
    cohort = started(course)
    run_at(2026, 3, 29)
    assert [thread.title for thread in Thread.objects.begun()] == ["Late"]
    assert cohort.dates.get(step__title="The topic").asked_at


def test_what_was_taken_out_of_the_schedule_is_not_asked(course):
    started(course)
    remove_step(course.steps.get(title="The topic"))
    run_at(2026, 3, 10)
    assert not Thread.objects.begun().exists()


def test_a_shift_moves_all_that_has_not_come_and_tells_everybody(course):
    cohort = started(course, ends_on=date(2026, 4, 30))
    shift = replanned(cohort, days=7, at=datetime(2026, 3, 20, tzinfo=UTC))
    assert dates(cohort)["Unit 2"] == "03-17 09:00", "it was open"
    assert dates(cohort)["Unit 3"] == dates(cohort)["At three"] == "04-06 09:00"
    assert opens(cohort, "Unit 3") == "04-06 09:00"
    assert cohort.ends_on == date(2026, 5, 7)
    event = Event.objects.get(verb="shifted")
    assert event.target == shift
    assert set(shift.audience()) == {cohort.community.memberships.get().user_id}


def test_a_second_click_shifts_nothing_again(course):
    cohort, key = started(course), uuid4()
    first = replanned(cohort, days=7, key=key)
    assert replanned(cohort, days=7, key=key) == first
    assert dates(cohort)["Unit 2"] == "03-24 09:00"


def test_a_preview_that_is_no_longer_true_changes_nothing(course):
    cohort = started(course)
    seen = plan_of(cohort, shift_days=7).fingerprint
    replanned(cohort, days=1)
    with pytest.raises(PlanChanged):
        replanned(cohort, days=7, seen=seen)
    assert dates(cohort)["Unit 2"] == "03-18 09:00"


def test_days_off_are_skipped_and_a_shift_before_them_holds(course):
    cohort = started(course)
    replanned(cohort, days=7)
    replanned(cohort, holidays=[(date(2026, 3, 24), date(2026, 3, 24))])
    assert dates(cohort)["Unit 2"] == "03-25 09:00"
    replanned(cohort)
    assert dates(cohort)["Unit 2"] == "03-24 09:00", "the day off was taken away again"


def test_before_it_has_begun_a_cohort_can_start_on_another_day(course):
    cohort = started(course)
    replanned(cohort, starts_on=date(2026, 3, 9))
    assert [opens(cohort, f"Unit {n}") for n in (1, 2, 3)] == ["03-09 00:00", "03-24 09:00", "04-06 09:00"]
    assert dates(cohort)["The topic"] == "03-16 10:00"


def test_a_date_moved_by_hand_stays_until_all_are_shifted(course):
    cohort = started(course)
    ann, row = cohort.community.memberships.get().user, cohort.dates.get(step__unit__title="Unit 3", step__kind="unit")
    with time_machine.travel(BEFORE, tick=False):
        move_date(by=ann, date=row, day=date(2026, 4, 1), at=time(18), key=uuid4())
    assert dates(cohort)["Unit 3"] == dates(cohort)["At three"] == opens(cohort, "Unit 3") == "04-01 18:00"
    replanned(cohort, holidays=[(date(2026, 3, 30), date(2026, 4, 1))])
    assert dates(cohort)["Unit 3"] == "04-01 18:00"
    replanned(cohort, days=1)
    assert dates(cohort)["Unit 3"] == "04-02 18:00"


def test_what_has_come_is_past_moving(course):
    cohort = started(course)
    row = cohort.dates.get(step__unit__title="Unit 2")
    with time_machine.travel(row.at + timedelta(hours=1), tick=False), pytest.raises(HasCome):
        move_date(by=a_person(), date=row, day=date(2026, 5, 1), at=time(9), key=uuid4())


def test_what_is_new_in_the_course_comes_along_with_the_next_plan(course):
    cohort = started(course)
    ask(course, "New", week=6)
    with time_machine.travel(BEFORE, tick=False):
        assert [str(change.date.step) for change in plan_of(cohort).changes] == ["New"]
    replanned(cohort)
    assert dates(cohort)["New"] == "04-06 10:00"


def test_a_unit_that_is_read_already_is_not_taken_away_by_the_schedule(course):
    cohort, first = started(course), course.units.get(title="Unit 1")
    time_units(course, {first.pk: (6, 0, time(9))})
    replanned(cohort, at=datetime(2026, 3, 5, tzinfo=UTC))
    assert opens(cohort, "Unit 1") == "03-02 00:00"
