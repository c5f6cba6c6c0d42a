"""A column of words that each file says in its own way: employers, cities, degrees, addresses."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.frequencies import Frequencies, Rarity
from lierre.people.matching.hashing import Numbers, hashes
from lierre.people.matching.names.letters import folded, folded_each
from lierre.people.matching.table import Values

KEPT: Final = 8
KEPT_READY: Final = 10_000  # texts already split: lines that come one by one say the same cities and degrees again
WORD: Final = re.compile(r"[^\W_]+")
DOTTED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
YEARS_AFTER: Final = re.compile(r"\bbac ?\+ ?(\d)")  # “Bac +3”: the level of a licence
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
REACHED: Final = {"2": "dut", "3": "licence", "4": "master", "5": "master", "6": "master", "8": "doctorat"}
DEGREES: Final = {
    "bachelor": "licence", "bachelors": "licence", "l3": "licence", "l2": "licence", "bsc": "licence", "ba": "licence",
    "m1": "master", "m2": "master", "masters": "master", "msc": "master", "maitrise": "master", "mastere": "master",
    "dess": "master", "dea": "master", "ma": "master", "ingenieur": "ingenieur", "engineer": "ingenieur",
    "engineering": "ingenieur", "engineers": "ingenieur", "diplome": "", "doctorat": "doctorat", "phd": "doctorat",
    "doctor": "doctorat", "doctorate": "doctorat", "philosophy": "", "these": "doctorat", "1": "", "2": "", "3": "",
    "but": "dut", "iut": "dut", "bts": "dut", "lp": "licence", "professionnelle": "", "pro": "",
    "professionnel": "", "national": "",
}  # fmt: skip
SAINTS: Final = {"st": "saint", "ste": "sainte"}


def words(text: str, aside: frozenset[str], same: dict[str, str]) -> list[str]:
    """Those of a text already folded that say something."""
    found = WORD.findall(text.replace("'s ", " "))
    kept = [same.get(word, word) for word in found if word not in aside]
    return [word for word in kept if word] or found


@lru_cache(maxsize=KEPT_READY)
def of_city(text: str) -> list[str]:
    """
    A postcode says nothing more than the name beside it.

    >>> of_city("region de vitry-sur-seine, france"), of_city("greater nice metropolitan region"), of_city("93200 st denis")
    (['vitry', 'seine'], ['nice'], ['saint', 'denis'])
    """
    found = words(text, AROUND_A_CITY, SAINTS)
    return [word for word in found if not word.isdigit()] or found


@lru_cache(maxsize=KEPT_READY)
def of_employer(text: str) -> list[str]:
    """
    >>> of_employer("moiroud ingenierie sas")
    ['moiroud', 'ingenierie']
    """
    return words(text, AROUND_AN_EMPLOYER, {})


@lru_cache(maxsize=KEPT_READY)
def of_degree(text: str) -> list[str]:
    """
    >>> of_degree("m2 droit public"), of_degree("master (droit public)"), of_degree("doctor of philosophy - phd, histoire")
    (['master', 'droit', 'public'], ['master', 'droit', 'public'], ['doctorat', 'histoire'])
    >>> of_degree("d.e.s.s. banque"), of_degree("bac +3 histoire")
    (['master', 'banque'], ['licence', 'histoire'])
    """
    plain = DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    plain = YEARS_AFTER.sub(lambda found: REACHED.get(found[1], ""), plain)
    return list(dict.fromkeys(words(plain, AROUND_A_DEGREE, DEGREES)))


@lru_cache(maxsize=KEPT_READY)
def of_text(text: str) -> list[str]:
    return words(text, frozenset(), {})


LEVELS: Final = frozenset({"licence", "master", "ingenieur", "doctorat", "dut", "bts", "deug", "diplome"})


@dataclass
class Words:
    codes: NDArray[np.int32]
    whole: Numbers
    parts: Numbers  # (distinct, KEPT)
    about: Numbers  # of a degree, what it is about; of the rest, the same as `whole`
    reached: Numbers  # of a degree, its level; 0 when it is not said, or of the rest
    text: NDArray[np.object_]
    lengths: NDArray[np.int32]
    rarity: Rarity  # of `whole`, of `about`, of each part
    about_rarity: Rarity
    part_rarity: Rarity

    @classmethod
    def of(cls, values: Values, split: Callable[[str], list[str]]) -> Self:
        said = [split(text) if text else [] for text in folded_each(values.distinct)]
        joined = ["".join(one) for one in said]
        parts = np.zeros((len(said), KEPT), dtype=np.uint64)
        several = np.array([min(len(one), KEPT) for one in said], dtype=np.int64)
        parts[np.arange(KEPT) < several[:, None]] = hashes([word for one in said for word in one[:KEPT]])
        whole = hashes(joined)
        about, reached = whole, np.zeros_like(whole)
        if split is of_degree:
            about = hashes(["".join(word for word in one if word not in LEVELS) for one in said])
            reached = hashes([next((word for word in one if word in LEVELS), "") for one in said])
        return cls(
            codes=values.codes,
            whole=whole,
            parts=parts,
            about=about,
            reached=reached,
            rarity=np.zeros(len(joined), dtype=np.float32),
            about_rarity=np.zeros(len(joined), dtype=np.float32),
            part_rarity=np.zeros((len(joined), KEPT), dtype=np.float32),
            text=np.array([*joined, ""], dtype=object)[:-1],
            lengths=np.array([*map(len, joined)], dtype=np.int32),
        )

    def weigh(self, wholes: Frequencies, abouts: Frequencies, parts: Frequencies) -> None:
        self.rarity = wholes.rarity(self.whole)
        self.about_rarity = abouts.rarity(self.about)
        self.part_rarity = parts.rarity(self.parts)


def without(values: Values, others: Iterable[Values]) -> Values:
    """The same column without the words that these other columns of the line already say."""
    rows = [values.distinct[code] for code in values.codes.tolist()]
    said = [[other.distinct[code] for code in other.codes.tolist()] for other in others]
    left = []
    for at, row in enumerate(rows):
        known = {word for other in said for word in WORD.findall(folded(other[at]))}
        left.append(" ".join(word for word in WORD.findall(folded(row)) if word not in known))
    return Values.of(left)
