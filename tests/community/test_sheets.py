"""Tables for spreadsheets."""

import csv
import io

import pytest

from community.actions import sheet

pytestmark = pytest.mark.once


def cells(*rows):
    text = "".join(sheet(["E-mail", "Words"], rows))
    return list(csv.reader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))


@pytest.mark.parametrize("words", ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", '=HYPERLINK("http://x")'])
def test_what_a_spreadsheet_would_take_for_a_formula_is_quoted(words):
    assert cells(["a@example.org", words])[1] == ["a@example.org", f"'{words}"]


def test_everything_else_stands_as_it_is():
    rows = [["a@example.org", 'Say "hi",\nNia; Kovačević'], ["b@example.org", -3]]
    assert cells(*rows) == [
        ["E-mail", "Words"],
        ["a@example.org", 'Say "hi",\nNia; Kovačević'],
        ["b@example.org", "-3"],
    ]


def test_it_says_that_it_is_utf_8():
    assert "".join(sheet(["A"], [])).encode().startswith(b"\xef\xbb\xbfA")
