"""What came out of a conversation of an earlier cohort: its accepted answer, and its summary."""

import pytest

from accounts.actions import hide_person
from discussions.actions import accept_post, carry_thread, consent
from discussions.models import Consent
from discussions.models.carrying import POSTS_SHOWN
from tests.factories import a_cohort, a_member, a_post, a_summary, a_thread, place_of

NAMED, UNNAMED, NOTHING = Consent.Choice


@pytest.fixture
def later(world):
    """The place of the unit in the next cohort, and Nia, who learns there."""
    cohort = a_cohort(world.course, host=world.alice, title="Ibis cohort", slug="ibis", days_ago=0)
    return place_of(world.unit, cohort.community), a_member(cohort.community, "Nia Sol", handle="nia")


@pytest.fixture
def question(world):
    return a_thread(world.place, author=world.bo, kind="question", title="Who counts?", body="Who does?")


@pytest.fixture
def read(world, question, later, client_of):
    """The unit as Nia reads it once the question was carried there, of which these people agree so."""
    client = client_of(later[1])

    def unit(choice, *people):
        for person in people:
            consent(by=person, community=world.community, choice=choice)
        carry_thread(by=world.alice, thread=question, place=later[0])
        html = client.get(later[0].path).content.decode()
        return html.partition('class="fold carried"')[2].partition("</details>")[0]

    return unit


def test_the_accepted_answer_says_so_and_is_shown_however_late_it_came(world, question, read):
    for n in range(POSTS_SHOWN + 1):
        a_post(question, author=(world.bo, world.fay)[n % 2], body=f"Thought {n}.")
    accept_post(by=world.bo, post=a_post(question, author=world.al, body="Nobody, it turned out."))
    html = read(UNNAMED, world.bo, world.fay)
    assert "Accepted answer" not in html
    html = read(UNNAMED, world.al)
    assert "Nobody, it turned out." in html
    assert html.count("Accepted answer") == 1
    assert "Al Reyes" not in html


def test_a_summary_goes_along_where_all_agree_to_be_named(world, question, read):
    answer = a_post(question, author=world.al, body="Al counts.")
    cites = f"As [Al](/c/heron/t/{question.pk}/posts/{answer.pk}/) says, and @ed and @bo."
    a_summary(question, by=world.fay, body=cites)
    assert "Summary" not in read(NAMED, world.bo, world.al)
    assert "Summary" not in read(UNNAMED, world.fay)
    html = read(NAMED, world.fay)
    assert "Summary" in html
    assert ">Al</a> says, and @somebody and @bo." in html
    assert "/t/" not in html
    assert "Summary" not in read(UNNAMED, world.al)  # its prose names him


def test_a_summary_stays_that_came_later_or_of_whom_the_reader_blocked(world, question, read, later):
    a_post(question, author=world.al)
    assert "Summary" not in read(NAMED, world.bo, world.al, world.fay)
    a_summary(question, by=world.fay)
    assert "Summary" not in read(NAMED)
    question.carried.all().delete()
    assert "Summary" in read(NAMED)
    hide_person(person=later[1], hidden=world.al)
    assert "Summary" not in read(NAMED)
