"""A column of words that each file says in its own way: employers, cities, degrees, addresses."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.frequencies import Frequencies, Rarity
from lierre.people.matching.hashing import Numbers, hashes
from lierre.people.matching.names.letters import folded
from lierre.people.matching.table import Values

KEPT: Final = 8
WORD: Final = re.compile(r"[^\W_]+")
AROUND_A_CITY: Final = frozenset(
    [
        "region",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "en",
        "sur",
        "sous",
        "greater",
        "metropolitan",
        "area",
        "peripherie",
        "france",
        "agglomeration",
        "ville",
        "of",
        "the",
        "metropole",
        "cedex",
        "environs",
        "pays",
        "grand",
    ]
)
AROUND_AN_EMPLOYER: Final = frozenset(
    [
        "sa",
        "sas",
        "sasu",
        "sarl",
        "eurl",
        "scop",
        "snc",
        "groupe",
        "group",
        "france",
        "cie",
        "et",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "inc",
        "ltd",
        "gmbh",
        "plc",
        "the",
        "of",
        "company",
        "co",
        "holding",
        "international",
    ]
)
AROUND_A_DEGREE: Final = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "en",
        "et",
        "mention",
        "specialite",
        "parcours",
        "option",
        "of",
        "in",
        "s",
        "degree",
        "the",
        "a",
    ]
)
DEGREES: Final = {
    "bachelor": "licence", "bachelors": "licence", "l3": "licence", "l2": "licence", "bsc": "licence", "ba": "licence",
    "m1": "master", "m2": "master", "masters": "master", "msc": "master", "maitrise": "master", "mastere": "master",
    "dess": "master", "dea": "master", "ma": "master", "ingenieur": "ingenieur", "engineer": "ingenieur",
    "engineering": "ingenieur", "engineers": "ingenieur", "diplome": "", "doctorat": "doctorat", "phd": "doctorat",
    "doctor": "doctorat", "doctorate": "doctorat", "philosophy": "", "these": "doctorat", "1": "", "2": "", "3": "",
    "but": "dut", "lp": "licence", "professionnelle": "", "pro": "", "professionnel": "", "national": "",
}  # fmt: skip
SAINTS: Final = {"st": "saint", "ste": "sainte"}


def words(text: str, aside: frozenset[str], same: dict[str, str]) -> list[str]:
    found = WORD.findall(folded(text).replace("'s ", " "))
    kept = [same.get(word, word) for word in found if word not in aside]
    return [word for word in kept if word] or found


def of_city(text: str) -> list[str]:
    """
    >>> of_city("Région de Vitry-sur-Seine, France"), of_city("Greater Nice Metropolitan Region"), of_city("St Denis")
    (['vitry', 'seine'], ['nice'], ['saint', 'denis'])
    """
    return words(text, AROUND_A_CITY, SAINTS)


def of_employer(text: str) -> list[str]:
    """
    >>> of_employer("Moiroud Ingénierie SAS")
    ['moiroud', 'ingenierie']
    """
    return words(text, AROUND_AN_EMPLOYER, {})


def of_degree(text: str) -> list[str]:
    """
    >>> of_degree("M2 Droit public"), of_degree("Master (Droit public)"), of_degree("Doctor of Philosophy - PhD, Histoire")
    (['master', 'droit', 'public'], ['master', 'droit', 'public'], ['doctorat', 'histoire'])
    """
    return list(dict.fromkeys(words(text, AROUND_A_DEGREE, DEGREES)))


def of_text(text: str) -> list[str]:
    return words(text, frozenset(), {})


LEVELS: Final = frozenset({"licence", "master", "ingenieur", "doctorat", "dut", "bts", "deug", "diplome"})


@dataclass
class Words:
    codes: NDArray[np.int32]
    whole: Numbers
    parts: Numbers  # (distinct, KEPT)
    about: Numbers  # of a degree, what it is about; of the rest, the same as `whole`
    text: NDArray[np.object_]
    rarity: Rarity  # of `whole`, of `about`, of each part
    about_rarity: Rarity
    part_rarity: Rarity

    @classmethod
    def of(cls, values: Values, split: Callable[[str], list[str]]) -> Self:
        said = [split(value) if value else [] for value in values.distinct]
        joined = ["".join(one) for one in said]
        about = ["".join(word for word in one if word not in LEVELS) for one in said] if split is of_degree else joined
        return cls(
            codes=values.codes,
            whole=hashes(joined),
            parts=hashes([_at(one, rank) for one in said for rank in range(KEPT)]).reshape(-1, KEPT),
            about=hashes(about),
            rarity=np.zeros(len(joined), dtype=np.float32),
            about_rarity=np.zeros(len(joined), dtype=np.float32),
            part_rarity=np.zeros((len(joined), KEPT), dtype=np.float32),
            text=np.array([*joined, ""], dtype=object)[:-1],
        )

    def weigh(self, wholes: Frequencies, abouts: Frequencies, parts: Frequencies) -> None:
        self.rarity = wholes.rarity(self.whole)
        self.about_rarity = abouts.rarity(self.about)
        self.part_rarity = np.where(self.parts != 0, parts.rarity(self.parts), 0).astype(np.float32)


def _at(items: list[str], rank: int) -> str:
    return items[rank] if rank < len(items) else ""


def without(values: Values, others: Iterable[Values]) -> Values:
    """The same column without the words that these other columns of the line already say."""
    rows = [values.distinct[code] for code in values.codes.tolist()]
    said = [[other.distinct[code] for code in other.codes.tolist()] for other in others]
    left = []
    for at, row in enumerate(rows):
        known = {word for other in said for word in WORD.findall(folded(other[at]))}
        left.append(" ".join(word for word in WORD.findall(folded(row)) if word not in known))
    return Values.of(left)
