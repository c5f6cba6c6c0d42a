"""The classes that are out of sight: of each decade of graduates, the share of whom nothing was heard for two years."""

from datetime import datetime

from django.utils.translation import gettext as _

from lierre.foundation.charts import Bar, Bars
from lierre.site.figures.shown import share
from lierre.site.figures.worth import DECADE, base

# Under ten persons a share says nothing of a class.
FEWEST = 10


def classes_out_of_sight() -> tuple[Bars, datetime] | None:
    """The latest first, and when they were counted."""
    found = base()
    bars = [
        Bar(_("Classes of %(first)d to %(last)d") % {"first": first, "last": first + DECADE - 1}, share(stale, count))
        for first, count, stale in reversed(found.classes)
        if count >= FEWEST
    ]
    if not bars:
        return None
    return Bars(title=_("Not heard of for two years"), unit="%", bars=bars, name="classes"), found.counted_at
