"""What one person finds on coming in: what waits, the figures they answer for, what stands below, what happened."""

from collections.abc import Callable
from typing import Any, cast

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lierre.accounts.models import User
from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import may
from lierre.people import permissions as people
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.models import Import
from lierre.site.circle import circle_of
from lierre.site.fellowship import fellowship
from lierre.site.figures import figures_for
from lierre.site.figures.classes import classes_out_of_sight
from lierre.site.happened import happened_for
from lierre.site.machine import Machine
from lierre.site.mine import Mine
from lierre.site.own_voices import own_voices
from lierre.site.pending import pending_for
from lierre.site.places import places_for
from lierre.site.voices import voices
from lierre.site.waiting import MOST, pending_first, waiting_for
from lierre.site.watch import Watch

IMPORTS = 5
CHAPTERS = 3


def desk_of(user: User) -> dict[str, Any]:
    """Everything is counted once, and only what their roles let them see."""
    viewer = Viewer.of(user)
    sight = cast(Sight, SimpleLazyObject(lambda: sight_of(viewer)))  # brought in step with the base once, if at all
    mine = Mine.of(user, viewer, sight)
    brings = may(user, people.BRING_FILES)
    machine = Machine.now() if may(user, foundation.SEE_DUTIES) else None
    pending = pending_for(user)
    watch = Watch.of(pending) if may(user, people.ERASE_PERSONS) else None
    imports = pending_first(MOST + IMPORTS) if brings else []
    waits = [*waiting_for(user, pending, imports, machine), *own_voices(pending), *fellowship(pending)]
    tasks = [*waits, *(mine.asked() if mine else [])]
    told_to_staff = mine is None or brings or may(user, foundation.READ_JOURNAL)
    return {
        "today": timezone.localdate(),
        "tasks": tasks[:MOST],
        "more": len(tasks) - MOST,
        "mine": mine,
        "figures": figures_for(user, sight, machine, watch),
        "audiences": AUDIENCES,
        "happened": happened_for(user) if told_to_staff else [],
        "told_to_staff": told_to_staff,
        "reads_journal": may(user, foundation.READ_JOURNAL),
        "sees_persons": may(user, people.SEE_PERSONS),
        "brings_files": brings,
        **chapters_for(user, viewer, sight, mine, sorted(imports, key=lambda imported: -imported.pk)[:IMPORTS]),
    }


def chapters_for(user: User, viewer: Viewer, sight: Sight, mine: Mine | None, imports: list[Import]) -> dict[str, Any]:
    """What stands below, for those who would read it; three chapters at most, the first of these."""
    looks = may(user, people.SEE_PERSONS) and not may(user, people.SEE_EVERYTHING)
    chapters: tuple[tuple[str, bool, Callable[[], Any]], ...] = (
        ("results", user.holds("direction"), lambda: True),
        ("imports", bool(imports), lambda: imports),
        ("classes", user.holds("direction", "communication"), classes_out_of_sight),
        ("own", mine is not None, lambda: mine),
        ("voices", user.holds("communication"), voices),
        ("circle", True, lambda: circle_of(user)),
        ("places", looks and not viewer.years, lambda: places_for(sight)),
    )
    found: dict[str, Any] = {}
    for name, concerns, chapter in chapters:
        if concerns and len(found) < CHAPTERS and (read := chapter()):
            found[name] = read
    return found
