"""Sixty people who hide some of what is known of them, drawn at random, and a plain reading of who may see what.

Every value says whose it is: `N07` stands in the name of the seventh, `D07` in their degree, `E07`, `T07` and `C07` in
their employer, title and city. So what a page shows can be compared with what it may show, down to the last word.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

from lierre.people.directory.facets import FACET
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import mask_of, sees

Facts = Mapping[str, Any]
SIZE: Final = 60
TODAY: Final = 20_783  # 26 November 2026
YEARS: Final = (2011, 2012, 2014, 2020, 2023)
YEARS_IN_A_ROW: Final = re.compile(r"\d{4}-\d{4}")
HEARD: Final = {TODAY - 20: "six-mois", TODAY - 400: "deux-ans", TODAY - 3_000: "a-confirmer"}
FACETS_SEEN: Final = tuple(name for name in FACET if name != "freshness")
FAMILIES: Final = ("name", "study", "position", "place")


def parish(seed: int, size: int = SIZE) -> list[dict[str, Any]]:
    chance = Random(seed)
    return [parishioner(chance, f"{number:02d}") for number in range(size)]


def parishioner(chance: Random, number: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "given": f"{chance.choice(('Amélie', 'Yann', 'Erwan', 'Solenn'))}",
        "family": f"{chance.choice(('Hervé', 'Le Goff', 'Bellec', 'Jaouen'))} N{number}",
        "studies": [],
        "positions": [],
        "heard": chance.choice(list(HEARD)),
    }
    if chance.random() < 0.9:
        facts["studies"] = [
            {"degree": f"Master Droit D{number}", "level": chance.choice(("master", "but", "doctorate")),
             "discipline": chance.choice(("Droit", "Gestion")), "unit": chance.choice(("DEG", "SCT")),
             "year": chance.choice(YEARS)}
        ]  # fmt: skip
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2)) if facts["studies"] else 0):
        facts["studies"].append(before(chance, number, facts["studies"][-1]["year"]))
    if chance.random() < 0.8:
        abroad = chance.random() < 0.3
        facts["positions"] = [
            {"employer": f"Armor Énergies E{number}", "title": f"Juriste T{number}", "city": f"Brest C{number}",
             "rome": chance.choice(("M1805", "K1903")), "sector": chance.choice(("D", "M")),
             "country": chance.choice(("BE", "SN")) if abroad else "FR",
             "department": "" if abroad else chance.choice(("29", "35", "974"))}
        ]  # fmt: skip
    for family in FAMILIES:
        if chance.random() < 0.7:
            facts[f"audience_{family}"] = chance.sample(list(AUDIENCES), chance.randint(0, 3))
    if chance.random() < 0.05:
        facts["died"] = "2020"
    return facts


def before(chance: Random, number: str, year: int) -> dict[str, Any]:
    """What they studied beforehand: the year of another class, or the same, and often what they studied afterwards."""
    return {
        "degree": f"Master {chance.choice(('Droit', 'Gestion'))} D{number}", "level": chance.choice(("licence", "master")),
        "discipline": chance.choice(("Droit", "Gestion")), "unit": chance.choice(("DEG", "SCT")),
        "year": year - chance.choice((1, 2, 3)),
    }  # fmt: skip


def token(facts: Facts) -> str:
    return str(facts["family"].rsplit(" ", 1)[1])


def visible(facts: Facts, viewer: Viewer, family: str = "name") -> bool:
    """The plain definition, one person at a time."""
    year = facts["studies"][0]["year"] if facts["studies"] else None
    belongs = [*viewer.audiences, *(["class"] if year in viewer.years else [])]
    return viewer.everything or sees(mask_of(facts), belongs, family)


def said(facts: Facts, facet: str) -> str:
    """The value of a facet in what was said of someone, as an address spells it. Of studies: in the latest."""
    if facet == "freshness":
        return HEARD[facts["heard"]]
    study, position = next(iter(facts["studies"]), {}), next(iter(facts["positions"]), {})
    return str({**study, **position, "occupation": position.get("rome", "")}.get(facet, ""))


def shown(facts: Facts, facet: str, viewer: Viewer) -> str:
    """The same, empty when it is hidden."""
    if facet == "freshness":
        return said(facts, facet) if viewer.everything else ""
    return said(facts, facet) if visible(facts, viewer, FACET[facet].family) else ""


def studied(facts: Facts, viewer: Viewer, chosen: Mapping[str, tuple[str, ...]]) -> list[Mapping[str, Any]]:
    """The studies that answer, each by itself, to every choice that is made of studies."""
    if not visible(facts, viewer, "study"):
        return []
    return [
        study
        for study in facts["studies"]
        if all(is_among(str(study[name]), values) for name, values in chosen.items() if FACET[name].of_study)
    ]


def is_among(said: str, values: tuple[str, ...]) -> bool:
    """Classes may be chosen several in a row: `2010-2014`."""
    rows = [value.split("-") for value in values if YEARS_IN_A_ROW.fullmatch(value)]
    return said in values or any(first <= said <= last for first, last in rows)


def answering(
    people: list[dict[str, Any]], viewer: Viewer, chosen: Mapping[str, tuple[str, ...]]
) -> list[dict[str, Any]]:
    """Those who exist for this viewer and answer to every choice."""
    asks_of_studies = any(FACET[name].of_study for name in chosen)
    return [
        facts
        for facts in people
        if visible(facts, viewer)
        and (not asks_of_studies or studied(facts, viewer, chosen))
        and all(shown(facts, name, viewer) in values for name, values in chosen.items() if not FACET[name].of_study)
    ]


def counted(
    people: list[dict[str, Any]], viewer: Viewer, chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, Counter[str]]:
    """For each facet, how many for each value, as if nothing were chosen in it."""
    found = {}
    for name in FACET:
        others = {other: chosen[other] for other in chosen if other != name}
        counts: Counter[str] = Counter()
        for facts in answering(people, viewer, others):
            if FACET[name].of_study:
                counts.update({str(study[name]) for study in studied(facts, viewer, others)})
            elif value := shown(facts, name, viewer):
                counts[value] += 1
        found[name] = counts
    return found


def tokens(people: list[dict[str, Any]], viewer: Viewer) -> Iterator[str]:
    """All the words that pages may show to this viewer."""
    for facts in people:
        number = token(facts)[1:]
        if not visible(facts, viewer):
            continue
        yield f"N{number}"
        if facts["studies"] and visible(facts, viewer, "study"):
            yield f"D{number}"
        if facts["positions"] and visible(facts, viewer, "position"):
            yield from (f"E{number}", f"T{number}")
            # Where someone works says where they live.
            if visible(facts, viewer, "place"):
                yield f"C{number}"
