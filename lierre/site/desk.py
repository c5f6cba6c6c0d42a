"""What one person finds on coming in: what waits, the figures they answer for, what stands below, what happened."""

from typing import Any

from django.utils import timezone

from lierre.accounts.models import User
from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import may
from lierre.people import permissions as people
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.site.circle import circle_of
from lierre.site.figures import figures_for
from lierre.site.figures.classes import classes_out_of_sight
from lierre.site.happened import happened_for
from lierre.site.machine import Machine
from lierre.site.mine import Mine
from lierre.site.places import places_for
from lierre.site.voices import voices
from lierre.site.waiting import MOST, pending_first, waiting_for
from lierre.site.watch import Watch

IMPORTS = 5


def desk_of(user: User) -> dict[str, Any]:
    """Everything is counted once, and only what their roles let them see."""
    viewer = Viewer.of(user)
    mine = Mine.of(user, viewer)
    brings = may(user, people.BRING_FILES)
    machine = Machine.now() if may(user, foundation.SEE_DUTIES) else None
    watch = Watch.now() if may(user, people.ERASE_PERSONS) else None
    imports = pending_first(MOST + IMPORTS) if brings else []
    tasks = [*waiting_for(user, imports, machine, watch), *(mine.asked() if mine else [])]
    told_to_staff = mine is None or brings or may(user, foundation.READ_JOURNAL)
    return {
        "today": timezone.localdate(),
        "tasks": tasks[:MOST],
        "more": len(tasks) - MOST,
        "figures": figures_for(user, viewer, machine, watch),
        "mine": mine,
        "audiences": AUDIENCES,
        "happened": happened_for(user) if told_to_staff else [],
        "told_to_staff": told_to_staff,
        "reads_journal": may(user, foundation.READ_JOURNAL),
        "sees_persons": may(user, people.SEE_PERSONS),
        "brings_files": brings,
        "imports": sorted(imports, key=lambda imported: -imported.pk)[:IMPORTS],
        **chapters_for(user, viewer),
    }


def chapters_for(user: User, viewer: Viewer) -> dict[str, Any]:
    """What stands below: lost classes for those who steer, voices for those who tell, places for those who look."""
    looks = may(user, people.SEE_PERSONS) and not may(user, people.SEE_EVERYTHING)
    return {
        "classes": classes_out_of_sight() if user.holds("direction", "communication") else None,
        "voices": voices() if user.holds("communication") else [],
        "results": user.holds("direction"),
        "circle": circle_of(user),
        "places": places_for(viewer) if looks and not viewer.years else [],
    }
