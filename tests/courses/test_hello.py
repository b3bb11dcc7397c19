"""Who might need a hello: a list to write to, for guides alone, that says nothing else of anybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import stop_counting_reading
from tests.factories import a_member, a_thread


def shown(response):
    return [membership.user.name for membership in response.context["page"]]


@pytest.fixture
def url(world):
    return reverse("hello", args=[world.community.slug])


@pytest.fixture
def quiet(world):
    """`quiet("Name", days)` was here so many days ago, and joined long before."""

    def member(name, days, *, joined=40, **more):
        person = a_member(world.community, name, **more)
        now = timezone.now()
        seen = None if days is None else (now - timedelta(days=days)).date()
        world.community.memberships.filter(user=person).update(seen_on=seen, joined_at=now - timedelta(days=joined))
        return person

    return member


def test_who_was_not_here_for_ten_days_is_listed_by_name(world, client_of, url, quiet):
    for name, days in (("Zoe", 10), ("Ana", 300), ("Mia", None), ("Here", 9)):
        quiet(name, days)
    quiet("Just joined", None, joined=9)
    quiet("Guide", 50, role="facilitator")
    quiet("Guest", 50, role="guest")
    stop_counting_reading(quiet("Private", 50))
    quiet("Deactivated", 50, is_active=False)
    assert shown(client_of(world.fay).get(url)) == ["Ana", "Mia", "Zoe"]


def test_the_list_says_neither_for_how_long_nor_what_anybody_wrote(world, client_of, url, quiet):
    ana, bea = quiet("Ana", 300), quiet("Bea", 11)
    for _ in range(3):
        a_thread(world.place, author=bea)
    page = client_of(world.fay).get(url)
    assert shown(page) == ["Ana", "Bea"]
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert f'href="mailto:{ana.email}?subject=Heron%20cohort"' in main
    assert "<time" not in main
    assert "300" not in main


def test_who_was_written_to_leaves_the_list_of_all_guides_for_ten_days(world, client_of, url, quiet, time_machine):
    membership = world.community.memberships.get(user=quiet("Ana", 20))
    said = reverse("say_hello", args=[world.community.slug, membership.pk])
    assert client_of(world.fay).post(said, {"said": "yes"}).url == url
    client = client_of(world.alice)
    client.post(said, {"said": "yes"})
    page = client.get(url)
    assert shown(page) == []
    assert [row.greeted_by for row in page.context["greeted"]] == [world.fay]
    client.post(said, {"said": "no"})
    assert shown(client.get(url)) == ["Ana"]
    client.post(said, {"said": "yes"})
    time_machine.move_to(timezone.now() + timedelta(days=10, minutes=1))
    assert "Ana" in shown(client_of(world.fay).get(url))


def test_coming_back_ends_it(world, client_of, url, quiet):
    ana = quiet("Ana", 20)
    client_of(ana).get(world.place.path)
    assert shown(client_of(world.fay).get(url)) == []


def test_nobody_is_away_from_a_cohort_that_has_not_begun(world, client_of, url, quiet):
    quiet("Ana", None)
    world.cohort.starts_on += timedelta(days=30)
    world.cohort.save(update_fields=["starts_on"])
    page = client_of(world.fay).get(url).content.decode()
    assert "The cohort has not begun." in page
    assert "Ana" not in page


def test_somebody_of_another_community_cannot_be_marked_here(world, client_of):
    elsewhere = world.other.memberships.get(user=world.cy)
    url = reverse("say_hello", args=[world.community.slug, elsewhere.pk])
    assert client_of(world.fay).post(url).status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.greeted_at is None
