"""Bars by week: within the picture, as high as their numbers, and the same in the table."""

import pytest

from courses.views.charts import BOTTOM, HEIGHT, LEFT, LINES, NAMES, RIGHT, TOP, WIDTH, Series, bar_chart, step_for

pytestmark = pytest.mark.once


def chart(*values, weeks=None):
    series = [Series(f"Series {n}", row) for n, row in enumerate(values)]
    return bar_chart("c", "Title", "people", weeks or range(1, len(values[0]) + 1), *series)


def test_bars_are_as_high_as_their_numbers_and_stand_on_the_ground():
    drawn = chart([5, None, 10, 0], [20, 5, None, None])
    heights = {bar.words: bar.height for bar in drawn.bars}
    assert set(heights) == {"1: Series 0, 5", "3: Series 0, 10", "1: Series 1, 20", "2: Series 1, 5"}
    assert heights["1: Series 1, 20"] == pytest.approx(4 * heights["1: Series 0, 5"], abs=0.02)
    assert heights["1: Series 1, 20"] == HEIGHT - TOP - BOTTOM
    assert all(bar.y + bar.height == pytest.approx(HEIGHT - BOTTOM, abs=0.02) for bar in drawn.bars)


def test_the_table_says_every_number_and_each_that_is_not_told():
    drawn = chart([5, None], [0, 7])
    assert drawn.rows == (("1", ("5", "0")), ("2", ("None", "7")))


@pytest.mark.parametrize("values", [[], [None, None], [0], [1], [3.5], [10_000] * 26, [0.2, 0.9]])
def test_nothing_leaves_the_picture_whatever_the_numbers(values):
    drawn = chart(values)
    for bar in drawn.bars:
        assert LEFT <= bar.x <= bar.x + bar.width <= WIDTH - RIGHT
        assert TOP <= bar.y <= bar.y + bar.height <= HEIGHT - BOTTOM + 0.02
    assert 2 <= len(drawn.lines) <= LINES + 1
    assert len(drawn.weeks) <= NAMES
    assert all(LEFT < week.at < WIDTH for week in drawn.weeks)


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (4, 1), (5, 2), (8, 2), (9, 5), (20, 5), (21, 10), (41, 20), (10_000, 5_000)]
)
def test_lines_are_at_round_numbers(most, step):
    assert step_for(most) == step
