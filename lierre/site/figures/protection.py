"""What whoever answers for personal data watches: who hides, who chose, who was looked at, who was erased."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.site.figures.shown import Shown, figure
from lierre.site.figures.worth import base
from lierre.site.watch import Watch


def figures_of_protection(watch: Watch) -> Iterator[Shown]:
    journal = reverse("foundation:journal")
    told = ngettext("by %(count)d reader", "by %(count)d readers", watch.readers) % {"count": watch.readers}
    yield Shown(
        figure(_("Looks at hidden persons, in seven days"), watch.looks, "",
               _("Pages that staff opened about someone who hides their name: one for each person, reader and hour.")),
        beside=told if watch.looks else _("Nobody looked."),
        address=f"{journal}?verb=person.seen",
    )  # fmt: skip
    yield hidden()
    yield Shown(
        figure(_("Persons erased in twelve months"), watch.erased, "",
               _("At their request or at the end of the retention. The journal keeps that it was done, without a name.")),
        address=f"{journal}?verb=person.erased",
    )  # fmt: skip


def hidden() -> Shown:
    found = base()
    told = ngettext(
        "%(count)d person has chosen who sees what.", "%(count)d persons have chosen who sees what.", found.chose
    )
    return Shown(
        figure(_("Persons hidden from other graduates"), found.hidden, "",
               _("By their own choice, or because they have died. Staff in charge sees them, and leaves a trace.")),
        beside=told % {"count": found.chose}, counted_at=found.counted_at,
    )  # fmt: skip
