"""The classes that are out of sight: of each decade of graduates, the share of whom nothing was heard for two years."""

import numpy as np
from django.utils.translation import gettext as _

from lierre.foundation.charts import Bar, Bars
from lierre.people.directory.facets import BANDS
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.site.figures.shown import share

DECADE = 10
# Under ten persons a share says nothing of a class.
FEWEST = 10


def classes_out_of_sight() -> Bars | None:
    sight = sight_of(Viewer(everything=True))
    everybody = sight.everybody
    decades = sight.columns.codes["year"][everybody] // DECADE
    stale = sight.freshness[everybody] == len(BANDS)
    bars = []
    for decade in sorted(int(decade) for decade in np.unique(decades) if decade):
        of_decade = decades == decade
        count = int(of_decade.sum())
        if count >= FEWEST:
            name = _("Classes of %(first)d to %(last)d") % {
                "first": decade * DECADE,
                "last": decade * DECADE + DECADE - 1,
            }
            bars.append(Bar(name, share(int(stale[of_decade].sum()), count)))
    if not bars:
        return None
    return Bars(title=_("Not heard of for two years"), unit="%", bars=bars[::-1], name="classes")
