"""A whole life under a clock that is set by hand: a course is written, a cohort of thirty comes by a list and runs six
weeks by its schedule, its season turns, a year of weekly topics passes, and the next cohort begins with what was left.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import User
from community.actions import accept_invitation, apply_roster, bring_roster, join
from community.models import Community, Invitation, Membership, Place, RosterLine
from courses.actions import add_step, copy_cohort, create_course, create_section, create_unit, start_cohort, time_units
from courses.models import Cohort, Copyable, Holiday, Unit
from courses.tasks import ask_what_is_due, keep_ends
from discussions.actions import consent, nominate, propose_topic
from discussions.models import CarriedThread, Consent, Thread
from discussions.tasks import look_after_rotas, open_due_threads, open_due_topics
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests import factories as make

PARIS = ZoneInfo("Europe/Paris")
START = date(2026, 9, 7)  # a Monday; the clocks go back on 25 October, and forward on 28 March
LAST_DAY = date(2026, 10, 25)
WEEKS = 6
TEXT = "Herons stand still for a long time.\n\nThen they do not.\n"


def at(day, hour=9, minute=0, zone=PARIS):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def beat():
    """What the beat does, twice: two of them do it once."""
    for task in (ask_what_is_due, open_due_threads, keep_ends, open_due_topics, look_after_rotas) * 2:
        task()
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)


def a_written_course(author):
    """A unit a week on Tuesday at nine, but for the first, which opens with the start; a prompt and a topic."""
    course = create_course(title="Standing still")
    section = create_section(course, "All of it")
    units = [create_unit(section=section, title=f"Week {n}", author=author, source=TEXT) for n in range(1, WEEKS + 1)]
    time_units(course, {unit.pk: (n, 1, time(9)) for n, unit in enumerate(units, start=1) if n > 1})
    asked = {"kind": "prompt", "unit": units[1], "week": 2, "weekday": 2, "time": time(18)}
    add_step(course=course, key=uuid4(), title="What did you see?", body="Look for ten minutes.", **asked)
    weekly = {"kind": "topic", "week": 3, "weekday": 0, "time": time(9)}
    add_step(course=course, key=uuid4(), title="Why so slow?", body="Tell.", **weekly)
    return course, units


def come_by_a_list(cohort, admin):
    """Thirty in a semicolon list in an old encoding, six of whom have accounts; one line is wrong."""
    known = [make.a_person(f"Known {n}") for n in range(6)]
    rows = [(person.name, person.email) for person in known] + [(f"Zoë {n}", f"zoe{n}@example.org") for n in range(24)]
    text = "Name;E-mail\r\n" + "".join(f"{name};{email}\r\n" for name, email in [*rows, ("Nobody", "not an address")])
    brought = bring_roster(
        by=admin, community=cohort.community, content=text.encode("cp1252"), name="list.csv", key=uuid4(), role="member"
    )
    counts = {verdict.value: n for verdict, n in brought.lines.counts().items() if n}
    assert counts[RosterLine.Verdict.WRONG] == 1
    apply_roster(by=admin, roster=brought, removes=False, path="/")
    for invitation in Invitation.objects.open():
        accept_invitation(invitation, make.a_person(invitation.name, email=invitation.email))
    learners = cohort.community.memberships.current().filter(role=Membership.Role.MEMBER)
    assert learners.count() == 30
    return [membership.user for membership in learners.with_people().order_by("pk")]


def sees(person, unit, community):
    return Place.objects.visible_to(person).filter(unit_place__unit=unit, community=community).exists()


def live_six_weeks(cohort, units, people, time_machine):
    """Each unit opens when the schedule says so, and not before; a week of holidays moves what comes after it."""
    community = cohort.community
    for n, unit in enumerate(units, start=1):
        week = n if n < 5 else n + 1  # the fifth week is off
        opens = at(START) if n == 1 else at(START + timedelta(weeks=week - 1, days=1))
        if n > 1:
            time_machine.move_to(opens - timedelta(minutes=1), tick=False)
            beat()
            assert not sees(people[0], unit, community), unit
        time_machine.move_to(opens, tick=False)
        beat()
        assert sees(people[0], unit, community), unit
        make.a_post(make.a_thread(make.place_of(unit, community), author=people[n]), author=people[n + 1])
        if n == 2:
            answer_the_prompt(date(2026, 9, 16), people, time_machine)
    topic = Thread.objects.get(title="Why so slow?")
    assert (topic.kind, topic.starts_on, topic.ends_on) == ("topic", date(2026, 9, 21), date(2026, 9, 27))


def answer_the_prompt(day, people, time_machine):
    time_machine.move_to(at(day, 17, 59), tick=False)
    beat()
    assert not Thread.objects.filter(title="What did you see?").exists()
    time_machine.move_to(at(day, 18), tick=False)
    beat()
    make.a_post(Thread.objects.get(title="What did you see?"), author=people[5])


def graduate(cohort, people, time_machine):
    community = cohort.community
    for days_before in (14, 3):
        time_machine.move_to(at(LAST_DAY - timedelta(days=days_before), 12), tick=False)
        beat()
    heard = Notification.objects.filter(person=people[7], event__verb=Event.Verb.WILL_END)
    assert heard.count() == 2
    time_machine.move_to(at(LAST_DAY, 23, 30), tick=False)
    beat()
    assert Community.objects.get(pk=community.pk).season == Community.Season.COHORT
    time_machine.move_to(at(LAST_DAY + timedelta(days=1), 0, 30), tick=False)
    beat()
    community.refresh_from_db()
    assert community.season == Community.Season.PRACTICE
    assert {community.membership_of(person).role for person in people} == {Membership.Role.ALUM}


def live_a_year_of_topics(cohort, people, time_machine):
    """Fifty-two Mondays at nine in Paris, winter and summer; somebody proposes a topic for three weeks of four."""
    commons, opened = make.commons_of(cohort.community), []
    first = LAST_DAY + timedelta(days=1)
    for week in range(52):
        monday = first + timedelta(weeks=week)
        if week % 4:
            propose_topic(
                author=people[week % 30], place=commons, title=f"Topic {week}", body="What about it?", key=uuid4()
            )
        for moment in (at(monday, 8, 59), at(monday, 9)):
            time_machine.move_to(moment, tick=False)
            beat()
            opened.append(Thread.objects.topics().filter(place=commons).count())
    grown = [after - before for before, after in zip(opened[::2], opened[1::2], strict=True)]
    assert grown == [1 if week % 4 else 0 for week in range(52)]


def begin_again(cohort, units, people, admin, time_machine):
    """The next cohort reads, at the same unit, what somebody of the first agreed to have shown."""
    kept = Thread.objects.at(make.place_of(units[0], cohort.community)).get(created_by=people[1])
    left = Thread.objects.at(make.place_of(units[1], cohort.community)).get(created_by=people[2])
    for thread in (kept, left):
        nominate(by=people[3], thread=thread)
    for person, choice in ((people[1], Consent.Choice.NAMED), (people[2], Consent.Choice.NOTHING)):
        consent(by=person, community=cohort.community, choice=choice)
    chosen = Copyable(prompts=[], threads=[kept, left], things=[], guides=[])
    words = {"title": "Standing still, again", "starts_on": date(2027, 11, 8), "time_zone": "Europe/Paris"}
    made = copy_cohort(by=admin, cohort=cohort, chosen=chosen, key=uuid4(), **words)
    newcomer = make.a_person("New Nora")
    join(made.community, newcomer)
    time_machine.move_to(at(date(2027, 11, 17)), tick=False)
    beat()
    rows = CarriedThread.objects.visible_to(newcomer)
    assert {row.source for row in rows} == {kept, left}
    return made, newcomer, kept, left


def test_a_whole_life(db, client_of, time_machine):
    time_machine.move_to(at(date(2026, 8, 20)), tick=False)
    admin = make.an_admin("Ada Novak")
    course, units = a_written_course(admin)
    off = Holiday(first=date(2026, 10, 5), last=date(2026, 10, 11), name="Autumn")
    times = {"starts_on": START, "ends_on": LAST_DAY, "time_zone": "Europe/Paris", "holidays": [off]}
    cohort = start_cohort(course=course, title="Autumn cohort", host=admin, **times)
    people = come_by_a_list(cohort, admin)
    live_six_weeks(cohort, units, people, time_machine)
    path = cohort.community.get_absolute_url()
    graduate(cohort, people, time_machine)
    assert cohort.community.get_absolute_url() == path
    live_a_year_of_topics(cohort, people, time_machine)
    assert all(sees(people[0], unit, cohort.community) for unit in units)
    made, newcomer, kept, left = begin_again(cohort, units, people, admin, time_machine)
    client = client_of(newcomer)
    first, second = (reverse("unit", args=[made.community.slug, unit.slug]) for unit in units[:2])
    assert kept.title in client.get(first).content.decode()
    assert left.title not in client.get(second).content.decode()
    assert client.get(path).status_code == 404
    assert (Cohort.objects.count(), Unit.objects.count(), User.objects.count()) == (2, WEEKS, 32)
