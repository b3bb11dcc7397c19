"""The site's settings, and the floor beside its pages."""

from config.settings import *  # noqa: F403 as they are

ROOT_URLCONF = "tests.bench.floor"
