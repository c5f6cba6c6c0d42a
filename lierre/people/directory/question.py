"""What is asked of the directory, as an address says it: words, choices, order, page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self
from urllib.parse import urlencode

from django.http import QueryDict

from lierre.people.directory.facets import FACETS
from lierre.people.directory.names import words_of
from lierre.people.directory.paging import ORDERS

LONGEST_TEXT: Final = 200
LONGEST_VALUE: Final = 300
MOST_CHOICES: Final = 30
VIEWS: Final = ("liste", "tableau", "vignettes", "carte")


@dataclass(frozen=True, slots=True)
class Question:
    """`chosen`: facet → the values of which one is wanted. Cursors are public identifiers of persons."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ORDERS[0]
    view: str = VIEWS[0]
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """From an address. What is too long is cut; an order or a view that does not exist is the usual one."""
        order, view = query.get("tri", ""), query.get("vue", "")
        values = {facet.name: values_of(query, facet.parameter) for facet in FACETS}
        return cls(
            text=" ".join(query.get("q", "")[:LONGEST_TEXT].replace("\0", " ").split()),
            chosen={name: chosen for name, chosen in values.items() if chosen},
            order=order if order in ORDERS else ORDERS[0],
            view=view if view in VIEWS else VIEWS[0],
            columns=values_of(query, "colonne"),
            after=query.get("apres", "")[:12],
            before=query.get("avant", "")[:12],
        )

    @property
    def words(self) -> list[str]:
        return words_of(self.text)

    @property
    def narrows(self) -> bool:
        """Whether anything was typed or chosen."""
        return bool(self.words or self.chosen)

    @property
    def has_room_for_a_map(self) -> bool:
        """Beside the persons: a table takes the whole width, and so do the maps themselves."""
        return self.view not in {"tableau", "carte"}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As an address, without what is usual."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet.parameter, value) for facet in FACETS for value in self.chosen.get(facet.name, ())]
        pairs += [("tri", self.order)] if self.order != ORDERS[0] else []
        pairs += [("vue", self.view)] if self.view != VIEWS[0] else []
        pairs += [("colonne", column) for column in self.columns]
        pairs += [(name, cursor) for name, cursor in (("apres", self.after), ("avant", self.before)) if cursor]
        return pairs

    @property
    def query(self) -> str:
        """
        >>> Question(text="le goff", chosen={"year": ("2014",)}).query
        'q=le+goff&promotion=2014'
        """
        return urlencode(self.pairs)

    @property
    def from_the_start(self) -> Self:
        return replace(self, after="", before="")

    def choosing(self, facet: str, *values: str) -> Self:
        """With these values of a facet, and no other; without any, the facet narrows nothing."""
        others = {name: kept for name, kept in self.chosen.items() if name != facet}
        return replace(self, chosen={**others, facet: values} if values else others, after="", before="")

    def adding(self, facet: str, value: str) -> Self:
        return self.choosing(facet, *dict.fromkeys([*self.chosen.get(facet, ()), value]))

    def removing(self, facet: str, value: str) -> Self:
        return self.choosing(facet, *(kept for kept in self.chosen.get(facet, ()) if kept != value))

    def saying(self, text: str) -> Self:
        return replace(self, text=text, after="", before="")

    def ordered(self, order: str) -> Self:
        return replace(self, order=order, after="", before="")

    def seen_as(self, view: str) -> Self:
        return replace(self, view=view)


def values_of(query: QueryDict, parameter: str) -> tuple[str, ...]:
    """Without blanks nor repetitions, in the order they came."""
    values = (" ".join(value[:LONGEST_VALUE].replace("\0", " ").split()) for value in query.getlist(parameter))
    return tuple(dict.fromkeys(value for value in values if value))[:MOST_CHOICES]
