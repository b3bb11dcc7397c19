"""Copying a cohort for the next run of its course: in one action, by a list with ticks and consent."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from community.models import AuditEntry, Membership
from courses.actions import choose
from courses.actions.copying import Shift
from courses.models import Calendar, CarriedThing, Cohort
from discussions.models import CarriedThread, Consent, Thread
from tests.factories import a_post, a_prompt, a_resource, a_thread_on, a_topic, a_wiki_page, an_admin, place_of
from wiki.models import WikiPage

NAMED = Consent.Choice.NAMED


@pytest.fixture
def full(world):
    """Bo's cohort with something of everything."""
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo, title="On numbers")
    answer = a_post(thread, author=world.al)
    Thread.objects.filter(pk=thread.pk).update(accepted_post=answer)
    return {
        "thread": thread,
        "mine": a_prompt(world.place, asker=world.alice, title="Alice asks", body="What do *you* count?"),
        "hers": a_prompt(world.place, asker=world.fay, title="Fay asks"),
        "topic": a_topic(world.commons, asker=world.alice, title="A topic", days=3),
        "link": a_resource(world.place, sharer=world.bo, url="https://example.org/a", title="A link of Bo's"),
        "own": a_wiki_page(world.place, author=world.alice, title="Glossary", body="A word.\n"),
        "page": a_wiki_page(world.commons, author=world.bo, title="Field guide", body="Bo's words.\n"),
    }


@pytest.fixture
def url(world):
    return reverse("copy_cohort", args=[world.community.slug])


def asked(world, html, **more):
    """What the form sends as it comes."""
    key = html.partition('name="key" value="')[2].partition('"')[0]
    begins = timezone.localdate() + timedelta(days=60)
    words = {"title": "Ibis cohort", "time_zone": "Europe/Paris", "starts_on": begins, "key": key}
    return {**words, **more}


def test_everything_that_is_ticked_goes_along_in_one_action(world, full, url, client_of):
    choose(by=world.bo, community=world.community, choice=NAMED)
    alice = client_of(world.alice)
    html = alice.get(url).content.decode()
    for words in ("On numbers", "Alice asks", "Fay asks", "A topic", "A link of Bo", "Glossary", "Field guide"):
        assert words in html
    assert "1 of 2 writers agrees" in html
    assert "stays: its author has not agreed" in html
    sent = asked(world, html, threads=full["thread"].pk, prompts=[full[name].pk for name in ("mine", "hers", "topic")])
    sent["things"] = [f"resource-{full['link'].pk}", f"wiki-{full['own'].pk}", f"wiki-{full['page'].pk}"]
    sent["guides"] = world.community.memberships.current().get(user=world.fay).pk
    for _ in range(2):
        assert alice.post(url, sent).status_code == 302
    made = Cohort.objects.get(community__title="Ibis cohort")
    community, place = made.community, place_of(world.unit, made.community)
    assert made.course == world.course
    roles = dict(community.memberships.current().values_list("user__handle", "role"))
    assert roles == {"alice": Membership.Role.HOST, "fay": Membership.Role.FACILITATOR}
    posed = Thread.objects.of(community).filter(is_in_text=False)
    assert sorted(posed.values_list("title", flat=True)) == ["A topic", "Alice asks"]
    again = posed.get(title="Alice asks")
    assert again.place == place
    assert again.opens_at > timezone.now() + timedelta(days=55)
    topic = posed.get(title="A topic")
    assert topic.ends_on - topic.starts_on == full["topic"].ends_on - full["topic"].starts_on
    assert topic.starts_on > full["topic"].starts_on + timedelta(days=50)
    assert again.posts.get().source == "What do *you* count?"
    assert CarriedThread.objects.get().place == place
    assert set(CarriedThing.objects.values_list("place__kind", flat=True)) == {"unit", "commons"}
    glossary = WikiPage.objects.of(community).get()
    assert (glossary.title, glossary.source, glossary.place) == ("Glossary", "A word.\n", place)
    assert AuditEntry.objects.filter(act=AuditEntry.Act.COPIED, community=community).count() == 1


def test_who_was_never_asked_is_asked_by_the_copy(world, full, url, client_of):
    alice = client_of(world.alice)
    alice.post(url, asked(world, alice.get(url).content.decode(), threads=full["thread"].pk))
    assert sorted(Consent.objects.not_given().values_list("person__handle", flat=True)) == ["al", "bo"]


def test_only_what_is_ticked_goes_and_nothing_without_the_words_it_needs(world, full, url, client_of):
    alice = client_of(world.alice)
    sent = asked(world, alice.get(url).content.decode())
    early = world.cohort.starts_on - timedelta(days=1)
    refused = alice.post(url, {**sent, "starts_on": early, "threads": full["thread"].pk, "purpose": "To be kept"})
    assert refused.status_code == 422
    assert "before the cohort that it follows" in (html := refused.content.decode())
    assert "To be kept" in html
    assert f'name="threads" value="{full["thread"].pk}" checked' in html
    assert alice.post(url).status_code == 422
    assert Cohort.objects.count() == 1
    alice.post(url, sent)
    assert Cohort.objects.count() == 2
    assert [model.objects.count() for model in (CarriedThread, CarriedThing, Consent)] == [0, 0, 0]


def test_what_one_wrote_oneself_is_shown_there_if_one_says_so(world, full, url, client_of):
    alice = client_of(world.alice)
    html = alice.get(url).content.decode()
    assert 'name="choice"' in html
    alice.post(url, asked(world, html, choice="unnamed"))
    assert Consent.objects.get(person=world.alice).choice == "unnamed"
    assert 'name="choice"' not in alice.get(url).content.decode()


def test_prompts_come_in_the_same_week_on_the_same_weekday_at_the_same_time():
    here = Calendar(date(2026, 3, 2), ZoneInfo("Europe/Paris"))  # a Monday
    off = frozenset({date(2027, 9, 14)})
    there = Calendar(date(2027, 9, 1), ZoneInfo("Pacific/Kiritimati"), off)  # a Wednesday, UTC+14
    shift = Shift(here, there)
    tuesday = datetime(2026, 3, 31, 7, tzinfo=UTC)  # week 5, 09:00 in summer time
    assert shift.moment(tuesday) == datetime(2027, 9, 28, 9, tzinfo=ZoneInfo("Pacific/Kiritimati"))
    assert shift.day(date(2026, 3, 10)) == date(2027, 9, 7)
    assert shift.day(date(2026, 3, 17)) == date(2027, 9, 15)  # the Tuesday is a day off
    assert shift.day(date(2026, 3, 2)) == date(2027, 9, 1)  # not before the start
    assert shift.day(date(2026, 2, 27)) == date(2027, 8, 29)  # three days before it


def test_who_is_not_in_the_cohort_copies_no_words(world, full, url, client_of):
    html = client_of(an_admin()).get(url).content.decode()
    assert "You are not in this cohort" in html
    for words in ("On numbers", "Alice asks", "A link of Bo", "Glossary"):
        assert words not in html


def test_the_last_day_goes_along_with_the_start_unless_it_is_changed(world, url, client_of):
    world.cohort.ends_on = world.cohort.starts_on + timedelta(days=40)
    world.cohort.save(update_fields=["ends_on"])
    alice = client_of(world.alice)
    answer = alice.get(url)
    html, as_it_came = answer.content.decode(), answer.context["form"]["ends_on"].value()
    begins = timezone.localdate() + timedelta(days=300)
    for changed, lasts in ((as_it_came, 40), (begins + timedelta(days=7), 7)):
        sent = asked(world, html, starts_on=begins, ends_on=changed) | {"key": str(uuid4())}
        assert alice.post(url, sent).status_code == 302
        made = Cohort.objects.latest("pk")
        assert (made.starts_on, (made.ends_on - made.starts_on).days) == (begins, lasts)
