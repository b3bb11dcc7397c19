"""Bars by week, for a picture that the server draws; the same numbers stand in the table beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

WIDTH, HEIGHT = 360, 160  # of the picture, in its own units
LEFT, RIGHT, TOP, BOTTOM = 34, 4, 8, 22  # what the numbers and the names of the weeks need
LINES = 4  # at most, above the ground
NAMES = 9  # of weeks, at most
WIDEST = 26  # a bar


@dataclass(frozen=True)
class Series:
    """One kind of number, a bar a week. `as_words` says it as people read it, None included; `scale` is how many of
    the bar's units one of it has."""

    name: str
    values: Sequence[Any]
    as_words: Callable[[Any], str] = str
    scale: Callable[[Any], float] = float


@dataclass(frozen=True)
class Bar:
    number: int  # of its series, from 1
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Mark:
    """Words at a place of the picture."""

    at: float
    words: str


@dataclass(frozen=True)
class Chart:
    """All that a picture and its table show: `rows` are the name of a week and a cell for each series."""

    id: str
    title: str
    unit: str
    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Mark, ...]
    weeks: tuple[Mark, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    width, height, left, ground, right = WIDTH, HEIGHT, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT


def bar_chart(id: str, title: str, unit: str, weeks: Sequence[int], *series: Series) -> Chart:
    """Bars side by side for each of `weeks` (their numbers). `unit` is what the numbers at the side are."""
    values = [[None if value is None else one.scale(value) for value in one.values] for one in series]
    step = step_for(max((value for row in values for value in row if value), default=0))
    top = step * max(1, *(-(-value // step) for row in values for value in row if value), 1)
    tall = HEIGHT - TOP - BOTTOM
    slot = (WIDTH - LEFT - RIGHT) / max(len(weeks), 1)
    wide = min(slot * 0.7 / max(len(series), 1), WIDEST)
    inset = (slot - wide * len(series)) / 2
    bars = [
        Bar(
            number=n + 1,
            x=round(LEFT + slot * i + inset + wide * n, 2),
            y=round(TOP + tall * (1 - value / top), 2),
            width=round(max(wide - 0.8, 0.8), 2),
            height=round(tall * value / top, 2),
            words=f"{weeks[i]}: {one.name}, {one.as_words(one.values[i])}",
        )
        for n, one in enumerate(series)
        for i, value in enumerate(values[n])
        if value
    ]
    lines = [Mark(round(TOP + tall * (1 - n * step / top), 2), short(n * step)) for n in range(int(top / step) + 1)]
    every = -(-len(weeks) // NAMES) if weeks else 1
    names = [Mark(round(LEFT + slot * (i + 0.5), 2), str(week)) for i, week in enumerate(weeks) if i % every == 0]
    rows = [(str(week), tuple(one.as_words(one.values[i]) for one in series)) for i, week in enumerate(weeks)]
    return Chart(
        id=id,
        title=title,
        unit=unit,
        names=tuple(one.name for one in series),
        bars=tuple(bars),
        lines=tuple(lines),
        weeks=tuple(names),
        rows=tuple(rows),
    )


def step_for(most: float) -> int:
    """A round step by which no more than `LINES` lines reach `most`."""
    return next(step for size in count() for n in (1, 2, 5) if (step := n * 10**size) * LINES >= most)


def short(value: float) -> str:
    """A round number in a few signs."""
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"
