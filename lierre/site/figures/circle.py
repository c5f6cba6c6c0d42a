"""What someone who does not see everything may see: counted on the very directory they will open."""

from collections.abc import Iterator

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.charts.words import number
from lierre.people.directory.sight import Sight
from lierre.site.figures.shown import Shown, figure


def figures_of_the_circle(sight: Sight) -> Iterator[Shown]:
    """Persons, and how many of them say where they work."""
    everybody = sight.everybody
    working = int(np.count_nonzero(sight.columns.codes["employer"][everybody] * sight.family("position")[everybody]))
    places = int(np.count_nonzero(sight.columns.codes["country"][everybody] * sight.family("place")[everybody]))
    yield Shown(
        figure(_("Graduates whom you may see"), len(everybody), "",
               _("Persons who let people like you see their name. The others do not exist for you, not even in this count.")),
        beside=_("Each of them chose it, and may change their mind."),
        address=reverse("people:directory"),
    )  # fmt: skip
    yield Shown(
        figure(_("Who say where they work"), working, "",
               _("Of the persons whom you may see, those who let you see an employer.")),
        beside=ngettext("%(count)s also says where they live.", "%(count)s also say where they live.", places)
        % {"count": number(places)} if places else "",
    )  # fmt: skip
