"""Apogée, the information system of French universities: the extract that joins its tables, and the tables apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.people.importing.dialects.columned import Columned
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.table import Row

PERSON: Final = {
    "cod etu": "student_number", "cod nne ind": "ine", "cod cle nne ind": "ine_key", "lib nom pat ind": "family",
    "lib nom usu ind": "usage", "lib pr1 ind": "given", "lib pr2 ind": "given_others", "lib pr3 ind": "given_others",
    "date nai ind": "born", "cod sex etu": "sex", "cod pay nat": "nationality", "lib vil nai etu": "birth_place",
    "cod dep pay nai": "born_in", "dat mod ind": "asserted_on",
}  # fmt: skip
ADDRESS: Final = {
    "lib ad1": "contacts.address", "lib ad2": "contacts.address", "lib ad3": "contacts.address",
    "cod bdi": "contacts.postcode", "lib com": "contacts.city", "cod pay": "contacts.country", "num tel": "contacts.phone",
}  # fmt: skip
ENROLMENT: Final = {
    "cod anu": "studies.academic_year", "cod etp": "stage", "cod dip": "studies.code", "cod cmp": "studies.unit_code",
    "tem dip iae": "studies.obtained", "lib etp": "studies.degree", "lib cmp": "studies.unit", "eta iae": "enrolment",
    "dat mod ind": "asserted_on",
}  # fmt: skip
# The tables apart are joined by the internal number of the person; the joined extract has the student number everywhere.
JOINS: Final = {"cod ind": "internal", "cod ind ina": "internal", "cod etu": "student_number"}


def name_codes(facts: dict[str, Any], labels: Mapping[str, str]) -> None:
    """Codes of stages and of components, said in words when a sister table tells them. A cancelled year is none."""
    stage, state = facts.pop("stage", ""), facts.pop("enrolment", "E")
    study = facts.get("study")
    if not study:
        return
    if state != "E":
        del facts["study"]
        return
    if "degree" not in study and (label := labels.get(f"ETP/{stage}")):
        study["degree"] = label
    if "unit" not in study and (label := labels.get(f"CMP/{study.get('unit_code', '')}")):
        study["unit"] = label
    if stage and "code" not in study:
        study["code"] = stage


@dataclass(eq=False)
class Labelled(Columned):
    """A table that teaches labels of codes to its sisters, and says nothing of anybody."""

    silent: bool = True
    code: str = ""
    text: str = ""
    kind: str = ""

    def labels(self, header: Sequence[str], rows: Iterator[Row]) -> dict[str, str]:
        names = fold_header(header)
        if self.code not in names or self.text not in names:
            return {}
        code, label = names.index(self.code), names.index(self.text)
        return {
            f"{self.kind}/{row.cells[code].strip()}": row.cells[label].strip()
            for row in rows
            if row.cells[code].strip()
        }


JOINED: Final = Columned(
    "apogee", _("Apogée, joined extract"), "school", {**PERSON, **ADDRESS, **ENROLMENT},
    frozenset({"cod etu", "lib nom pat ind", "lib pr1 ind", "cod anu", "cod etp"}), order=10, finish=name_codes,
)  # fmt: skip
INDIVIDU: Final = Columned(
    "apogee-individu", _("Apogée, table INDIVIDU"), "school", {**JOINS, **PERSON, **ADDRESS},
    frozenset({"lib nom pat ind", "lib pr1 ind", "date nai ind"}), order=10,
)  # fmt: skip
INSCRIPTION: Final = Columned(
    "apogee-inscription", _("Apogée, table INS_ADM_ETP"), "school", {**JOINS, **ENROLMENT},
    frozenset({"cod anu", "cod etp", "eta iae"}), order=20, finish=name_codes,
)  # fmt: skip
ADRESSE: Final = Columned(
    "apogee-adresse", _("Apogée, table ADRESSE"), "school", {**JOINS, **ADDRESS},
    frozenset({"lib ad1", "cod bdi"}), order=30,
)  # fmt: skip
ETAPE: Final = Labelled(
    "apogee-etape", _("Apogée, table ETAPE"), "school", {}, frozenset({"cod etp", "lib etp", "lic etp"}), order=5,
    code="cod etp", text="lib etp", kind="ETP",
)  # fmt: skip
COMPOSANTE: Final = Labelled(
    "apogee-composante", _("Apogée, table COMPOSANTE"), "school", {}, frozenset({"cod cmp", "lib cmp"}), order=5,
    code="cod cmp", text="lib cmp", kind="CMP",
)  # fmt: skip
ALL: Final = (JOINED, INDIVIDU, INSCRIPTION, ADRESSE, ETAPE, COMPOSANTE)
