"""The rules that stand in a unit: its own, those it inherits, each with the severity that was set nearest to it."""

from collections.abc import Iterable
from time import monotonic
from typing import Any, Final

from django.db import connection
from django.db.models import Prefetch

from lierre.accounts.models import Unit
from lierre.publishing.charter.asked import Asked
from lierre.publishing.models.rule import Rule, UnitSeverity

SECONDS: Final = 30.0
_known: dict[tuple[Any, int], tuple[float, list[Asked]]] = {}


def lately_of(unit: Unit | None) -> list[Asked]:
    """For pages that only show: read twice a minute by each process. What blocks is always read anew."""
    place = connection.settings_dict["NAME"], unit.pk if unit else 0
    until, rules = _known.get(place, (0.0, []))
    if monotonic() > until:
        rules = rules_of(unit)
        _known[place] = monotonic() + SECONDS, rules
    return rules


def forget() -> None:
    """A rule has changed: whoever changed it sees it at once."""
    _known.clear()


def rules_of(unit: Unit | None) -> list[Asked]:
    """Two questions to the base; one for the institution itself."""
    rules = Rule.objects.living().felt_in(unit)
    if unit is None:
        return [asked(rule) for rule in rules]
    set_above = UnitSeverity.objects.filter(unit__path__in=unit.lineage).select_related("unit")
    rules = rules.prefetch_related(Prefetch("severities", set_above, to_attr="felt"))
    return [asked(rule, nearest(rule.felt)) for rule in rules]  # type: ignore[attr-defined]


def asked(rule: Rule, severity: str = "") -> Asked:
    """As the reader of texts wants it."""
    said = rule.said | {"words": tuple(rule.words), "severity": severity or rule.severity}
    return Asked(**said, pk=rule.pk, version=rule.version)


def nearest(severities: Iterable[UnitSeverity]) -> str:
    """The deepest unit decides; "" when none does."""
    deepest = max(severities, key=lambda each: len(each.unit.path), default=None)
    return deepest.severity if deepest else ""
