"""Texts without accents nor capitals, sign for sign, so that a place in one is the same place in the other."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

SAME: Final = {"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "‑": "-", "–": "-"}


def flat(text: str) -> str:
    """
    >>> flat("L’Université d’ÉTÉ")
    "l'universite d'ete"
    """
    return "".join(_sign(sign) for sign in text)


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    if sign in SAME:
        return SAME[sign]
    return normalize("NFD", sign)[0].lower()[0]


@lru_cache(maxsize=4096)
def pattern(expression: str) -> re.Pattern[str]:
    """
    The words of an expression, in a flat text; a star at the end of a word takes any ending.

    >>> bool(pattern("synerg*").search("de belles synergies")), bool(pattern("fac").search("une facade"))
    (True, False)
    """
    words = [re.escape(word).replace(r"\*", r"\w*") for word in flat(expression).split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")


ADDRESS: Final = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)


def without_addresses(text: str) -> str:
    """
    The same length, with blanks in place of links: words of an address are not words of ours.

    >>> without_addresses("Lire https://ubn.example/a ici")
    'Lire                       ici'
    """
    return ADDRESS.sub(lambda found: " " * len(found[0]), text)
