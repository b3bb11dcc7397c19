"""Days of mail on a clock that stands still in between: what comes is what a model of its own says. The whole of it,
sixty days of two hundred people, is `python -m tests.clockwork`."""

from tests.clockwork.play import playing


def test_everybody_gets_what_the_model_says_when_it_says_so(db):
    with playing(people=14, seed=20260301) as play:
        play.days(12)
    assert play.beats > 60
    assert play.told > 60
    assert play.mailed > 30
