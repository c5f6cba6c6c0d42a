"""What somebody reads of their own past here: what was heard, what was done to their record, who looked at it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from lierre.foundation.models import Entry
from lierre.foundation.naming import with_names
from lierre.people.models import Record
from lierre.people.pausing import is_pause
from lierre.people.readings.line import Said, things_said
from lierre.people.readings.sheet import Sheet
from lierre.people.readings.witness import Witness

LOOKS: Final = frozenset({"person.seen", "person.seen_as"})
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """One testimony. What the person typed here themselves, they may take back."""

    record: Record
    witness: Witness
    said: list[Said]
    is_pause: bool

    @property
    def may_be_taken_back(self) -> bool:
        return self.record.delivery_id is None and self.record.source.kind in {"member", "archive"}


class OwnHistory:
    def __init__(self, sheet: Sheet, owner: Any) -> None:
        self.sheet, self.owner = sheet, owner

    @cached_property
    def heard(self) -> list[Heard]:
        """The latest first."""
        records = sorted(self.sheet.records, key=lambda record: (record.asserted, record.pk), reverse=True)
        return [
            Heard(record, self.sheet.witnesses[record.pk], list(things_said(record.said)), is_pause(record))
            for record in records
        ]

    @cached_property
    def lines(self) -> list[Entry]:
        return with_names(list(Entry.objects.about(self.sheet.person)[:MOST]))

    @property
    def looks(self) -> list[Entry]:
        """When staff looked, while they were hidden from others or with the eyes of somebody else."""
        return [line for line in self.lines if line.verb in LOOKS and line.actor_id != self.owner.pk]

    @property
    def done(self) -> list[Entry]:
        """What was done to the record, by anybody."""
        return [line for line in self.lines if line.verb not in LOOKS]
