"""What the IT department watches: whether something works, what fails, what waits, what room is taken."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.charts.words import number
from lierre.foundation.models.duty import charges
from lierre.site.figures.shown import Shown, figure
from lierre.site.machine import Machine

GIGA = 1_000_000_000
BASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def figures_of_the_machine(machine: Machine) -> Iterator[Shown]:
    none_fails = _("%(count)d duties, none fails") % {"count": len(charges())}
    fails = ngettext("%(count)d duty fails", "%(count)d duties fail", machine.failing) % {"count": machine.failing}
    yield Shown(
        figure(_("Workers at work"), machine.alive, "", _("Processes of “lierre work” seen in the last ninety seconds.")),
        beside=fails if machine.failing else none_fails, address=reverse("foundation:duties"),
    )  # fmt: skip
    yield Shown(
        figure(_("Long works that wait or run"), machine.unfinished, "",
               _("Imports, exports and rebuilds that someone asked for and that are not finished.")),
        address=reverse("foundation:works"),
    )  # fmt: skip
    free = number(round(shutil.disk_usage(settings.DATA_DIR).free / GIGA), _("GB"))
    yield Shown(
        figure(_("Room taken by the base"), round(machine.size / GIGA, 2), _("GB"),
               _("Tables and indexes, without the files that were brought.")),
        beside=_("%(base)s; %(free)s are free beside it.") % {"base": BASES[connection.vendor], "free": free},
    )  # fmt: skip
