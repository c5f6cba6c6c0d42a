"""What the page about leaving shows: the last rehearsal, those before it, and the files that are there."""

from functools import cached_property

from django.conf import settings

from lierre.foundation.models.work import Work
from lierre.people.exporting.long_works import REHEARSE, in_words
from lierre.people.exporting.tables import tables
from lierre.people.models import ExitRehearsal, Export

SHOWN = 12
State = ExitRehearsal.State


class Leaving:
    """Read once, for one page."""

    @cached_property
    def rehearsals(self) -> list[ExitRehearsal]:
        return list(ExitRehearsal.objects.latest_first()[:SHOWN])

    @cached_property
    def last(self) -> ExitRehearsal | None:
        """The last one that went to its end, whatever it found."""
        return next((each for each in self.rehearsals if each.state in {State.HELD, State.DIFFERS}), None)

    @cached_property
    def failed_since(self) -> ExitRehearsal | None:
        """The last one, when it could not be done: what an older one found is then worth less."""
        newest = self.rehearsals[0] if self.rehearsals else None
        return newest if newest and newest.state == State.FAILED else None

    @property
    def sentence(self) -> str:
        return in_words(self.last) if self.last else ""

    @property
    def differences(self) -> list[tuple[str, int]]:
        """By table, under the name that a reader knows."""
        if self.last is None:
            return []
        names = {table.label: str(table.model._meta.verbose_name_plural) for table in tables()}
        return [(names.get(label, label), count) for label, count in sorted(self.last.by_table.items())]

    @cached_property
    def rehearsing(self) -> Work | None:
        return Work.objects.unfinished().filter(name=REHEARSE).first()

    @cached_property
    def packing(self) -> Work | None:
        return Work.objects.unfinished().filter(name=Export.WORK).first()

    @cached_property
    def exports(self) -> list[Export]:
        return list(Export.objects.latest_first()[:SHOWN])

    @property
    def how_often(self) -> str:
        return str(settings.EXIT_REHEARSAL)
