"""Given names: several, hyphenated, initials, with the short form in brackets."""

import re
from functools import lru_cache
from typing import Final

from lierre.people.matching.names.letters import folded
from lierre.people.matching.names.titles import LONG_TITLES, stripped

BETWEEN: Final = re.compile(r"[\s,;/()\"“”«»+&]+")
DOTTED: Final = re.compile(r"\b([a-z])\.\s?-?\s?(?=[a-z]\b)")
SERVANT: Final = re.compile(r"\babd[ -]?(?:e|a|ou|u)?[lrsn]?[ -](?=[a-z]{3})|\babd(?:el|al|ul|oul)[ -]")
CONNECTIVES: Final = frozenset({"dit", "dite", "alias", "ou", "et", "surnomme", "surnommee"})

ASIDE: Final = str.maketrans("", "", " ,-")
SHORT: Final = 4  # letters; a shorter word may be a title, an initial or a word between two names
KEPT_READY: Final = 20_000  # names already split


@lru_cache(maxsize=KEPT_READY)
def given_parts(text: str) -> tuple[str, ...]:
    """
    Each given name, folded. A hyphen makes one name of two; what stands for “servant of” is joined to what follows.

    >>> given_parts("Marie-Laure Anne"), given_parts("J.-B."), given_parts("JEAN, Yves"), given_parts("P.")
    (('marie-laure', 'anne'), ('j-b',), ('jean', 'yves'), ('p',))
    >>> given_parts("Élisabeth (Babeth)"), given_parts("Abd el-Kader"), given_parts("Dr Yann dit Yannick")
    (('elisabeth', 'babeth'), ('abdelkader',), ('yann', 'yannick'))
    """
    if text.isalpha():
        return (folded(text),)
    if several := _plain(text):
        return several
    plain = folded(stripped(text))
    if "." in plain:
        plain = DOTTED.sub(r"\1-", plain).replace(".", " ")
    if "abd" in plain:
        plain = SERVANT.sub("abdel", plain)
    parts = (part.strip("-'") for part in BETWEEN.split(plain.replace("'", "").replace(" - ", "-")))
    return tuple(part for part in parts if part and part not in CONNECTIVES)


def _plain(text: str) -> tuple[str, ...]:
    """Several names that nothing stands around, which most are: `given_parts` would say the same, more slowly."""
    if not text.translate(ASIDE).isalpha():
        return ()
    words = folded(text.replace(",", " ")).split(" ")
    words = [word.strip("-") for word in words]
    if any(len(word) < SHORT or "abd" in word for word in words) or not LONG_TITLES.isdisjoint(words):
        return ()
    return tuple(word for word in words if word not in CONNECTIVES)
