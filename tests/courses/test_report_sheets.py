"""The reports as CSV: the same numbers, and nothing in them that a spreadsheet would reckon with."""

import csv
import io

import pytest
from django.urls import reverse

from courses.models import Unit
from discussions.actions import react
from tests.courses.test_report_numbers import readers
from tests.factories import a_post, a_thread, a_thread_on


@pytest.fixture
def table(world, client_of):
    """The rows of a CSV, as Fay gets it."""

    def read(name, *args):
        url = reverse(name, args=[world.community.slug, *args])
        response = client_of(world.fay).get(url)
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"].startswith('attachment; filename="heron-')
        return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))

    return read


def test_each_table_comes_with_its_numbers_and_no_names(world, table):
    people = readers(world, 7)
    a_post(a_thread(world.place, author=people[0], kind="question"), author=people[1])
    head, first, *rest = table("report_sheet", "units")
    assert dict(zip(head, first, strict=True)) == {
        "Section": "Why communities", "Unit": "Lurkers are learning too", "Reached it": "5", "Read it": "under 5",
        "Minutes": "1", "Prompts": "1", "Prompts answered": "0", "Questions": "1", "Open": "1",
        "First answer after, hours": "0.0", "Answers to prompts": "0", "Me too": "0",
    }  # fmt: skip
    assert len(rest) == 2
    head, *weeks = table("unit_report_sheet", world.unit.slug, "weeks")
    assert [week[0:4] for week in weeks] == [["1", world.cohort.starts_on.isoformat(), "5", "under 5"]]
    said = str([head, first, rest, weeks])
    assert not [one.name for one in people if one.name in said]


def test_what_looks_like_a_formula_is_data(world, table):
    Unit.objects.filter(pk=world.unit.pk).update(title='=HYPERLINK("http://x","y")')
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo)
    react(person=world.al, post=thread.posts.get(), word="me_too")
    unit = Unit.objects.get(pk=world.unit.pk)
    for block in unit.blocks:
        block["text"] = block["text"].replace("Counting posts", "@SUM(A1)")
    unit.save(update_fields=["blocks"])
    assert table("report_sheet", "units")[1][1] == '\'=HYPERLINK("http://x","y")'
    title, words, count = table("report_sheet", "me-too")[1]
    assert (title[0], words[:9], count) == ("'", "'@SUM(A1)", "1")


def test_there_is_no_other_table(world, client_of):
    client = client_of(world.fay)
    for args in (["people"], [world.unit.slug, "people"]):
        name = "unit_report_sheet" if len(args) == 2 else "report_sheet"
        assert client.get(reverse(name, args=[world.community.slug, *args])).status_code == 404
