"""A sampled pair, as whoever judges it sees it: the line, and the person as they were known without it."""

from collections.abc import Mapping
from typing import Any

from lierre.people.fold import Folded, fold
from lierre.people.fold.rows import current_position
from lierre.people.fold.text import folded
from lierre.people.json_text import parsed
from lierre.people.models import Delivery, Person, QuarantinedLine, Record, SampledMatch
from lierre.people.models.policy import policy_in_force
from lierre.people.readings.resemblance import COLUMNS, HEADS, Row, sentence, shown
from lierre.people.reconciling.columns import line_of


class SampledPair:
    """What the machine thinks is not said: whoever judges must not be told."""

    def __init__(self, pair: SampledMatch) -> None:
        self.pair, self.match = pair, pair.match
        where = {"delivery": self.match.delivery_id, "line": self.match.line}
        self.line = Record.objects.select_related("source").filter(**where).first()
        self.said: Mapping[str, Any] = self.line.said if self.line else facts_waiting(**where)
        others = Record.objects.of([self.match.person_id]).select_related("source")
        self.witnesses = [record for record in others if self.line is None or record.pk != self.line.pk]
        self.known = fold([record.testimony() for record in self.witnesses], policy_in_force())

    @property
    def source(self) -> str:
        delivery = Delivery.objects.select_related("imported__source").get(pk=self.match.delivery_id)
        return f"{delivery.imported.source}, {delivery.imported.asserted_on.year}"

    @property
    def person(self) -> Person:
        return self.match.person

    @property
    def can_be_judged(self) -> bool:
        return bool(self.said) and bool(self.witnesses)

    @property
    def why(self) -> str:
        return sentence(self.match.weights)

    @property
    def rows(self) -> list[Row]:
        said = line_of(self.said)
        known = line_of(facts_of(self.known))
        rows = []
        for name in COLUMNS:
            mine, theirs = said.get(name, ""), known.get(name, "")
            if mine or theirs:
                same = bool(mine) and folded(mine) == folded(theirs)
                rows.append(Row(str(HEADS[name]), shown(name, mine), [(shown(name, theirs), same)]))
        return rows


def facts_waiting(delivery: int, line: int) -> Mapping[str, Any]:
    """What a line says that somebody is still asked about."""
    waiting = (
        QuarantinedLine.objects.filter(delivery=delivery, line=line).exclude(facts="").values_list("facts", flat=True)
    )
    found: Mapping[str, Any] = next((parsed(facts) for facts in waiting[:1]), {})
    return found


def facts_of(known: Folded) -> dict[str, object]:
    """What is folded, as facts again."""
    job = current_position(known)
    return {
        **known.values,
        "studies": [study for study, _by in known.studies],
        "positions": [job] if job else [],
        "contacts": [contact for contact, _by in known.contacts],
    }
