"""A record as a page names it: its mark, since when, how fresh, where it came from."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.people.directory.rows import moon
from lierre.people.fold import Policy
from lierre.people.models import Record

# What a school says of a birth or of a degree does not go stale.
AGELESS = frozenset({"identity", "studies"})


@dataclass(frozen=True, slots=True)
class Witness:
    """Round speaks for itself, square speaks for the institution; `is_own` when the person said it here."""

    number: int
    kind: str
    name: str
    siglum: str
    is_round: bool
    is_own: bool
    asserted_on: date
    came_in: str
    reason: str

    @classmethod
    def of(cls, record: Record) -> "Witness":
        """Ask for the source and the delivery together with the record."""
        source = record.source
        return cls(
            number=record.pk,
            kind=source.kind,
            name=source.name,
            siglum=source.siglum,
            is_round=source.speaks_for_itself,
            is_own=source.kind == "member",
            asserted_on=record.asserted_on,
            came_in=came_in(record),
            reason=record.reason,
        )

    @property
    def address(self) -> str:
        return reverse("people:record", args=[self.number])

    @property
    def moon(self) -> str:
        return moon((timezone.localdate() - self.asserted_on).days)

    @property
    def freshness(self) -> str:
        """What the moon says, for those who cannot see it."""
        return {"full": _("less than six months ago"), "half": _("less than two years ago")}.get(
            self.moon, _("to be confirmed, more than two years old")
        )

    def settles(self, group: str, policy: Policy) -> bool:
        """Whether the policy takes this witness at its word, whatever the date: the school, for a birth or a degree."""
        order = policy.orders[group]
        return group in AGELESS and self.kind in order[: 1 + order.index("school") if "school" in order else 1]


def came_in(record: Record) -> str:
    """The file and the line, or who typed it."""
    if record.delivery is None:
        return record.said_by
    name = record.delivery.name
    return _("%(file)s, line %(line)d") % {"file": name, "line": record.line} if record.line else name
