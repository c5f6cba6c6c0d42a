"""The figures that matter to each person, each with its definition and its doubt."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lierre.accounts import permissions as accounts
from lierre.foundation.abilities import may
from lierre.people import permissions as people
from lierre.people.directory.sight import Sight
from lierre.site.figures.circle import figures_of_the_circle
from lierre.site.figures.machine import figures_of_the_machine
from lierre.site.figures.protection import figures_of_protection
from lierre.site.figures.shown import Shown
from lierre.site.figures.voices import figures_of_voices
from lierre.site.figures.worth import figures_of_the_base
from lierre.site.machine import Machine
from lierre.site.watch import Watch

MOST = 4


def figures_for(user: Any, sight: Sight, machine: Machine | None = None, watch: Watch | None = None) -> list[Shown]:
    """A few; those that this person answers for come first."""
    return list(islice(all_figures_for(user, sight, machine, watch), MOST))


def all_figures_for(user: Any, sight: Sight, machine: Machine | None, watch: Watch | None) -> Iterator[Shown]:
    if watch:
        yield from figures_of_protection(watch)
    if machine:
        yield from figures_of_the_machine(machine)
    if may(user, people.SEE_EVERYTHING):
        yield from figures_of_the_base()
    elif may(user, people.SEE_PERSONS):
        yield from figures_of_the_circle(sight)
    if may(user, accounts.SEE_UNITS) and user.holds("hr", "communication"):
        yield from figures_of_voices()
