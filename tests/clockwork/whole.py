"""All of it, for `python -m tests.clockwork`; too long for the suite, which plays two weeks."""

from tests.clockwork.play import playing


def test_sixty_days_of_two_hundred_people_in_twelve_zones(db):
    with playing(people=200, seed=60200) as play:
        play.days(60)
    print(f"{play.beats} digests, of which each post was in the right ones: {play.told} times told")
    assert play.beats > 5_000
