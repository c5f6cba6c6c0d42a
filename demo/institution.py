"""The Université de Bretagne-Nord: its units as a tree, with the codes that its school system uses."""

from dataclasses import dataclass
from typing import Final

NAME: Final = "Université de Bretagne-Nord"
SHORT_NAME: Final = "UBN"
DOMAIN: Final = "ubn.example"
STUDENT_DOMAIN: Final = "etu.ubn.example"
CITY: Final = "Brest"


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the institution. For those that teach, `code` is what Apogée calls COD_CMP."""

    code: str
    label: str
    kind: str  # institution, faculty, school, department, laboratory, service
    city: str = "Brest"
    parent: str = "UBN"


UNITS: Final[tuple[Unit, ...]] = (
    Unit("UBN", NAME, "institution", parent=""),
    Unit("LSH", "Faculté des lettres, langues et sciences humaines", "faculty"),
    Unit("LSH-LET", "Département de lettres et d’histoire", "department", parent="LSH"),
    Unit("LSH-LAN", "Département de langues", "department", parent="LSH"),
    Unit("LSH-BRE", "Département de breton et celtique", "department", parent="LSH"),
    Unit("CELB", "Centre d’études littéraires et bretonnes", "laboratory", parent="LSH"),
    Unit("DEG", "Faculté de droit, d’économie et de gestion", "faculty"),
    Unit("DEG-DRT", "Département de droit", "department", parent="DEG"),
    Unit("DEG-ECO", "Département d’économie et de gestion", "department", parent="DEG"),
    Unit("SCT", "Faculté des sciences et techniques", "faculty"),
    Unit("SCT-MAT", "Département de mathématiques et statistique", "department", parent="SCT"),
    Unit("SCT-INF", "Département d’informatique", "department", parent="SCT"),
    Unit("SCT-BIO", "Département de biologie", "department", parent="SCT"),
    Unit("LEMI", "Laboratoire d’écologie marine d’Iroise", "laboratory", parent="SCT"),
    Unit("LADE", "Laboratoire des algues et des eaux littorales", "laboratory", "Roscoff", parent="SCT"),
    Unit("STAS", "Centre de statistique et société", "laboratory", parent="SCT-MAT"),
    Unit("SAN", "Faculté de santé", "faculty"),
    Unit("IUTM", "IUT de Morlaix", "school", "Morlaix"),
    Unit("IUTM-GTE", "Département génie thermique et énergie", "department", "Morlaix", parent="IUTM"),
    Unit("IUTM-MLT", "Département logistique et transports", "department", "Morlaix", parent="IUTM"),
    Unit("IUTM-TC", "Département techniques de commercialisation", "department", "Morlaix", parent="IUTM"),
    Unit("IUTM-GB", "Département génie biologique", "department", "Morlaix", parent="IUTM"),
    Unit("IUTL", "IUT de Lannion", "school", "Lannion"),
    Unit("IUTL-INF", "Département informatique", "department", "Lannion", parent="IUTL"),
    Unit("IUTL-RT", "Département réseaux et télécommunications", "department", "Lannion", parent="IUTL"),
    Unit("IUTL-IC", "Département information-communication", "department", "Lannion", parent="IUTL"),
    Unit("IUTL-MP", "Département mesures physiques", "department", "Lannion", parent="IUTL"),
    Unit("ENB", "ENSIB, école nationale supérieure d’ingénieurs de Bretagne-Nord", "school"),
    Unit("LENM", "Laboratoire des énergies marines", "laboratory", parent="ENB"),
    Unit("PRES", "Présidence", "service"),
    Unit("COMM", "Direction de la communication", "service", parent="PRES"),
    Unit("DPD", "Délégation à la protection des données", "service", parent="PRES"),
    Unit("DIPL", "Bureau des diplômés", "service"),
    Unit("RELE", "Relations avec les entreprises", "service", parent="DIPL"),
    Unit("DRH", "Direction des ressources humaines", "service"),
    Unit("DSI", "Direction des systèmes d’information", "service"),
    Unit("SCOL", "Scolarité centrale", "service"),
)
UNIT: Final = {unit.code: unit for unit in UNITS}


def path_of(unit: Unit) -> str:
    """
    The codes from the top, so that what is below a unit begins like it.

    >>> path_of(UNIT["IUTM-GB"])
    '/UBN/IUTM/IUTM-GB/'
    """
    above = path_of(UNIT[unit.parent]) if unit.parent else "/"
    return f"{above}{unit.code}/"
