"""What each of the cast gets at each address: a module an app, with its rows and what its addresses are made of."""

from tests.access import (
    accounts,
    collections,
    community,
    config,
    courses,
    discussions,
    notifications,
    resources,
    series,
    wiki,
)

APPS = [accounts, collections, community, config, courses, discussions, notifications, resources, series, wiki]
ROWS = [line.split() for app in APPS for line in app.TABLE.strip().splitlines()]


def arguments(world):
    """Name of an address → what it takes, for things of Bo's cohort."""
    return {name: taken for app in APPS for name, taken in app.arguments(world).items()}
