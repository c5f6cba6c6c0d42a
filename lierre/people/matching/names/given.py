"""Given names: several, hyphenated, initials, with the short form in brackets."""

import re
from functools import lru_cache
from typing import Final

from lierre.people.matching.names.letters import folded
from lierre.people.matching.names.titles import stripped

BETWEEN: Final = re.compile(r"[\s,;/()\"“”«»+&]+")
DOTTED: Final = re.compile(r"\b([a-z])\.\s?-?\s?(?=[a-z]\b)")
SERVANT: Final = re.compile(r"\babd[ -]?(?:e|a|ou|u)?[lrsn]?[ -](?=[a-z]{3})|\babd(?:el|al|ul|oul)[ -]")
CONNECTIVES: Final = frozenset({"dit", "dite", "alias", "ou", "et", "surnomme", "surnommee"})

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
    plain = folded(stripped(text))
    if "." in plain:
        plain = DOTTED.sub(r"\1-", plain).replace(".", " ")
    if "abd" in plain:
        plain = SERVANT.sub("abdel", plain)
    parts = (part.strip("-'") for part in BETWEEN.split(plain.replace("'", "").replace(" - ", "-")))
    return tuple(part for part in parts if part and part not in CONNECTIVES)
