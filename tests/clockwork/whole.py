"""All of it, for `python -m tests.clockwork`; too long for the suite, which plays some days."""

from tests.clockwork.play import playing


def test_sixty_days_of_two_hundred_people_in_twelve_zones(db):
    with playing(people=200, seed=60200) as play:
        play.days(60)
    print(f"{play.beats} digests, with {play.told} posts; {play.mailed} posts in mails at once")
    assert play.beats > 5_000
