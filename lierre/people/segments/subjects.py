"""What can be asked of a person in a segment: each facet of the directory, and what only a segment asks."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.directory.facets import FACETS

Relations = dict[str, str | Promise]
IN: Final[Relations] = {"in": _("is"), "not_in": _("is not")}
KNOWN: Final[Relations] = {"known": _("is known"), "unknown": _("is not known")}


@dataclass(frozen=True, slots=True)
class Subject:
    """`kind` says how values are given: chosen among those of the facet, a number, words, a segment, or none."""

    name: str
    label: str | Promise
    kind: str
    relations: Relations
    staff: bool = False  # only those who see everything may ask it

    @property
    def takes_values(self) -> bool:
        return self.kind != "none"

    def is_number(self, how: str) -> bool:
        """A number of years or of months, whatever the values of the facet are."""
        return how in {"last", "before", "within", "not_within"}


def of_facets() -> tuple[Subject, ...]:
    found = []
    for facet in FACETS:
        if facet.kind == "freshness":
            continue  # asked in months: see `heard`
        relations = IN | KNOWN
        if facet.kind == "year":
            relations = {**IN, "last": _("is of the last … years"), "before": _("is older than … years"), **KNOWN}
        found.append(Subject(facet.name, facet.label, "facet", relations))
    return tuple(found)


SUBJECTS: Final = (
    *of_facets(),
    Subject(
        "heard", _("Heard of"), "number",
        {"within": _("in the last … months"), "not_within": _("not in the last … months")}, staff=True,
    ),
    Subject("words", _("Name or words"), "words", {"in": _("says"), "not_in": _("does not say")}),
    Subject(
        "reach", _("E-mail"), "none",
        {"reachable": _("an address is known, and takes mail"), "unreachable": _("no address, or mail comes back")},
        staff=True,
    ),
    Subject("segment", _("Another segment"), "segment", {"in": _("holds them"), "not_in": _("does not hold them")}),
)  # fmt: skip
SUBJECT: Final = {subject.name: subject for subject in SUBJECTS}
