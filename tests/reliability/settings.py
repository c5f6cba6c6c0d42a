"""The product's settings for the processes that these tests start, with one domain more: the one that toils."""

from lierre.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.reliability.toil"]  # noqa: F405
