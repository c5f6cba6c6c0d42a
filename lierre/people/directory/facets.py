"""What the directory can be narrowed by: each facet belongs to a family of values, and is seen or hidden with it."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["year", "level", "term", "freshness"]


@dataclass(frozen=True, slots=True)
class Facet:
    """`parameter` is its name in addresses; `family` is empty for what only staff sees."""

    name: str
    parameter: str
    label: str | Promise
    family: str
    kind: Kind = "term"
    stands_open: bool = False  # the others are unfolded by whoever wants them

    @property
    def of_study(self) -> bool:
        """Whether a person may have several, one in each of their studies: see `studies.py`."""
        return self.family == "study"

    @property
    def column(self) -> str:
        """Of the directory entry."""
        return {"term": f"{self.name}_id", "freshness": "heard"}.get(self.kind, self.name)


FACETS: Final[tuple[Facet, ...]] = (
    Facet("year", "promotion", _("Class"), "study", "year", stands_open=True),
    Facet("level", "niveau", _("Level"), "study", "level", stands_open=True),
    Facet("degree", "diplome", _("Degree"), "study"),
    Facet("discipline", "discipline", _("Discipline"), "study"),
    Facet("unit", "composante", _("Faculty or school"), "study"),
    Facet("employer", "employeur", _("Employer"), "position", stands_open=True),
    Facet("occupation", "metier", _("Occupation"), "position"),
    Facet("sector", "secteur", _("Sector"), "position"),
    Facet("department", "departement", _("Département"), "place", stands_open=True),
    Facet("country", "pays", _("Country"), "place"),
    # Folded from all that was heard of someone, hidden or not, so it would tell of what is hidden.
    Facet("freshness", "fraicheur", _("Freshness"), "", "freshness", stands_open=True),
)
FACET: Final = {facet.name: facet for facet in FACETS}
STUDY_FACETS: Final = tuple(facet for facet in FACETS if facet.of_study)
# Nobody chooses it, and it is counted as the others are: somebody of two classes of one decade is one person of it.
DECADE: Final = Facet("decade", "", "", "study", "year")
LAST_YEAR: Final = 2300
YEARS_IN_A_DECADE: Final = 10
TERM_FACETS: Final = tuple(facet for facet in FACETS if facet.kind == "term")

# Days since the person was last heard of: under six months, under two years, beyond.
BANDS: Final[dict[str, tuple[int, str | Promise]]] = {
    "six-mois": (183, _("less than six months")),
    "deux-ans": (730, _("less than two years")),
    "a-confirmer": (10**6, _("to be confirmed")),
}
